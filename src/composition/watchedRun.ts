import type { Invocation } from '../cli/invocation.js';
import { noProgress, type Progress } from '../commands/progress.js';
import type { Config } from '../config/config.js';
import { repeat } from '../runtime/repeat.js';
import { systemClock } from '../runtime/systemClock.js';
import type { LiveProgressOptions } from './liveProgress.js';
import { paintFor } from './presenter.js';
import type { Output, System } from './system.js';

export interface WatchedRun {
  /** What the run goes on with: what it writes to stderr stays clear of the progress. */
  readonly system: System;
  readonly progress: Progress;
  /** Tells that the instances are being read, until the returned function is called, be it once or more often. */
  readonly startReading: () => () => void;
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
    return { system, progress: noProgress, startReading: () => () => undefined };
  const { createTerminalFrame } = await import('../runtime/terminalFrame.js');
  const { showReadingLine } = await import('./readingLine.js');
  const { stderr } = system;
  const frame = createTerminalFrame({ write: (text) => stderr.write(text), width: () => stderr.width });
  const drawing = { frame, clock: systemClock, repeat, onStop: system.onStop };
  return {
    system: { ...system, stderr: aboveFrame(stderr, (text) => frame.writeAbove(text)) },
    progress: await progressOf(drawing, { system, invocation, config }),
    startReading: () => showReadingLine(drawing),
  };
}

async function progressOf(
  drawing: Omit<LiveProgressOptions, 'output' | 'paint'>,
  { system, invocation, config }: { system: System; invocation: Invocation; config: Config },
): Promise<Progress> {
  if (invocation.command !== 'migrate' || config.dryRun) return noProgress;
  const { createLiveProgress } = await import('./liveProgress.js');
  const { stderr } = system;
  return createLiveProgress({ ...drawing, output: stderr, paint: paintFor(stderr, invocation, system) });
}

/** Nobody watches a run of CI, and whoever asks for every line of the log wants to read lines. */
function isWatched(
  { stderr, environment }: System,
  { quiet, watchSeconds }: Invocation,
  { logLevel, logFormat }: Config,
): boolean {
  const { TERM: terminal, CI: ci = '' } = environment;
  return (
    !quiet &&
    // It draws on the whole terminal by itself.
    watchSeconds === null &&
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
