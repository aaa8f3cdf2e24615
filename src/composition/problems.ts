import { randomUUID } from 'node:crypto';
import { secretVariables } from '../config/variables.js';
import { emptySummary } from '../core/summary.js';
import { type Failure, failureOf } from '../core/failure.js';
import { errorCatalogue } from '../core/errorCatalogue.js';
import { exitCodes } from '../core/exitCode.js';
import { buildReport } from '../core/report.js';
import { noRequests } from '../core/requestCounts.js';
import { renderJson } from '../report/json.js';
import { createScrubber } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import type { System } from './system.js';

export interface ProblemContext {
  readonly args: readonly string[];
  readonly system: System;
  /** Unix ms. */
  readonly startedAtMs: number;
}

/**
 * Ends a run that never got as far as knowing its command: says why, and prints a report where one was asked for.
 *
 * @returns the exit code
 */
export function presentProblem(
  failure: Failure,
  { args, system, startedAtMs }: ProblemContext,
  stack = '',
): number {
  const { exitReason } = errorCatalogue[failure.code];
  const scrub = createScrubber(secretVariables.map((name) => system.environment[name] ?? ''));
  const text = [stack, `novita-spot: ${failure.message}`, failure.nextStep].filter((line) => line !== '');
  system.stderr.write(scrub(`${text.join('\n')}\n`));
  if (asksForJson(args)) {
    const report = buildReport({
      runId: randomUUID(),
      startedAtMs,
      finishedAtMs: systemClock.now(),
      command: null,
      account: null,
      dryRun: false,
      saveData: null,
      listComplete: false,
      jobsAvailable: false,
      warnings: [],
      requests: noRequests,
      summary: emptySummary,
      results: [],
      reclaimNotices: [],
      notFound: [],
      ambiguous: [],
      deliveries: [],
      failure,
      exitReason,
    });
    system.stdout.write(scrub(renderJson(report)));
  }
  return exitCodes[exitReason];
}

/**
 * Ends a run that was ended by a bug.
 *
 * @returns the exit code
 */
export function presentBug(error: unknown, context: ProblemContext): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return presentProblem(failureOf('internal_error', { detail: message }), context, stack);
}

/** The failure of a command line that could not be understood. */
export function usageFailure(message: string): Failure {
  return failureOf('usage_invalid', { detail: message });
}

/** A command line that could not be read as a whole may still say how it wants its answer. */
function asksForJson(args: readonly string[]): boolean {
  return /(^| )(-o ?|--output[ =])json( |$)/.test(args.join(' '));
}
