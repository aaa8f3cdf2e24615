import { defaultInFlight, type InFlight } from '../command.js';
import { type Finding, findingOf } from '../finding.js';
import { floors } from '../floors.js';
import type { Rival } from '../rivals.js';
import { runRounds, timesOf } from '../rounds.js';
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

/** As people write it, with as many pages at once as we read, or no rival at all. */
export type Kind = 'as_written' | 'wide' | 'floor';

interface Opponent {
  readonly kind: Kind;
  readonly name: string;
  readonly script: Rival;
  readonly pages: number;
}

async function play(match: Match, { server, rivals, rounds }: Bench): Promise<readonly Finding[]> {
  const { size, migrations } = match;
  const scenario = { fleet: { size, reclaimed: migrations }, delayMs: answerMs, slowEvery: 0 };
  const task = (name: string, inFlight: InFlight) => ({ name, server, scenario, inFlight });
  const action = migrations > 0 ? 'migrate' : 'list';
  const opponents = opponentsAt(size, rivals.present);
  const times = await runRounds(
    [
      ourselves(migrations > 0 ? 'migrate' : 'check', task(ours, defaultInFlight)),
      ...opponents.map(({ name, script, pages }) =>
        rivalAt(action, script, task(name, { ...defaultInFlight, pages })),
      ),
    ],
    rounds[match.rounds],
  );
  return compare(
    timesOf(times, ours),
    opponents.map(({ kind, name }) => ({ kind, name, base: timesOf(times, name) })),
    match,
  );
}

function opponentsAt(size: number, rivals: readonly Rival[]): readonly Opponent[] {
  const asWritten = rivals.map((script): Opponent => {
    return { kind: 'as_written', name: script.name, script, pages: script.isConcurrent ? pagesOfRivals : 1 };
  });
  const { pages } = defaultInFlight;
  const wide = rivals
    .filter(({ isConcurrent }) => isConcurrent && size > 100)
    .map((script): Opponent => {
      return { kind: 'wide', name: `${script.name}, ${pages} pages at once`, script, pages };
    });
  const alone = floors.map((script): Opponent => ({ kind: 'floor', name: script.name, script, pages }));
  return [...asWritten, ...wide, ...alone];
}

export interface OpponentTimes {
  readonly kind: Kind;
  readonly name: string;
  /** In ms, in the order of the rounds. */
  readonly base: readonly number[];
}

/** Compares our times with those of the others, fastest first, and says of whom the goal is. */
export function compare(
  values: readonly number[],
  opponents: readonly OpponentTimes[],
  { size, migrations, goal, goalOver = {} }: Omit<Match, 'rounds'>,
): readonly Finding[] {
  const section =
    migrations === 0
      ? `Against rivals: listing ${size}`
      : `Against rivals: listing ${size} and migrating ${migrations}`;
  const sorted = opponents.toSorted((one, other) => median(one.base) - median(other.base));
  const best = sorted.find(({ kind }) => kind !== 'floor');
  const bestAsWritten = sorted.find(({ kind }) => kind === 'as_written');
  const compared = sorted.map((opponent) => {
    const { name, base } = opponent;
    const isGoal = opponent === best || opponent === bestAsWritten;
    return findingOf({
      section,
      subject: ours,
      values,
      base: { name, values: base },
      goal: goalOver[name] ?? (isGoal ? goal : null),
    });
  });
  const themselves = sorted.map(({ name, base }) => findingOf({ section, subject: name, values: base }));
  return [...compared, ...themselves];
}
