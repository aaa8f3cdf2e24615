import { defaultInFlight } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { type Contestant, runRounds, timesOf } from '../rounds.js';
import { answerMs, type Bench } from './bench.js';
import { ourselves } from './contestants.js';

const section = 'Migrating';
const migrations = 1_000;
const pages = 10;
const slowEvery = 5;
const slowness = 4;
const listing = `check of ${migrations}`;

/** How close many migrations come to the time that their answers take. */
export async function measureMigrating(bench: Bench): Promise<readonly Finding[]> {
  const few = `${migrations} migrations, 5 at once`;
  const many = `${migrations} migrations, 20 at once`;
  const uneven = `${few}, one in ${slowEvery} takes ${slowness} times as long`;
  const times = await runRounds(
    [
      checkOf(bench),
      migrationsOf(many, 20, 0, bench),
      migrationsOf(uneven, 5, slowEvery, bench),
      migrationsOf(few, 5, 0, bench),
    ],
    bench.rounds.long,
  );
  await bench.server.begin(scenarioOf(0));
  const base = (name: string, floorMs: number) => ({
    name,
    values: timesOf(times, listing).map((ms) => ms + floorMs),
  });
  const roundTrips = (atOnce: number) =>
    base(
      `${Math.ceil(migrations / atOnce)} round trips and the listing`,
      Math.ceil(migrations / atOnce) * answerMs,
    );
  const slow = migrations / slowEvery;
  const work = (migrations - slow + slow * slowness) * answerMs;
  return [
    findingOf({ section, subject: listing, values: timesOf(times, listing) }),
    findingOf({ section, subject: few, values: timesOf(times, few), base: roundTrips(5), goal: 1.1 }),
    findingOf({ section, subject: many, values: timesOf(times, many), base: roundTrips(20), goal: 1.25 }),
    findingOf({
      section,
      subject: uneven,
      values: timesOf(times, uneven),
      base: base('a fifth of the work and the listing', work / 5),
      goal: 1.2,
    }),
    await countRequests(bench),
  ];
}

function scenarioOf(slow: number) {
  return { fleet: { size: migrations, reclaimed: migrations }, delayMs: answerMs, slowEvery: slow };
}

function checkOf({ server }: Bench): Contestant {
  return ourselves('check', { name: listing, server, scenario: scenarioOf(0), inFlight: defaultInFlight });
}

function migrationsOf(name: string, atOnce: number, slow: number, { server }: Bench): Contestant {
  const inFlight = { ...defaultInFlight, migrations: atOnce };
  return ourselves('migrate', { name, server, scenario: scenarioOf(slow), inFlight });
}

async function countRequests(bench: Bench): Promise<Finding> {
  await runRounds([migrationsOf('counted', 20, 0, bench)], 0);
  const { instancePages, jobPages, migrated } = await bench.server.counts();
  return findingOf({
    section,
    subject: `requests of ${migrations} migrations`,
    unit: 'requests',
    values: [instancePages + jobPages + migrated.length],
    // The pages, the empty job list and each migration.
    goal: pages + 1 + migrations,
  });
}
