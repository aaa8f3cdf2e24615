import type { CommandResult } from '../../src/commands/commandResult.js';
import type { ExitReason } from '../../src/core/exitCode.js';
import { exitReasonOf } from '../../src/core/runEnd.js';
import { summarize } from '../../src/core/summary.js';
import type { RunRecord } from './runRecord.js';
import type { RunPlan, Settings } from './schedule.js';
import { drainMs } from '../../src/runtime/runLifetime.js';

/** Virtual time stands still while the program computes, so it has hardly any excuse. */
const slackMs = 50;

export interface Ending {
  readonly run: RunRecord;
  readonly plan: RunPlan;
  readonly settings: Settings;
  readonly result: CommandResult;
  readonly endedAtMs: number;
}

export interface JudgedEnding {
  readonly exitReason: ExitReason;
  readonly violations: readonly string[];
}

/** Judges when a run ended, its counts and its exit reason. */
export function judgeEnding(ending: Ending): JudgedEnding {
  const { result, settings } = ending;
  const { results, notFound, ambiguous, dryRun, failure } = result;
  const summary = summarize(results, { notFound: notFound.length, ambiguous: ambiguous.length });
  const exitReason = exitReasonOf({
    summary,
    readOnly: dryRun,
    detailedExitCode: settings.detailedExitCode,
    failure,
  });
  const { eligible, migrated, errors, unknown, deferred, notStarted, wouldMigrate } = summary;
  const expected = expectedReasons(ending);
  return {
    exitReason,
    violations: [
      ...judgeDuration(ending),
      ...(expected === exitReason ? [] : [`the exit reason is ${exitReason} and should be ${expected}`]),
      ...(eligible === migrated + errors + unknown + deferred + notStarted + wouldMigrate
        ? []
        : [`the summary does not add up: ${JSON.stringify(summary)}`]),
      ...judgeCause(ending, exitReason),
    ],
  };
}

function judgeDuration({ run, plan, settings, endedAtMs }: Ending): readonly string[] {
  const tookMs = endedAtMs - run.startedAtMs;
  const limits = [
    ['deadline', settings.jobTimeoutMs + drainMs],
    ['signal', (plan.signalAfterMs ?? Infinity) + drainMs],
    ['second signal', plan.secondSignalAfterMs ?? Infinity],
  ] as const;
  return limits
    .filter(([, limitMs]) => tookMs > limitMs + slackMs)
    .map(([name, limitMs]) => `the run took ${tookMs} ms; its ${name} allows ${limitMs} ms`);
}

const precedence: readonly ExitReason[] = [
  'internal',
  'config',
  'usage',
  'locked',
  'state',
  'auth',
  'interrupted',
  'terminated',
  'deadline',
  'protocol',
  'unavailable',
  'failed',
  'partial',
  'changes',
];

const reasonOfCategory: Readonly<Record<string, ExitReason>> = {
  auth: 'auth',
  account: 'auth',
  rate_limit: 'unavailable',
  server: 'unavailable',
  network: 'unavailable',
  timeout: 'unavailable',
  protocol: 'protocol',
  capacity: 'protocol',
  conflict: 'protocol',
  permanent: 'protocol',
  internal: 'internal',
};
const reasonOfCode: Readonly<Record<string, ExitReason>> = {
  interrupted: 'interrupted',
  terminated: 'terminated',
  deadline_reached: 'deadline',
};

/** The exit reason once more, from the documented table and the results themselves. */
function expectedReasons({ result, settings }: Ending): ExitReason {
  const { results, notFound, ambiguous, failure, dryRun } = result;
  const eligible = results.filter(({ decision }) => decision.verdict === 'eligible').length;
  const migrated = results.filter(({ outcome }) =>
    ['migrated', 'recovered', 'started'].includes(outcome ?? ''),
  ).length;
  const reasons = new Set<ExitReason>();
  if (failure && !(failure.code === 'circuit_open' && migrated > 0)) {
    reasons.add(reasonOfCode[failure.code] ?? reasonOfCategory[failure.category] ?? 'internal');
  }
  if (notFound.length + ambiguous.length > 0) reasons.add(results.length > 0 ? 'partial' : 'failed');
  if (!dryRun && migrated < eligible) reasons.add(migrated === 0 ? 'failed' : 'partial');
  if (dryRun && settings.detailedExitCode && eligible > 0) reasons.add('changes');
  return precedence.find((reason) => reasons.has(reason)) ?? 'ok';
}

/** A reason that blames somebody must have its cause. */
function judgeCause({ run, plan, settings, endedAtMs }: Ending, reason: ExitReason): readonly string[] {
  const tookMs = endedAtMs - run.startedAtMs;
  const hasNoCause =
    (reason === 'auth' && !run.wasRefusedAccess) ||
    ((reason === 'interrupted' || reason === 'terminated') && tookMs < (plan.signalAfterMs ?? Infinity)) ||
    (reason === 'deadline' && tookMs < settings.jobTimeoutMs) ||
    reason === 'internal';
  return hasNoCause ? [`the run ended with ${reason}, and nothing had happened that explains it`] : [];
}
