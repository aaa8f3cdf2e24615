import type { Invocation } from '../cli/invocation.js';
import type { Clock } from '../core/clock.js';
import { errorCatalogue } from '../core/errorCatalogue.js';
import { exitCodes } from '../core/exitCode.js';
import type { Failure } from '../core/failure.js';
import type { Report } from '../core/report.js';
import { afterLook, isHopeless, type WatchedList } from '../core/watchedLists.js';
import { repeat } from '../runtime/repeat.js';
import { startRunLifetime } from '../runtime/runLifetime.js';
import type { Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import { loadRun } from './loadRun.js';
import { performRun } from './performRun.js';
import { performAccounts } from './runAccounts.js';
import { subjectOfRun } from './runSubject.js';
import { keepSandboxes, type SandboxSource } from './sandboxes.js';
import { listenToSignals, type Signals } from './signals.js';
import type { Output, System } from './system.js';
import { openWatchScreen } from './watchScreen.js';

/** Why the terminal cannot be watched; null when it can. */
export function whyNoWatch({ stdout, environment }: Pick<System, 'stdout' | 'environment'>): string | null {
  if (!stdout.isTerminal) return "option '--watch' draws on a terminal, and the output goes somewhere else";
  return environment['TERM'] === 'dumb' ? "option '--watch' needs a terminal that can draw in place" : null;
}

/**
 * Looks at the instances again and again and shows them in place, until a signal comes. A look that fails leaves the
 * last list where it is. One at the beginning ends it that fails for a reason that will not change.
 *
 * @param everySeconds - how long to wait between two looks
 * @param wait - waits for so many ms, or until the signal aborts
 * @returns the exit code
 */
export async function runWatch(
  invocation: Invocation,
  system: System,
  everySeconds: number,
  wait: Clock['sleep'] = (ms, signal) => systemClock.sleep(ms, signal),
): Promise<number> {
  const signals = listenToSignals(system);
  const lifetime = startRunLifetime(0);
  const detach = signals.attach(lifetime);
  const sandboxes = keepSandboxes(invocation, systemClock);
  const log = logAside(system);
  const look = lookWith({ invocation, system: log.system, signals, sandboxes });
  const screen = openWatchScreen({
    invocation,
    system,
    everySeconds,
    clock: systemClock,
    repeat,
  });
  let lists: readonly WatchedList[] = [];
  let keep = false;
  try {
    while (signals.failure() === null) {
      log.forget();
      const { reports, scrub, exitCode } = await look();
      if (signals.failure() !== null) break;
      lists = afterLook(lists, reports);
      if (isHopeless(lists, reports) || exitCode === exitCodes.output) return exitCode;
      log.forget();
      keep = true;
      screen.show(lists, scrub);
      await wait(everySeconds * 1_000, lifetime.stopping);
    }
    log.forget();
    return exitCodeOf(signals.failure());
  } finally {
    screen.close(keep);
    system.stderr.write(log.kept());
    detach();
    lifetime.end();
    await sandboxes.close();
  }
}

/** Ctrl-C is how a person ends it, and no failure. */
function exitCodeOf(failure: Failure | null): number {
  if (failure === null || failure.code === 'interrupted') return exitCodes.ok;
  return exitCodes[errorCatalogue[failure.code].exitReason];
}

interface Look {
  /** One for each account. */
  readonly reports: readonly Report[];
  readonly scrub: Scrub;
  readonly exitCode: number;
}

interface LookInput {
  readonly invocation: Invocation;
  readonly system: System;
  readonly signals: Signals;
  readonly sandboxes: SandboxSource;
}

/** What to do for one look: a run of `list` like any other, with its own deadline. */
function lookWith(input: LookInput): () => Promise<Look> {
  const loaded = loadRun(input.invocation, input.system);
  if ('config' in loaded && loaded.config.accounts !== null) {
    const { accounts } = loaded.config;
    return async () => {
      const { report, scrub } = await performAccounts({ ...input, loaded, accounts });
      return { reports: report.accounts, scrub, exitCode: report.exitCode };
    };
  }
  return async () => {
    let scrub: Scrub = (text) => text;
    const report = await performRun({
      ...input,
      alone: true,
      subject: subjectOfRun(loaded),
      present: (_report, scrubOfRun) => {
        scrub = scrubOfRun;
        return Promise.resolve();
      },
    });
    return { reports: [report], scrub, exitCode: report.exitCode };
  };
}

interface LogAside {
  readonly system: System;
  /** What was logged and not forgotten. */
  kept(): string;
  forget(): void;
}

/** Keeps the log off a terminal that is drawn on; elsewhere it goes its usual way. */
function logAside(system: System): LogAside {
  if (!system.stderr.isTerminal) return { system, kept: () => '', forget: () => undefined };
  let lines: string[] = [];
  const stderr: Output = { ...system.stderr, write: (text) => lines.push(text) };
  return { system: { ...system, stderr }, kept: () => lines.join(''), forget: () => (lines = []) };
}
