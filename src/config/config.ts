import { join } from 'node:path';
import type { FallbackMode } from '../core/fallback.js';
import type { SaveDataMode } from '../core/saveData.js';
import type { AccountSelection } from './accounts.js';
import { checkSettings, type CheckedSettings } from './checkSettings.js';
import { ConfigError } from './configError.js';
import { readEnvFile } from './envFile.js';
import { conflicts, misplacedAccounts, missing, secretAccountName, unusedSelection } from './presence.js';
import { type Reporting, reportingOf } from './reporting.js';
import { isHarmless } from './secrecy.js';
import { givenSecrets, mergeLayers, withJobIndex } from './settings.js';
import { defaultStateDirectory } from './stateDirectory.js';
import { warnOfUnknownNames } from './unknownNames.js';
import type { VariableName } from './variables.js';

/** Everything that can be set, checked and frozen. */
export interface Config {
  /** A secret. */
  readonly apiKey: string;
  /** The name of the account; null when it has none. */
  readonly account: string | null;
  /** The accounts to run instead of one; null for one. Then there is no key. */
  readonly accounts: AccountSelection | null;
  readonly accountConcurrency: number;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly enabled: boolean;
  readonly intervalMinutes: number;
  readonly jobTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maxConcurrent: number;
  readonly pageConcurrency: number;
  /** 0 for no cap. */
  readonly maxPerRun: number;
  readonly dryRun: boolean;
  readonly retryFailed: boolean;
  readonly retryBaseMs: number;
  readonly cooldownMinutes: number;
  readonly maxAttempts: number;
  readonly stuckMinutes: number;
  readonly localData: 'warn' | 'hold';
  readonly saveData: SaveDataMode;
  readonly fallback: FallbackMode;
  /** Name patterns or exact ids; empty for every instance. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly waitSeconds: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'text' | 'json' | 'auto';
  readonly reporting: Reporting;
  /** An absolute path; the folder may not exist yet. */
  readonly stateDir: string;
  /** The folder that the state folders of all accounts lie in; the state folder itself where there is one account. */
  readonly stateRoot: string;
}

export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Command-line flags by the variable that they stand for. */
  readonly flags: Readonly<Partial<Record<VariableName, string>>>;
  /** The path given with --env-file; null without one. */
  readonly envFile: string | null;
  /** With --sandbox: where it is served. The settings for the key and the base URL are then ignored. */
  readonly sandbox: { readonly baseUrl: string; readonly apiKey: string } | null;
  /** True for what never talks to anybody: the settings for that are then ignored, and no key is needed. */
  readonly offline?: boolean;
  /** Throws the errors of node:fs. */
  readonly readTextFile: (path: string) => string;
  /** "" when the user has none. */
  readonly homeDirectory: string;
}

export interface LoadedConfig {
  readonly config: Config;
  /** What is odd without being wrong, one sentence each. Holds no value and no secret. */
  readonly warnings: readonly string[];
}

/** Ignored with --sandbox, which has its own. */
const connectionVariables: ReadonlySet<VariableName> = new Set([
  'NOVITA_API_KEY',
  'NOVITA_API_KEY_FILE',
  'NOVITA_API_BASE_URL',
]);

/** Ignored by what never talks to anybody: whoever looks at a journal may not be allowed to read secrets. */
const talkingVariables: ReadonlySet<VariableName> = new Set([
  ...connectionVariables,
  'MIGRATION_METRICS_FILE',
  'MIGRATION_PUSHGATEWAY_URL',
  'HEALTHCHECK_PING_URL',
  'HEALTHCHECK_PING_URL_FILE',
  'NOTIFY_WEBHOOK_URL',
  'NOTIFY_WEBHOOK_URL_FILE',
  'NOTIFY_WEBHOOK_SECRET',
  'NOTIFY_WEBHOOK_SECRET_FILE',
  'MIGRATION_ON_NOTICE',
]);

