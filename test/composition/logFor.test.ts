import { expect } from 'chai';
import type { Invocation } from '../../src/cli/invocation.js';
import { readCommandLine } from '../../src/cli/program.js';
import { logFor } from '../../src/composition/logFor.js';
import { type FakeSystem, fakeSystem } from './fakeSystem.js';

function invocationOf(...args: readonly string[]): Invocation {
  const line = readCommandLine(args, { version: '', scenarios: [], width: 80 });
  if (line.kind !== 'run') throw new Error(args.join(' '));
  return line.invocation;
}

describe('logFor', () => {
  const everything = ['run_started', 'decided', 'disabled', 'not_found', 'not_migrated', 'summary'] as const;

  /** The events that are written. */
  function written(system: FakeSystem, invocation: Invocation, account: string | null): readonly string[] {
    const scrub = (text: string): string => text;
    const log = logFor({ invocation, system, config: null, scrub, runId: null, account });
    for (const event of everything) log.error(event, `<${event}>`);
    return everything.filter((event) => system.logged().includes(`<${event}>`));
  }

  const notOnScreen = ['run_started', 'not_found'];
  const at = (isTerminal: boolean): FakeSystem => fakeSystem({ terminal: isTerminal });
  const piped = (): FakeSystem => {
    const system = at(true);
    return { ...system, stdout: { ...system.stdout, isTerminal: false } };
  };
  const cases: readonly (readonly [string, FakeSystem, Invocation, string | null, readonly string[]])[] = [
    ['leaves out what the screen says', at(true), invocationOf('list'), null, notOnScreen],
    ['keeps the summary of each account', at(true), invocationOf('list'), 'a', [...notOnScreen, 'summary']],
    ['says all when the result goes elsewhere', piped(), invocationOf('list'), null, everything],
    ['says all beside a document', at(true), invocationOf('list', '-o', 'json'), null, everything],
    ['says all when nothing else does', at(true), invocationOf('list', '--quiet'), null, everything],
    ['says all off a terminal', at(false), invocationOf('list'), null, everything],
  ];
  for (const [title, system, invocation, account, expected] of cases) {
    it(title, () => expect(written(system, invocation, account)).to.deep.equal(expected));
  }
});
