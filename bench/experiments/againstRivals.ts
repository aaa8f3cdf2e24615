import { defaultInFlight, type InFlight } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { floors } from '../floors.js';
import type { Rival } from '../rivals.js';
import { runRounds, timesOf, type Times } from '../rounds.js';
import { median } from '../statistics.js';
import { answerMs, type Bench, type Rounds } from './bench.js';
import { ourselves, rivalAt } from './contestants.js';

interface Match {
  readonly size: number;
  readonly migrations: number;
  readonly rounds: keyof Rounds;
  /** Of our time to that of the best rival, and to the best of those that read as many pages at once as people write. */
  readonly goal: number | null;
  /** Of our time to that of one rival. */
  readonly goalOver?: Readonly<Record<string, number>>;
}

const matches: readonly Match[] = [
  { size: 1, migrations: 0, rounds: 'middle', goal: 1.25 },
  { size: 99, migrations: 0, rounds: 'middle', goal: null },
  { size: 100, migrations: 0, rounds: 'middle', goal: 1.25 },
  { size: 100, migrations: 10, rounds: 'middle', goal: 1.25 },
  { size: 1_000, migrations: 0, rounds: 'middle', goal: 1 },
  { size: 1_000, migrations: 100, rounds: 'long', goal: 1 },
  { size: 10_000, migrations: 0, rounds: 'long', goal: 0.6 },
  { size: 10_000, migrations: 100, rounds: 'long', goal: 1, goalOver: { 'xargs -P curl + jq': 0.95 } },
];

const ours = 'novita-spot';
/** What people write. */
const pagesOfRivals = 4;

/** The same work done by the program and by what people would use instead, on the same server. */
export async function measureAgainstRivals(bench: Bench): Promise<readonly Finding[]> {
  if (bench.rivals.present.length === 0) return [];
  const findings: Finding[] = [];
  for (const match of matches) findings.push(...(await play(match, bench)));
  return findings;
}

async function play(match: Match, { server, rivals, rounds }: Bench): Promise<readonly Finding[]> {
  const { size, migrations } = match;
  const scenario = { fleet: { size, reclaimed: migrations }, delayMs: answerMs, slowEvery: 0 };
  const task = (name: string, inFlight: InFlight) => ({ name, server, scenario, inFlight });
  const action = migrations > 0 ? 'migrate' : 'list';
  const times = await runRounds(
    [
      ourselves(migrations > 0 ? 'migrate' : 'check', task(ours, defaultInFlight)),
      ...rivals.present.flatMap((rival) =>
        pagesInFlight(rival, size).map((pages) => {
          const inFlight = { ...defaultInFlight, pages };
          return rivalAt(action, rival, task(nameOf(rival, pages), inFlight));
        }),
      ),
      ...floors.map((floor) => rivalAt(action, floor, task(floor.name, defaultInFlight))),
    ],
    rounds[match.rounds],
  );
  return findingsOf(times, match);
}

/** As people write it, and as many as we read at once. */
function pagesInFlight({ isConcurrent }: Rival, size: number): readonly number[] {
  if (!isConcurrent) return [1];
  return size <= 100 ? [pagesOfRivals] : [pagesOfRivals, defaultInFlight.pages];
}

const wide = ' pages at once';

function nameOf({ name, isConcurrent }: Rival, pages: number): string {
  return isConcurrent && pages !== pagesOfRivals ? `${name}, ${pages}${wide}` : name;
}

/** More pages at once than people write. */
function isWide(name: string): boolean {
  return name.endsWith(wide);
}

function findingsOf(times: Times, { size, migrations, goal, goalOver = {} }: Match): readonly Finding[] {
  const section =
    migrations === 0
      ? `Against rivals: listing ${size}`
      : `Against rivals: listing ${size} and migrating ${migrations}`;
  const values = timesOf(times, ours);
  const others = [...times]
    .filter(([name]) => name !== ours)
    .map(([name, base]) => ({ name, base }))
    .sort((one, other) => median(one.base) - median(other.base));
  const rivals = others.filter(({ name }) => !floors.some((floor) => floor.name === name));
  const best = new Set([rivals[0]?.name, rivals.find(({ name }) => !isWide(name))?.name]);
  const compared = others.map(({ name, base }) =>
    findingOf({
      section,
      subject: ours,
      values,
      base: { name, values: base },
      goal: goalOver[name] ?? (best.has(name) ? goal : null),
    }),
  );
  const themselves = others.map(({ name, base }) => findingOf({ section, subject: name, values: base }));
  return [...compared, ...themselves];
}
