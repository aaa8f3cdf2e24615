import type { Invocation } from '../cli/invocation.js';
import { noProgress, type Progress } from '../commands/progress.js';
import type { Config } from '../config/config.js';
import { systemClock } from '../runtime/systemClock.js';
import { paintFor } from './presenter.js';
import type { Output, System } from './system.js';

export interface WatchedRun {
  /** What the run goes on with: what it writes to stderr stays clear of the progress. */
  readonly system: System;
  readonly progress: Progress;
}

export interface WatchInput {
  readonly system: System;
  readonly invocation: Invocation;
  /** Null when it could not be loaded. */
  readonly config: Config | null;
  /** True when no other run goes on at the same time. */
  readonly alone: boolean;
}

/** Shows the progress of a run where somebody is there to see it; elsewhere the lines of the log tell of it. */
export async function watchRun({ system, invocation, config, alone }: WatchInput): Promise<WatchedRun> {
  if (config === null || !alone || !isWatched(system, invocation, config))
    return { system, progress: noProgress };
  const { createTerminalFrame } = await import('../runtime/terminalFrame.js');
  const { createLiveProgress } = await import('./liveProgress.js');
  const { stderr } = system;
  const frame = createTerminalFrame({ write: (text) => stderr.write(text), width: () => stderr.width });
  const progress = createLiveProgress({
    output: stderr,
    frame,
    paint: paintFor(stderr, invocation, system),
    clock: systemClock,
    repeat: (ms, action) => {
      const timer = setInterval(action, ms);
      return () => clearInterval(timer);
    },
    onStop: system.onStop,
  });
  return { system: { ...system, stderr: aboveFrame(stderr, (text) => frame.writeAbove(text)) }, progress };
}

/** Nobody watches a run of CI, and whoever asks for every line of the log wants to read lines. */
function isWatched(
  { stderr, environment }: System,
  { command, quiet }: Invocation,
  { dryRun, logLevel, logFormat }: Config,
): boolean {
  const { TERM: terminal, CI: ci = '' } = environment;
  return (
    command === 'migrate' &&
    !dryRun &&
    !quiet &&
    stderr.isTerminal &&
    terminal !== 'dumb' &&
    (ci === '' || ci === 'false') &&
    logLevel !== 'debug' &&
    logFormat === 'auto'
  );
}

function aboveFrame(output: Output, write: (text: string) => void): Output {
  return {
    isTerminal: output.isTerminal,
    get width() {
      return output.width;
    },
    get height() {
      return output.height;
    },
    write,
    lost: () => output.lost(),
  };
}
