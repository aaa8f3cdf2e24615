import { defaultInFlight } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { canMeasureMemory, peakMemory } from '../measure.js';
import { answerMs, type Bench } from './bench.js';
import { ourselves } from './contestants.js';

const subjects = [
  { command: 'check', size: 100, goal: null },
  { command: 'check', size: 10_000, goal: 130 },
  { command: 'check', size: 50_000, goal: 190 },
  { command: 'list', size: 10_000, goal: null },
  { command: 'list', size: 50_000, goal: null },
] as const;

/** The most memory that the process had resident at any time. */
export async function measureMemory({ server, rounds, skip }: Bench): Promise<readonly Finding[]> {
  if (!canMeasureMemory()) {
    skip('Memory is not measured: GNU time (/usr/bin/time) not found');
    return [];
  }
  const findings: Finding[] = [];
  for (const { command, size, goal } of subjects) {
    const subject = `${command} -o json of ${size}`;
    const scenario = { fleet: { size, reclaimed: 0 }, delayMs: answerMs, slowEvery: 0 };
    const { command: started } = ourselves(command, {
      name: subject,
      server,
      scenario,
      inFlight: defaultInFlight,
    });
    const values: number[] = [];
    for (let round = 0; round < rounds.long; round += 1) {
      await server.begin(scenario);
      values.push(await peakMemory(started));
    }
    findings.push(findingOf({ section: 'Peak of resident memory', subject, unit: 'MiB', values, goal }));
  }
  return findings;
}
