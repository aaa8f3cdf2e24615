import { errorCatalogue } from '../core/errorCatalogue.js';
import type { Log } from '../core/log.js';
import type { LogEvent } from '../core/logEvents.js';
import type { ReportedError } from '../core/reportedError.js';
import { renderProblem } from '../report/problem.js';

/**
 * Logs what ended a run before its time: in one line for programs, and over several for a person at a terminal.
 *
 * @param untouched - what was certainly left alone, in one sentence
 * @param width - columns of the terminal
 */
export function logProblem(
  error: ReportedError,
  untouched: string | null,
  log: Log,
  width: number,
  event: LogEvent = 'run_failed',
): void {
  const { code, message, cause, host, status, nextStep } = error;
  const separator = message.includes('\n') ? '\n' : '. ';
  const line = [`${message}${separator}${nextStep}`, untouched].filter((part) => part !== null).join(' ');
  const title = errorCatalogue[code].message;
  const shown = renderProblem({ title, code, cause, nextStep, untouched }, width);
  log.error(event, line, { error: code, cause, host, status, nextStep }, shown);
}
