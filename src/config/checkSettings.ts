import { isAbsolute } from 'node:path';
import { cleanEnv, EnvError, type CleanedEnv } from 'envalid';
import { isAccountName } from './accountName.js';
import { checkApiKey } from './apiKey.js';
import { parseBaseUrl } from './baseUrl.js';
import type { ConfigProblem } from './configError.js';
import { isHarmless } from './secrecy.js';
import { checkSecret, readSecretFile } from './secretFile.js';
import type { Settings } from './settings.js';
import { checkStateDirectory } from './stateDirectory.js';
import {
  booleanValidator,
  choicesValidator,
  choiceValidator,
  numberValidator,
  optionalNumberValidator,
  optionalValidator,
  patternsValidator,
  withDefault,
} from './validators.js';
import { expectedValue } from './variableKinds.js';
import { variableNames, variables, type VariableName } from './variables.js';
import { checkGatewayUrl, checkPingUrl, checkWebUrl } from './webUrl.js';

/** The validated values by variable; that of a variable which names a file of a secret is the secret. */
export type CheckedSettings = CleanedEnv<ReturnType<typeof validators>>;

export interface Checked {
  /** Throws for a variable that there is a problem with. */
  readonly settings: CheckedSettings;
  /** Those without a problem. */
  readonly usable: Partial<CheckedSettings>;
  /** In the order of the variables. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Validates every setting, and reads the key file if there is one.
 *
 * @param secrets - what no message may hold; what the key file holds is added
 */
export function checkSettings(
  { values, origins }: Settings,
  readTextFile: (path: string) => string,
  secrets: string[],
): Checked {
  const problems: ConfigProblem[] = [];
  const readFile =
    (noun: string) =>
    (path: string): string =>
      readSecretFile({ path, noun, readTextFile, secrets });
  const settings = cleanEnv(values, validators(readFile), {
    // Envalid's own reporter repeats rejected values and ends the process.
    reporter: ({ errors }) => {
      for (const name of variableNames) {
        const error = errors[name];
        if (error === undefined) continue;
        if (!(error instanceof EnvError)) throw error;
        const source = describeSource(name, values[name] ?? '', origins[name] ?? '', secrets);
        problems.push({ variable: name, message: error.message + source });
      }
    },
  });
  return { settings, usable: { ...settings }, problems };
}

function validators(readFile: (noun: string) => (path: string) => string) {
  const url = expectedValue(variables.NOTIFY_WEBHOOK_URL);
  const gateway = expectedValue(variables.MIGRATION_PUSHGATEWAY_URL);
  return {
    NOVITA_API_KEY: optionalValidator(checkApiKey),
    NOVITA_API_KEY_FILE: optionalValidator(readFile('key')),
    NOVITA_ACCOUNTS_DIR: optionalValidator((path) => path),
    NOVITA_ACCOUNT: optionalValidator(checkAccountName),
    NOVITA_ACCOUNT_INDEX: optionalNumberValidator(variables.NOVITA_ACCOUNT_INDEX),
    NOVITA_ACCOUNT_INDEXES: optionalNumberValidator(variables.NOVITA_ACCOUNT_INDEXES),
    NOVITA_API_BASE_URL: withDefault(variables.NOVITA_API_BASE_URL, parseBaseUrl),
    MIGRATION_ENABLED: booleanValidator(variables.MIGRATION_ENABLED),
    MIGRATION_INTERVAL_MINUTES: numberValidator(variables.MIGRATION_INTERVAL_MINUTES),
    MIGRATION_JOB_TIMEOUT_MS: numberValidator(variables.MIGRATION_JOB_TIMEOUT_MS),
    MIGRATION_REQUEST_TIMEOUT_MS: numberValidator(variables.MIGRATION_REQUEST_TIMEOUT_MS),
    MIGRATION_MAX_CONCURRENT: numberValidator(variables.MIGRATION_MAX_CONCURRENT),
    MIGRATION_ACCOUNT_CONCURRENCY: numberValidator(variables.MIGRATION_ACCOUNT_CONCURRENCY),
    MIGRATION_PAGE_CONCURRENCY: numberValidator(variables.MIGRATION_PAGE_CONCURRENCY),
    MIGRATION_MAX_PER_RUN: numberValidator(variables.MIGRATION_MAX_PER_RUN),
    MIGRATION_DRY_RUN: booleanValidator(variables.MIGRATION_DRY_RUN),
    MIGRATION_RETRY_FAILED: booleanValidator(variables.MIGRATION_RETRY_FAILED),
    MIGRATION_RETRY_BASE_MS: numberValidator(variables.MIGRATION_RETRY_BASE_MS),
    MIGRATION_COOLDOWN_MINUTES: numberValidator(variables.MIGRATION_COOLDOWN_MINUTES),
    MIGRATION_MAX_ATTEMPTS: numberValidator(variables.MIGRATION_MAX_ATTEMPTS),
    MIGRATION_STUCK_MINUTES: numberValidator(variables.MIGRATION_STUCK_MINUTES),
    MIGRATION_LOCAL_DATA: choiceValidator(variables.MIGRATION_LOCAL_DATA),
    MIGRATION_SAVE_DATA: choiceValidator(variables.MIGRATION_SAVE_DATA),
    MIGRATION_FALLBACK: choiceValidator(variables.MIGRATION_FALLBACK),
    MIGRATION_INCLUDE: patternsValidator(variables.MIGRATION_INCLUDE),
    MIGRATION_EXCLUDE: patternsValidator(variables.MIGRATION_EXCLUDE),
    MIGRATION_WAIT_SECONDS: numberValidator(variables.MIGRATION_WAIT_SECONDS),
    MIGRATION_LOG_LEVEL: choiceValidator(variables.MIGRATION_LOG_LEVEL),
    MIGRATION_LOG_FORMAT: choiceValidator(variables.MIGRATION_LOG_FORMAT),
    MIGRATION_METRICS_FILE: optionalValidator(checkMetricsFile),
    MIGRATION_PUSHGATEWAY_URL: optionalValidator((text) => checkGatewayUrl(text, gateway)),
    HEALTHCHECK_PING_URL: optionalValidator((text) => checkPingUrl(text, url)),
    HEALTHCHECK_PING_URL_FILE: optionalValidator((path) => checkPingUrl(readFile('URL')(path), url)),
    NOTIFY_WEBHOOK_URL: optionalValidator((text) => checkWebUrl(text, url)),
    NOTIFY_WEBHOOK_URL_FILE: optionalValidator((path) => checkWebUrl(readFile('URL')(path), url)),
    NOTIFY_WEBHOOK_SECRET: optionalValidator(checkWebhookSecret),
    NOTIFY_WEBHOOK_SECRET_FILE: optionalValidator((path) => checkWebhookSecret(readFile('secret')(path))),
    NOTIFY_FORMAT: choiceValidator(variables.NOTIFY_FORMAT),
    NOTIFY_ON: choicesValidator(variables.NOTIFY_ON),
    MIGRATION_ON_NOTICE: optionalValidator(checkProgram),
    MIGRATION_ON_NOTICE_TIMEOUT_MS: numberValidator(variables.MIGRATION_ON_NOTICE_TIMEOUT_MS),
    NOVITA_SPOT_STATE_DIR: optionalValidator(checkStateDirectory),
  } satisfies Record<VariableName, unknown>;
}

function checkAccountName(name: string): string {
  if (!isAccountName(name)) throw new EnvError(`must be ${expectedValue(variables.NOVITA_ACCOUNT)}`);
  return name;
}

function checkMetricsFile(path: string): string {
  if (/\p{Cc}/u.test(path) || path.endsWith('/'))
    throw new EnvError(`must be ${expectedValue(variables.MIGRATION_METRICS_FILE)}`);
  return path;
}

function checkProgram(path: string): string {
  if (!isAbsolute(path) || /\p{Cc}/u.test(path))
    throw new EnvError(`must be ${expectedValue(variables.MIGRATION_ON_NOTICE)}`);
  return path;
}

function checkWebhookSecret(secret: string): string {
  checkSecret(secret, 'secret');
  // What is no base64 would be left out, and a signature with a key of nothing is one that anybody can make.
  if (/^whsec_(?![A-Za-z0-9+/]{4,}={0,2}$)/.test(secret)) {
    throw new EnvError('starts with whsec_, after which it must be base64: copy it whole');
  }
  return secret;
}

/** The rejected value where it is safe to repeat it, and where it came from where that is not plain. */
function describeSource(
  name: VariableName,
  value: string,
  origin: string,
  secrets: readonly string[],
): string {
  if (variables[name].kind !== 'private' && isHarmless(value, secrets)) return ` (got "${value}"${origin})`;
  return origin === '' ? '' : ` (given${origin})`;
}
