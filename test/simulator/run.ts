import { parseArgs } from 'node:util';
import { simulate } from './simulate.js';

/*
 * node --import tsx/esm test/simulator/run.ts [--schedules 10000] [--first 1]
 * node --import tsx/esm test/simulator/run.ts --seed 4711
 */

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
});

process.exitCode =
  values.seed === undefined
    ? await playMany(Number(values.first), Number(values.schedules))
    : await replay(Number(values.seed));

/** @returns the exit code */
async function playMany(first: number, schedules: number): Promise<number> {
  const startedAt = performance.now();
  const counts = new Map<string, number>();
  const count = (event: string): void => void counts.set(event, (counts.get(event) ?? 0) + 1);
  const failed: number[] = [];
  for (let seed = first; seed < first + schedules; seed += 1) {
    const violations = await simulate(seed, { count });
    for (const violation of violations) print(`seed ${seed}: ${violation}`);
    if (violations.length > 0) failed.push(seed);
    // The first few show what there is to see.
    if (failed.length === 10) break;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  for (const [event, times] of [...counts].sort()) print(`${String(times).padStart(9)}  ${event}`);
  print(`${schedules} schedules from seed ${first} in ${seconds.toFixed(1)} s: ${failed.length} failed`);

  const [worst] = failed;
  return worst === undefined ? 0 : replay(worst);
}

/** Plays one schedule and shows what happened. */
async function replay(seed: number): Promise<number> {
  print(`seed ${seed}`);
  const violations = await simulate(seed, { note: print });
  for (const violation of violations) print(`VIOLATED ${violation}`);
  print(violations.length === 0 ? 'nothing was violated' : `replay with --seed ${seed}`);
  return violations.length === 0 ? 0 : 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
