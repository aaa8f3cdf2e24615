import pLimit from 'p-limit';
import type { NoticeProgram } from '../config/reporting.js';
import { secretVariables } from '../config/variables.js';
import { type Clock, nowSeconds } from '../core/clock.js';
import { elapsedTime } from '../core/duration.js';
import type { Delivery } from '../core/delivery.js';
import type { Decision } from '../core/eligibility.js';
import type { Log } from '../core/log.js';
import type { Notice } from '../core/notice.js';
import type { NoticeMemory } from '../core/noticeMemory.js';
import { planNotices } from '../core/planNotices.js';
import { reclaimNoticeOf } from '../core/reclaimNotice.js';
import { reportReclaimNotice } from '../core/report.js';
import { noticeDocument, noticeEnvironment } from '../report/notifications/noticeProgram.js';
import { runHook } from '../runtime/runHook.js';
import type { Scrub } from '../runtime/secrets.js';
import type { KeptMemory } from './keptMemory.js';
import { rememberOrWarn } from './rememberOrWarn.js';
import type { System } from './system.js';

/** How many of them run at once. */
const mostAtOnce = 8;

export interface NoticeProgramOptions {
  readonly runId: string;
  /** Null when it has no name. */
  readonly account: string | null;
  readonly startedAtMs: number;
  readonly intervalMinutes: number;
  readonly system: Pick<System, 'environment' | 'whyNotExecutable' | 'signalGroup'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly scrub: Scrub;
  /** Aborted when the run has to end: the programs with it. */
  readonly stopping: AbortSignal;
}

/** Runs the operator's program for reclaim notices, beside whatever else the run does. */
export interface NoticeRunner {
  /** Starts it for each notice that it was not started for before. */
  observed(decisions: readonly Decision[], memory: KeptMemory): void;
  /** Waits for the programs. Resolves to null when there was none to run. Never rejects. */
  ended(): Promise<Delivery | null>;
}

/** Prepares to run a program for reclaim notices. It never changes how the run ends. */
export function createNoticeRunner(
  noticeProgram: NoticeProgram,
  options: NoticeProgramOptions,
): NoticeRunner {
  const errors: string[] = [];
  let notices: readonly Notice[] = [];
  let work: Promise<unknown> = Promise.resolve();
  const unusable = whyUnusable(noticeProgram, options);

  return {
    observed: (decisions, memory) => {
      const plan = planFor(decisions, memory.earlier, options);
      notices = plan.notices;
      if (unusable !== null) return;
      const remember = rememberStarted(plan.memoryIfUndelivered, memory, options);
      const limit = pLimit(mostAtOnce);
      work = Promise.all(
        notices.map((notice) =>
          limit(async () => {
            const error = await runFor(notice, noticeProgram, options, () => remember(notice));
            if (error !== null) errors.push(`${notice.instance?.id ?? ''}: ${error}`);
          }),
        ),
      );
    },
    ended: async () => {
      await work;
      const error = unusable ?? errors[0] ?? null;
      if (error === null && notices.length === 0) return null;
      const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
      return {
        channel: 'on_notice',
        delivered: error === null,
        attempts: unusable === null ? notices.length : 0,
        notices: notices.length === 0 ? null : notices.length,
        error: error === null ? null : options.scrub(`${error}${more}`),
      };
    },
  };
}

/** A program that is missing is said so in every run, long before the day on which it is needed. */
function whyUnusable({ program }: NoticeProgram, { system }: NoticeProgramOptions): string | null {
  const reason = system.whyNotExecutable(program);
  return reason === null ? null : `the program of MIGRATION_ON_NOTICE ${reason}`;
}

function planFor(
  decisions: readonly Decision[],
  memory: NoticeMemory | null,
  { clock, startedAtMs, intervalMinutes }: NoticeProgramOptions,
) {
  return planNotices({
    results: decisions.map((decision) => ({ decision, outcome: null, attempts: 0, failure: null })),
    failure: null,
    memory,
    wanted: new Set(['reclaim_notice'] as const),
    nowSeconds: nowSeconds(clock),
    startedSeconds: Math.floor(startedAtMs / 1000),
    intervalSeconds: intervalMinutes * 60,
  });
}

/** Written down as each is started, so that a run that is killed does not start it again. */
function rememberStarted(
  before: NoticeMemory,
  { remember }: KeptMemory,
  { clock, log }: NoticeProgramOptions,
): (notice: Notice) => void {
  let memory = before;
  const save = (): void => rememberOrWarn(() => remember(memory), 'What the program was run for', log);
  save();
  return ({ key }) => {
    memory = { ...memory, announced: { ...memory.announced, [key]: nowSeconds(clock) } };
    save();
  };
}

async function runFor(
  { instance }: Notice,
  { program, timeoutMs }: NoticeProgram,
  { runId, account, system, clock, log, scrub, stopping }: NoticeProgramOptions,
  onStarted: () => void,
): Promise<string | null> {
  if (instance === null) return null;
  if (stopping.aborted) return 'not run: the run ended first, and the next one runs it';
  const notice = reportReclaimNotice(reclaimNoticeOf(instance, nowSeconds(clock)));
  const origin = { runId, account };
  const inherited = Object.entries(system.environment).filter(
    ([name]) => !secretVariables.some((secret) => secret === name),
  );
  const startedAtMs = clock.now();
  const whichProgram = `program for the reclaim notice of ${notice.id} (${notice.name})`;
  const logStart = (): void =>
    log.info('on_notice', `Running the ${whichProgram}, for up to ${elapsedTime(timeoutMs)}`, {
      instanceId: notice.id,
    });
  const { error, output } = await runHook({
    program,
    environment: { ...Object.fromEntries(inherited), ...noticeEnvironment(notice, origin) },
    input: noticeDocument(notice, origin),
    timeoutMs,
    signal: stopping,
    signalGroup: system.signalGroup,
    onStarted: () => {
      logStart();
      onStarted();
    },
  });
  const said = scrub(output.trim());
  log[error === null ? 'info' : 'warn']('on_notice', `The ${whichProgram} ${error ?? 'exited with 0'}`, {
    instanceId: notice.id,
    durationMs: clock.now() - startedAtMs,
    ...(said === '' ? {} : { output: said }),
  });
  return error;
}
