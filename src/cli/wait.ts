import { InvalidArgumentError } from 'commander';
import { variables } from '../config/variables.js';

/** What `--wait` without a value stands for. */
export const waitByDefaultSeconds = 600;

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 };

/**
 * Reads a duration such as `90s`, `10m`, `1h` or `90`.
 *
 * @returns seconds, as text
 * @throws InvalidArgumentError for what is none, or out of the range of the variable
 */
export function readWait(value: string): string {
  const { minimum, maximum } = variables.MIGRATION_WAIT_SECONDS;
  const [, digits = '', unit = ''] = /^(\d{1,5})([smh]?)$/i.exec(value.trim()) ?? [];
  const seconds = digits === '' ? NaN : Number(digits) * (secondsOf[unit.toLowerCase()] ?? NaN);
  if (!(seconds >= minimum && seconds <= maximum)) {
    throw new InvalidArgumentError(
      `Expected a duration from 0s to ${maximum / 60}m, such as 90s or 10m. Instances are named before the option.`,
    );
  }
  return String(seconds);
}
