import type { Command } from './command.js';
import { run, type Run } from './measure.js';

export interface Contestant {
  readonly name: string;
  readonly command: Command;
  /** Is called before each run, which is not measured. */
  readonly prepare?: () => Promise<void>;
  /** Throws when a run has not done what it should have. */
  readonly check?: (run: Run) => Promise<void>;
}

/** How long the runs of each contestant took, in ms and in the order of the rounds. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Runs all contestants in turn, again and again, each time beginning with another one. Each is run once before that,
 * so that its files are at hand. With no rounds, that is all.
 */
export async function runRounds(contestants: readonly Contestant[], rounds: number): Promise<Times> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await runOnce(contestant);
  for (let round = 0; round < rounds; round += 1) {
    const first = round % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)])
      times.get(contestant.name)?.push(await runOnce(contestant));
  }
  return times;
}

async function runOnce({ command, prepare, check }: Contestant): Promise<number> {
  await prepare?.();
  const ended = await run(command);
  await check?.(ended);
  return ended.durationMs;
}

/** @throws Error when there is no such contestant */
export function timesOf(times: Times, name: string): readonly number[] {
  const found = times.get(name);
  if (!found) throw new Error(`Nobody called ${name} was run.`);
  return found;
}
