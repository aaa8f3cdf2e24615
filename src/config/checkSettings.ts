import { cleanEnv, EnvError, type CleanedEnv } from 'envalid';
import { checkApiKey, readApiKeyFile } from './apiKey.js';
import { parseBaseUrl } from './baseUrl.js';
import type { ConfigProblem } from './configError.js';
import { isHarmless } from './secrecy.js';
import type { Settings } from './settings.js';
import { checkStateDirectory } from './stateDirectory.js';
import {
  booleanValidator,
  choiceValidator,
  numberValidator,
  optionalValidator,
  patternsValidator,
  withDefault,
} from './validators.js';
import { variableNames, variables, type VariableName } from './variables.js';

/** The validated values by variable; that of NOVITA_API_KEY_FILE is the key that the file holds. */
export type CheckedSettings = CleanedEnv<ReturnType<typeof validators>>;

export interface Checked {
  /** Incomplete when there are problems. */
  readonly settings: CheckedSettings;
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
  const readKey = (path: string): string => readApiKeyFile(path, readTextFile, secrets);
  const settings = cleanEnv(values, validators(readKey), {
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
  return { settings, problems };
}

function validators(readKeyFile: (path: string) => string) {
  return {
    NOVITA_API_KEY: optionalValidator(checkApiKey),
    NOVITA_API_KEY_FILE: optionalValidator(readKeyFile),
    NOVITA_API_BASE_URL: withDefault(variables.NOVITA_API_BASE_URL, parseBaseUrl),
    MIGRATION_ENABLED: booleanValidator(variables.MIGRATION_ENABLED),
    MIGRATION_INTERVAL_MINUTES: numberValidator(variables.MIGRATION_INTERVAL_MINUTES),
    MIGRATION_JOB_TIMEOUT_MS: numberValidator(variables.MIGRATION_JOB_TIMEOUT_MS),
    MIGRATION_REQUEST_TIMEOUT_MS: numberValidator(variables.MIGRATION_REQUEST_TIMEOUT_MS),
    MIGRATION_MAX_CONCURRENT: numberValidator(variables.MIGRATION_MAX_CONCURRENT),
    MIGRATION_PAGE_CONCURRENCY: numberValidator(variables.MIGRATION_PAGE_CONCURRENCY),
    MIGRATION_MAX_PER_RUN: numberValidator(variables.MIGRATION_MAX_PER_RUN),
    MIGRATION_DRY_RUN: booleanValidator(variables.MIGRATION_DRY_RUN),
    MIGRATION_RETRY_FAILED: booleanValidator(variables.MIGRATION_RETRY_FAILED),
    MIGRATION_RETRY_BASE_MS: numberValidator(variables.MIGRATION_RETRY_BASE_MS),
    MIGRATION_COOLDOWN_MINUTES: numberValidator(variables.MIGRATION_COOLDOWN_MINUTES),
    MIGRATION_MAX_ATTEMPTS: numberValidator(variables.MIGRATION_MAX_ATTEMPTS),
    MIGRATION_LOCAL_DATA: choiceValidator(variables.MIGRATION_LOCAL_DATA),
    MIGRATION_INCLUDE: patternsValidator(variables.MIGRATION_INCLUDE),
    MIGRATION_EXCLUDE: patternsValidator(variables.MIGRATION_EXCLUDE),
    MIGRATION_WAIT_SECONDS: numberValidator(variables.MIGRATION_WAIT_SECONDS),
    MIGRATION_LOG_LEVEL: choiceValidator(variables.MIGRATION_LOG_LEVEL),
    MIGRATION_LOG_FORMAT: choiceValidator(variables.MIGRATION_LOG_FORMAT),
    NOVITA_SPOT_STATE_DIR: optionalValidator(checkStateDirectory),
  } satisfies Record<VariableName, unknown>;
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
