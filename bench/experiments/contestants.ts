import { isDeepStrictEqual } from 'node:util';
import { type InFlight, novitaSpot, rivalCommand } from '../command.js';
import type { Run } from '../measure.js';
import type { Rival } from '../rivals.js';
import type { Contestant } from '../rounds.js';
import { reclaimedIds } from '../server/fleet.js';
import type { ServerProcess } from '../server/process.js';
import type { Scenario } from '../server/scenario.js';

interface Task {
  readonly name: string;
  readonly server: ServerProcess;
  readonly scenario: Scenario;
  readonly inFlight: InFlight;
}

/** `list` and `check` of the program, or `migrate`; what it says is compared with what the server saw. */
export function ourselves(
  command: 'list' | 'check' | 'migrate',
  { name, server, scenario, inFlight }: Task,
): Contestant {
  const consent = command === 'migrate' ? ['--yes'] : [];
  return {
    name,
    command: novitaSpot([command, '-o', 'json', ...consent], server.baseUrl, inFlight),
    prepare: () => server.begin(scenario),
    check: async ({ stdout }) => {
      const { summary, listComplete } = JSON.parse(stdout) as {
        readonly summary: Readonly<Record<string, number>>;
        readonly listComplete: boolean;
      };
      const { size, reclaimed } = scenario.fleet;
      const expected = { total: size, eligible: reclaimed, migrated: command === 'migrate' ? reclaimed : 0 };
      const { total, eligible, migrated } = summary;
      mustBeEqual(name, { total, eligible, migrated, listComplete }, { ...expected, listComplete: true });
      await checkRequests(name, server, scenario, command === 'migrate');
    },
  };
}

/** A rival at the same task. */
export function rivalAt(
  action: 'list' | 'migrate',
  rival: Rival,
  { name, server, scenario, inFlight }: Task,
): Contestant {
  return {
    name,
    command: rivalCommand(rival, action, server.baseUrl, inFlight),
    prepare: () => server.begin(scenario),
    check: async ({ stdout }: Run) => {
      const ids = stdout.split('\n').filter((line) => line !== '');
      mustBeEqual(name, ids.sort(), reclaimedIds(scenario.fleet));
      await checkRequests(name, server, scenario, action === 'migrate');
    },
  };
}

async function checkRequests(
  name: string,
  server: ServerProcess,
  { fleet }: Scenario,
  migrates: boolean,
): Promise<void> {
  const { migrated, refused } = await server.counts();
  const expected = { migrated: migrates ? reclaimedIds(fleet) : [], refused: 0 };
  mustBeEqual(name, { migrated: [...migrated].sort(), refused }, expected);
}

function mustBeEqual(name: string, seen: unknown, expected: unknown): void {
  if (isDeepStrictEqual(seen, expected)) return;
  const shown = (value: unknown): string => JSON.stringify(value).slice(0, 500);
  throw new Error(`${name} has not done its work: ${shown(seen)} instead of ${shown(expected)}`);
}
