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
  const openInFlight = async (
    answerMs: number | null,
    options: Partial<TmuxOptions> = {},
  ): Promise<TmuxTerminal> => {
    const server = await startFaultyProxy(createAccount(numberedIds(8).map(reclaimedRow)), [
      {
        method: 'POST',
        path: '/gpu/instance/migrate',
        fault: answerMs === null ? blackHole : late(answerMs),
      },
    ]);
    proxy = server;
    const session = open('migrate --yes', {
      ...options,
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

  it('shows in place how a run goes on, and leaves nothing of it behind', async () => {
    const session = await openInFlight(1_000);
    await session.untilOnScreen(/^name-of-i-5 +sending +\d+s$/m);
    expect(barOf(session)).to.match(/^0\/8 {2}░+ {2}\d+s$/);
    await session.untilOnScreen(/^5\/8 .+ 5 migrated$/m);
    expect(barOf(session)).to.match(/^5\/8 {2}█+░+ {2}\d+s {2}5 migrated$/);
    await expectGone(session, 0);
    expect(session.scrollback()).to.include('8 eligible, 8 migrated.');
  });

  it('is drawn within a terminal that becomes smaller', async () => {
    const session = await openInFlight(1_000, { columns: 100 });
    await session.untilOnScreen(/^name-of-i-5 +sending +\d+s$/m);
    session.resize(40, 7);
    await session.untilOnScreen(/^and 4 more in flight$/m);
    expect(barOf(session)).to.have.length.below(40);
    await expectGone(session, 0);
  });

  it('ends what is in flight after Ctrl-C, and starts nothing more', async () => {
    const session = await openInFlight(1_000);
    session.type('C-c');
    await session.untilOnScreen(/stopping, 5 in flight/);
    await expectGone(session, 130);
    expect(session.scrollback()).to.include('5 migrated').and.include('3 not started');
    expect(proxy?.posts()).to.equal(5);
  });

  it('leaves at once after the second Ctrl-C', async () => {
    const session = await openInFlight(null);
    session.type('C-c');
    await session.untilOnScreen(/stopping, 5 in flight/);
    session.type('C-c');
    await expectGone(session, 130);
    expect(session.scrollback()).to.include('5 unknown').and.include('3 not started');
  });

  it('watches the list in place, at any size, and keeps the last one', async () => {
    const session = open('list --sandbox --watch', { columns: 120 });
    await session.untilOnScreen(/^novita-spot list, every \d+ s: read at [\d:]+ UTC\. Ctrl-C ends it\.$/m);
    await session.untilOnScreen(/^bd7a392f544136ec +notebook .+ not_reclaimed$/m);
    session.resize(60, 10);
    await session.untilOnScreen(/^\.\.\. and \d+ more$/m);
    expect(session.screen().split('\n').length).to.be.at.most(10);
    session.type('C-c');
    expect(await session.ended()).to.deep.equal({ code: 0, leftInOrder: true });
    expect(session.scrollback().match(/^novita-spot list: read at/gm)).to.have.length(1);
    expect(session.scrollback()).to.include('... and 12 more').and.not.include('Ctrl-C');
  });
});

/** The line of the progress that is about all instances. */
function barOf(session: TmuxTerminal): string {
  return (
    session
      .screen()
      .split('\n')
      .find((line) => /^\d+\/\d+ /.test(line)) ?? ''
  );
}

/** The run has ended, and the terminal is as if nothing had been drawn in place on it. */
async function expectGone(session: TmuxTerminal, code: number): Promise<void> {
  expect(await session.ended()).to.deep.equal({ code, leftInOrder: true });
  expect(session.scrollback()).not.to.match(/[█░]|more in flight|^name-of-\S+ +sending/m);
}
