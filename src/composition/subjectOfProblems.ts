import type { ConfigError } from '../config/configError.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { RunSubject } from './performRun.js';

/** A run that ends with what is wrong with its configuration. */
export function subjectOfProblems(error: ConfigError): RunSubject {
  const { account, warnings, reporting } = error;
  return { account, config: null, failure: configFailure(error), reporting, warnings };
}

function configFailure({ problems }: Pick<ConfigError, 'problems'>): Failure {
  const detail = problems.map(({ variable, message }) => `\n  ${variable} ${message}`).join('');
  return failureOf('config_invalid', { detail });
}
