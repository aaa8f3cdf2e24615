import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createAccount, numberedIds, reclaimedRow } from '../support/account.js';
import { blackHole, late } from '../support/faults.js';
import { type FaultyProxy, startFaultyProxy } from '../support/faultyProxy.js';
import { quickEnvironment } from '../support/migrateRun.js';
import { until } from '../support/until.js';
import { openTmuxTerminal, type TmuxOptions, type TmuxTerminal } from './tmuxTerminal.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

describe('a session in a terminal', () => {
  let terminal: TmuxTerminal | undefined;
  let proxy: FaultyProxy | undefined;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-'));
  });
  afterEach(async () => {
    terminal?.close();
    await proxy?.close();
    [terminal, proxy] = [undefined, undefined];
    rmSync(folder, { recursive: true });
  });

  const open = (args: string, options: Partial<TmuxOptions> = {}): TmuxTerminal => {
    terminal = openTmuxTerminal(`${process.execPath} -- ${program} ${args}`, {
      columns: 80,
      rows: 24,
      ...options,
    });
    return terminal;
  };

  /** Starts a migrate against an API that answers reads at once, and migrate requests as it is told to. */
  const openInFlight = async (answerMs: number | null): Promise<TmuxTerminal> => {
    const server = await startFaultyProxy(createAccount(numberedIds(8).map(reclaimedRow)), [
      {
        method: 'POST',
        path: '/gpu/instance/migrate',
        fault: answerMs === null ? blackHole : late(answerMs),
      },
    ]);
    proxy = server;
    const session = open('migrate --yes', {
      environment: quickEnvironment(server.baseUrl, join(folder, 'state')),
    });
    await until(() => server.posts() === 5);
    return session;
  };

  it('shows the plan, asks, and migrates after a yes', async () => {
    const session = open('migrate --sandbox');
    await session.untilShown('Migrate these 4 instances? [y/N]');
    expect(session.scrollback()).to.include('sdxl-training').and.include('NOT KEPT');
    session.type('y', 'Enter');
    expect(await session.ended()).to.deep.equal({ code: 0, leftInOrder: true });
    expect(session.scrollback())
      .to.match(/\[y\/N\] y$/m)
      .and.include('4 eligible, 4 migrated.');
  });

  for (const [title, key, code] of [
    ['a no', 'n', 0],
    ['Ctrl-D', 'C-d', 0],
    ['Ctrl-C', 'C-c', 130],
  ] as const) {
    it(`changes nothing after ${title}`, async () => {
      const session = open('migrate --sandbox');
      await session.untilShown('[y/N]');
      session.type(key, ...(key === 'n' ? ['Enter'] : []));
      expect(await session.ended()).to.deep.equal({ code, leftInOrder: true });
      const shown = session.scrollback();
      expect(shown).not.to.match(/\d migrated|migrate requested/);
      // Whatever comes after the question begins on a line of its own.
      expect(shown).to.match(/\[y\/N\]( n)?$/m);
    });
  }

  it('ends what is in flight after Ctrl-C, and starts nothing more', async () => {
    const session = await openInFlight(1_000);
    session.type('C-c');
    expect(await session.ended()).to.deep.equal({ code: 130, leftInOrder: true });
    expect(session.scrollback()).to.include('5 migrated').and.include('3 not started');
    expect(proxy?.posts()).to.equal(5);
  });

  it('leaves at once after the second Ctrl-C', async () => {
    const session = await openInFlight(null);
    session.type('C-c');
    session.type('C-c');
    expect(await session.ended()).to.deep.equal({ code: 130, leftInOrder: true });
    expect(session.scrollback()).to.include('5 unknown').and.include('3 not started');
  });
});
