import { defaultInFlight } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { type Contestant, runRounds, timesOf } from '../rounds.js';
import { answerMs, type Bench } from './bench.js';
import { ourselves } from './contestants.js';

const section = 'Paging';
const pageSize = 100;
const sizes = [1_000, 10_000, 50_000] as const;
const ofOne = 'check of 1, no delay';

/** How close reading many pages comes to the time that the answers take, and what an instance costs by itself. */
export async function measurePaging(bench: Bench): Promise<readonly Finding[]> {
  return [...(await measureWaiting(bench)), ...(await measureWork(bench))];
}

function checkOf(name: string, size: number, delayMs: number, { server }: Bench): Contestant {
  const scenario = { fleet: { size, reclaimed: 0 }, delayMs, slowEvery: 0 };
  return ourselves('check', { name, server, scenario, inFlight: defaultInFlight });
}

async function measureWaiting(bench: Bench): Promise<readonly Finding[]> {
  const size = 10_000;
  const subject = `check of ${size}, ${answerMs} ms per answer`;
  const times = await runRounds(
    [checkOf(ofOne, 1, 0, bench), checkOf(subject, size, answerMs, bench)],
    bench.rounds.middle,
  );
  await runRounds([checkOf(subject, size, 0, bench)], 0);
  const { instancePages, jobPages } = await bench.server.counts();
  const pages = size / pageSize;
  const roundTrips = 1 + Math.ceil((pages - 1) / defaultInFlight.pages);
  const startUp = timesOf(times, ofOne);
  const ideal = startUp.map((ms) => ms + roundTrips * answerMs);
  return [
    findingOf({ section, subject: ofOne, values: startUp }),
    findingOf({
      section,
      subject,
      values: timesOf(times, subject),
      base: { name: `${roundTrips} round trips and start-up`, values: ideal },
      goal: 1.15,
    }),
    findingOf({
      section,
      subject: `requests of a check of ${size}`,
      unit: 'requests',
      values: [instancePages + jobPages],
      goal: pages,
    }),
  ];
}

async function measureWork(bench: Bench): Promise<readonly Finding[]> {
  const nameOf = (size: number): string => `check of ${size}, no delay`;
  const times = await runRounds(
    [1, ...sizes].map((size) => checkOf(nameOf(size), size, 0, bench)),
    bench.rounds.middle,
  );
  const startUp = timesOf(times, nameOf(1));
  const cost = (size: number): readonly number[] =>
    timesOf(times, nameOf(size)).map((ms, round) => ((ms - (startUp[round] ?? NaN)) * 1_000) / size);
  const [smallest] = sizes;
  return sizes.map((size) =>
    findingOf({
      section,
      subject: nameOf(size),
      unit: 'µs per instance',
      values: cost(size),
      base: size === smallest ? null : { name: `that of ${smallest}`, values: cost(smallest) },
      goal: size === smallest ? null : 1.3,
    }),
  );
}
