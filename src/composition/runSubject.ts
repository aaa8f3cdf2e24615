import type { Config, LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import type { Reporting } from '../config/reporting.js';
import { type Failure, failureOf } from '../core/failure.js';

/** What one run is about: an account with its configuration, or the reason why there is none to run. */
export interface RunSubject {
  /** Null when it has no name. */
  readonly account: string | null;
  /** Null when it could not be loaded. */
  readonly config: Config | null;
  /** Why it cannot run; null when it can. */
  readonly failure: Failure | null;
  readonly reporting: Reporting;
  /** What is odd about the configuration. */
  readonly warnings: readonly string[];
}

/** What a run is about that is not for a folder of accounts. One whose configuration is not valid ends with what is wrong. */
export function subjectOfRun(loaded: LoadedConfig | ConfigError): RunSubject {
  if (loaded instanceof ConfigError) {
    const { account, warnings, reporting } = loaded;
    return { account, config: null, failure: configFailure(loaded), reporting, warnings };
  }
  const { config, warnings } = loaded;
  return { account: config.account, config, failure: null, reporting: config.reporting, warnings };
}

/** What is wrong with a configuration, one problem a line. */
export function configFailure({ problems }: Pick<ConfigError, 'problems'>): Failure {
  const detail = problems.map(({ variable, message }) => `\n  ${variable} ${message}`).join('');
  return failureOf('config_invalid', { detail });
}
