import { randomUUID } from 'node:crypto';
import type { CommandLine } from '../cli/invocation.js';
import { secretVariables } from '../config/variables.js';
import { emptySummary } from '../core/summary.js';
import { type Failure, failureOf } from '../core/failure.js';
import { errorCatalogue } from '../core/errorCatalogue.js';
import { exitCodes } from '../core/exitCode.js';
import { buildReport } from '../core/report.js';
import { noRequests } from '../core/requestCounts.js';
import { renderJson } from '../report/json.js';
import { renderProblem } from '../report/problem.js';
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
 * @param before - what stands before the error, such as a stack or a help
 * @returns the exit code
 */
export function presentProblem(
  failure: Failure,
  { args, system, startedAtMs }: ProblemContext,
  before = '',
): number {
  const { exitReason } = errorCatalogue[failure.code];
  const scrub = createScrubber(secretVariables.map((name) => system.environment[name] ?? ''));
  const { code, cause, nextStep } = failure;
  const problem = { title: errorCatalogue[code].message, code, cause, nextStep, untouched: null };
  const shown = `novita-spot: ${renderProblem(problem, system.stderr.width)}`;
  system.stderr.write(scrub(`${[before, shown].filter((text) => text !== '').join('\n')}\n`));
  if (asksForJson(args)) {
    const report = buildReport({
      runId: randomUUID(),
      startedAtMs,
      finishedAtMs: systemClock.now(),
      command: null,
      account: null,
      dryRun: false,
      saveData: null,
      fallback: null,
      listComplete: false,
      jobsAvailable: false,
      warnings: [],
      requests: noRequests,
      summary: emptySummary,
      results: [],
      settled: [],
      reclaimNotices: [],
      stuck: [],
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
export function usageFailure({ message, command }: UsageProblem): Failure {
  const nextStep = command === null ? null : `Run novita-spot help ${command} for its options and examples.`;
  return failureOf('usage_invalid', { detail: message, ...(nextStep === null ? {} : { nextStep }) });
}

type UsageProblem = Extract<CommandLine, { readonly kind: 'usage' }>;

/** A command line that could not be read as a whole may still say how it wants its answer. */
function asksForJson(args: readonly string[]): boolean {
  return /(^| )(-o ?|--output[ =])json( |$)/.test(args.join(' '));
}
