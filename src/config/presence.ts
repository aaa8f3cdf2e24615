import type { ConfigProblem } from './configError.js';
import type { Settings } from './settings.js';

type Values = Settings['values'];

/** Settings that rule each other out. */
export function conflicts(values: Values): readonly ConfigProblem[] {
  if (values.NOVITA_API_KEY === undefined || values.NOVITA_API_KEY_FILE === undefined) return [];
  return [
    { variable: 'NOVITA_API_KEY', message: 'is set together with NOVITA_API_KEY_FILE: unset one of them' },
  ];
}

/**
 * Settings that have no default here and were not given.
 *
 * @param keyNeeded - false with a sandbox, which has its own key
 * @param defaultDirectory - the default state folder; null when there is no place for one
 */
export function missing(
  values: Values,
  keyNeeded: boolean,
  defaultDirectory: string | null,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (keyNeeded && values.NOVITA_API_KEY === undefined && values.NOVITA_API_KEY_FILE === undefined) {
    const message = 'is required: set it or NOVITA_API_KEY_FILE, or try the program out with --sandbox';
    problems.push({ variable: 'NOVITA_API_KEY', message });
  }
  if (defaultDirectory === null && values.NOVITA_SPOT_STATE_DIR === undefined) {
    const message = 'must be set to an absolute path, because this user has no home directory';
    problems.push({ variable: 'NOVITA_SPOT_STATE_DIR', message });
  }
  return problems;
}
