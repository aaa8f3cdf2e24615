import { clockDifference, describeClockDifference } from '../core/clockDifference.js';
import type { Log } from '../core/log.js';
import type { OnTimedAnswer } from '../novita/timedTransport.js';

/** Looks whether our clock agrees with that of the API. */
export interface ClockWatch {
  readonly onTimedAnswer: OnTimedAnswer;
  /** What an operator should know of the clock. */
  readonly warnings: () => readonly string[];
}

/** Warns once: with the first answer that shows it, before anything is decided. */
export function createClockWatch(log: Log): ClockWatch {
  const warnings: string[] = [];
  return {
    onTimedAnswer: (answer, host) => {
      const differenceMs = clockDifference(answer);
      if (differenceMs === null || warnings.length > 0) return;
      const warning = describeClockDifference(differenceMs, host);
      warnings.push(warning);
      log.warn('clock_warning', warning, { host, differenceMs });
    },
    warnings: () => warnings,
  };
}