/**
 * Loads the configuration: flags beat the environment, which beats the env file, which beats the defaults.
 * An empty value counts as unset.
 *
 * @throws ConfigError with every problem at once
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const { environment, flags, sandbox, offline = false, readTextFile } = sources;
  const outerSecrets = givenSecrets({ flags, environment, envFile: {} });
  const envFile = readEnvFile(sources.envFile, readTextFile, outerSecrets);
  const layers = { flags, environment, envFile: envFile.values };
  const secrets = [...givenSecrets(layers), ...(sandbox === null ? [] : [sandbox.apiKey])];

  const merged = mergeLayers(layers, ignoredBy(sources));
  const given = withJobIndex(merged, environment);
  const { settings, usable, problems: invalid } = checkSettings(given, readTextFile, secrets);
  const defaultDirectory = defaultStateDirectory(environment, sources.homeDirectory);

  // What is missing may well be in an env file that could not be read.
  const absent = envFile.problem
    ? [envFile.problem]
    : missing(given.values, sandbox === null && !offline, defaultDirectory);
  const misfits = [
    ...secretAccountName(usable, secrets),
    ...unusedSelection(given.values),
    ...misplacedAccounts(given.values, usable),
  ];
  const problems = [...absent, ...conflicts(given.values), ...misfits, ...invalid];
  const warnings = Object.freeze(warnOfUnknownNames([environment, envFile.values], secrets));
  if (problems.length > 0) {
    const { NOVITA_ACCOUNT: name } = usable;
    const account = name !== undefined && isHarmless(name, secrets) ? name : null;
    throw new ConfigError(problems, warnings, reportingOf(usable), account);
  }

  const connection = sandbox ?? {
    apiKey: settings.NOVITA_API_KEY ?? settings.NOVITA_API_KEY_FILE ?? '',
    baseUrl: settings.NOVITA_API_BASE_URL,
  };
  const stateDir = settings.NOVITA_SPOT_STATE_DIR ?? defaultDirectory ?? '';
  return { config: buildConfig(settings, connection, stateDir), warnings };
}

function ignoredBy({ offline, sandbox }: ConfigSources): ReadonlySet<VariableName> {
  if (offline) return talkingVariables;
  return sandbox === null ? new Set() : connectionVariables;
}

function buildConfig(
  settings: CheckedSettings,
  { apiKey, baseUrl }: { readonly apiKey: string; readonly baseUrl: string },
  stateDir: string,
): Config {
  const accounts = accountsOf(settings);
  return Object.freeze({
    apiKey,
    account: accounts === null ? (settings.NOVITA_ACCOUNT ?? null) : null,
    accounts,
    accountConcurrency: settings.MIGRATION_ACCOUNT_CONCURRENCY,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    enabled: settings.MIGRATION_ENABLED,
    intervalMinutes: settings.MIGRATION_INTERVAL_MINUTES,
    jobTimeoutMs: settings.MIGRATION_JOB_TIMEOUT_MS,
    requestTimeoutMs: settings.MIGRATION_REQUEST_TIMEOUT_MS,
    maxConcurrent: settings.MIGRATION_MAX_CONCURRENT,
    pageConcurrency: settings.MIGRATION_PAGE_CONCURRENCY,
    maxPerRun: settings.MIGRATION_MAX_PER_RUN,
    dryRun: settings.MIGRATION_DRY_RUN,
    retryFailed: settings.MIGRATION_RETRY_FAILED,
    retryBaseMs: settings.MIGRATION_RETRY_BASE_MS,
    cooldownMinutes: settings.MIGRATION_COOLDOWN_MINUTES,
    maxAttempts: settings.MIGRATION_MAX_ATTEMPTS,
    stuckMinutes: settings.MIGRATION_STUCK_MINUTES,
    localData: settings.MIGRATION_LOCAL_DATA,
    saveData: settings.MIGRATION_SAVE_DATA,
    fallback: settings.MIGRATION_FALLBACK,
    include: settings.MIGRATION_INCLUDE,
    exclude: settings.MIGRATION_EXCLUDE,
    waitSeconds: settings.MIGRATION_WAIT_SECONDS,
    logLevel: settings.MIGRATION_LOG_LEVEL,
    logFormat: settings.MIGRATION_LOG_FORMAT,
    reporting: reportingOf(settings),
    stateDir,
    stateRoot: stateDir,
  });
}

function accountsOf(settings: CheckedSettings): AccountSelection | null {
  const directory = settings.NOVITA_ACCOUNTS_DIR;
  if (directory === undefined) return null;
  return Object.freeze({
    directory,
    name: settings.NOVITA_ACCOUNT ?? null,
    index: settings.NOVITA_ACCOUNT_INDEX ?? null,
    indexes: settings.NOVITA_ACCOUNT_INDEXES ?? null,
  });
}

/** The configuration of one account of a folder: its own key, and a state folder of its own. */
export function configForAccount(
  config: Config,
  { name, apiKey }: { readonly name: string; readonly apiKey: string },
): Config {
  return Object.freeze({
    ...config,
    apiKey,
    account: name,
    accounts: null,
    stateDir: join(config.stateRoot, 'accounts', name),
  });
}
