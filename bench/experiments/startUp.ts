import { defaultInFlight, emptyNode, novitaSpot, novitaSpotWithoutCache } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { type Contestant, runRounds, timesOf } from '../rounds.js';
import type { Bench } from './bench.js';
import { ourselves } from './contestants.js';

const section = 'Start-up';
const base = 'node -e 0';
const again = 'node -e 0, once more';
const goals: Readonly<Record<string, number>> = { '--version': 1.6, '--help': 1.6, 'check of 100': 3.5 };

/** How long the program takes when it hardly waits for anybody, beside node that does nothing. */
export async function measureStartUp({ server, rounds }: Bench): Promise<readonly Finding[]> {
  const scenario = { fleet: { size: 100, reclaimed: 0 }, delayMs: 0, slowEvery: 0 };
  const help = { name: '--help', command: novitaSpot(['--help'], server.baseUrl) };
  const check = ourselves('check', { name: 'check of 100', server, scenario, inFlight: defaultInFlight });
  const times = await runRounds(
    [
      { name: base, command: emptyNode },
      { name: again, command: emptyNode },
      { name: '--version', command: novitaSpot(['--version'], server.baseUrl) },
      ...[help, check].flatMap((contestant) => [contestant, firstStartOf(contestant)]),
    ],
    rounds.short,
  );
  const compared = { name: base, values: timesOf(times, base) };
  return [...times].map(([subject, values]) =>
    findingOf({
      section,
      subject,
      values,
      base: subject === base ? null : compared,
      goal: goals[subject] ?? null,
    }),
  );
}

function firstStartOf(contestant: Contestant): Contestant {
  const { name, command } = contestant;
  return { ...contestant, name: `${name}, nothing cached`, command: novitaSpotWithoutCache(command) };
}
