import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { StatusReport } from '../../src/core/statusReport.js';
import { main } from '../../src/main.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { journalText, type PastRun } from '../support/pastRuns.js';
import { type FakeSystem, fakeSystem } from './fakeSystem.js';

const minute = 60_000;
function ago(minutes: number, exitCode: number | null, more: Partial<PastRun> = {}): PastRun {
  const id = `${String(minutes).padStart(8, '0')}-minutes-ago`;
  return { id, startedAtMs: Date.now() - minutes * minute, exitCode, ...more };
}

describe('main, asked for the status', () => {
  let stateDir: string;
  beforeEach(() => {
    stateDir = newFolder();
  });
  afterEach(removeFolders);

  const write = (runs: readonly PastRun[], folder = stateDir): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'journal.jsonl'), journalText(runs));
  };

  async function look(
    args: readonly string[] = [],
    { alive = false, ...options }: Parameters<typeof fakeSystem>[0] & { readonly alive?: boolean } = {},
  ): Promise<{ readonly code: number; readonly system: FakeSystem; readonly printed: string }> {
    const environment = { NOVITA_SPOT_STATE_DIR: stateDir, ...options.environment };
    const system = { ...fakeSystem({ ...options, environment }), isAlive: () => alive };
    const code = await main(['status', ...args], system);
    return { code, system, printed: system.printed() };
  }

  it('shows the last runs as a table', async () => {
    write([ago(62, 0), ago(47, 20), ago(32, null), ago(17, 143, { exitReason: 'interrupted' }), ago(2, 0)]);
    const { code, printed } = await look();
    expect(code).to.equal(0);
    expect(printed).to.equal(
      `novita-spot OK: the last run succeeded, last success 1 min ago (limit 40 min)

STARTED  RESULT             TOOK    ELIGIBLE  MIGRATED  NOT MIGRATED  RUN
2m ago   ok                 10.0 s  3         2         0             00000002
17m ago  interrupted (143)  10.0 s  3         2         1             00000017
32m ago  killed             -       -         -         -             00000032
47m ago  partial (20)       10.0 s  3         2         1             00000047
1h ago   ok                 10.0 s  3         2         0             00000062
`,
    );
  });

  it('shows what was run for named instances, and does not judge by it', async () => {
    const named = { wholeAccount: false };
    write([ago(15, 0), ago(3, 20, named), ago(2, null, named), ago(1, 0, named)]);
    const { code, printed } = await look();
    expect(code).to.equal(0);
    expect(printed).to.equal(
      `novita-spot OK: the last run for the whole account succeeded, last success 14 min ago (limit 40 min)

STARTED  RESULT              TOOK    ELIGIBLE  MIGRATED  NOT MIGRATED  RUN
1m ago   ok, some            10.0 s  3         2         0             00000001
2m ago   killed, some        -       -         -         -             00000002
3m ago   partial (20), some  10.0 s  3         2         1             00000003
15m ago  ok                  10.0 s  3         2         0             00000015
`,
    );
    write([ago(1, 0, named)]);
    const alone = await look();
    expect(alone.code).to.equal(3);
    expect(alone.printed).to.match(/UNKNOWN: the journal holds no run for the whole account\n/);
    write([ago(15, 0, named), ago(1, null, { host: hostname(), pid: 5 })]);
    expect((await look([], { alive: true })).printed).to.match(
      /UNKNOWN: the first run for the whole account is going on, and none has ended yet\n/,
    );
    write([ago(15, 69), ago(1, 0, named)]);
    expect((await look()).printed).to.match(
      /CRITICAL: the last run for the whole account ended with exit code 69 \(partial\), none has succeeded /,
    );
  });

  it('shows a run that is going on', async () => {
    write([ago(15, 0), ago(1, null, { host: hostname(), pid: 5 })]);
    const { code, printed } = await look([], { alive: true });
    expect(code).to.equal(0);
    expect(printed).to.match(/\n1m ago +going on +- /);
  });

  it('does not take itself for the run that was killed', async () => {
    write([ago(15, 0), ago(1, null, { host: hostname(), pid: 4711 })]);
    expect((await look([], { alive: true })).printed).to.match(/WARNING: the last run was killed/);
  });

  it('has colour on a terminal and nowhere else', async () => {
    write([ago(2, 0)]);
    expect((await look([], { terminal: true })).printed).to.include('\u001b[32mOK\u001b[39m');
    expect((await look(['--no-color'], { terminal: true })).printed).not.to.include('\u001b');
    expect((await look()).printed).not.to.include('\u001b');
  });

  for (const [width, first] of [
    [80, 'novita-spot OK: the last run succeeded, last success 1 min ago (limit 40 min)'],
    [30, 'novita-spot OK: the last run'],
    [12, 'novita-spot'],
  ] as const) {
    it(`is wrapped at a terminal of ${width} columns`, async () => {
      write([ago(2, 0)]);
      const shown = (await look(['--limit', '0'], { terminal: true, width })).printed;
      const lines = stripVTControlCharacters(shown).trimEnd().split('\n');
      expect(lines[0]).to.equal(first);
      expect(lines.join(' ')).to.equal(
        'novita-spot OK: the last run succeeded, last success 1 min ago (limit 40 min)',
      );
    });
  }

  it('is a table in Markdown', async () => {
    write([ago(2, 0)]);
    const { printed } = await look(['-o', 'markdown', '--account', 'team-a']);
    expect(printed).to.match(/\n\| `team-a` \| healthy \| .+ \| \d{4}-\d\d-\d\d \d\d:\d\d UTC \|\n/);
  });

  it('says what it does not know of odd lines', async () => {
    const line = { type: 'run_end', time: 'soon', runId: 'odd' };
    writeFileSync(join(stateDir, 'journal.jsonl'), `torn\n{}\n${JSON.stringify(line)}\n`);
    const { code, printed } = await look();
    expect(code).to.equal(2);
    expect(printed).to.match(/exit code unknown \(unknown\), none has succeeded/);
    expect(printed).to.match(/\n- +unknown \(\?\) +- /);
    expect(printed).to.include('2 lines of the journal cannot be read.');
  });

  it('says that the first run is still going on', async () => {
    write([ago(1, null, { host: hostname(), pid: 5 })]);
    const { code, printed } = await look(['-q'], { alive: true });
    expect(code).to.equal(3);
    expect(printed).to.equal('novita-spot UNKNOWN: the first run is going on, and none has ended yet\n');
  });

  it('tells why a journal cannot be read', async () => {
    mkdirSync(join(stateDir, 'journal.jsonl'));
    const { code, printed } = await look();
    expect(code).to.equal(3);
    expect(printed).to.match(/^novita-spot UNKNOWN: .+journal\.jsonl is not a plain file\n$/);
  });

  it('has a block for each account of a folder', async () => {
    const files = { '/keys/team-a': 'one', '/keys/team-b': 'the same', '/keys/team-c': 'the same' };
    write([ago(2, 0)], join(stateDir, 'accounts', 'team-a'));
    write([ago(15, 0), ago(2, 69)], join(stateDir, 'accounts', 'team-b'));
    const { code, printed } = await look(['--accounts-dir', '/keys'], { files });
    expect(code).to.equal(3);
    expect(printed).to.match(/^novita-spot UNKNOWN: of 3 accounts unknown: team-c; warning: team-b\n/);
    expect(printed.match(/^team-[abc]: (OK|WARNING|UNKNOWN): /gm)).to.have.length(3);
    write([ago(2, 0)], join(stateDir, 'accounts', 'team-b'));
    write([ago(2, 0)], join(stateDir, 'accounts', 'team-c'));
    expect((await look(['--accounts-dir', '/keys'], { files })).printed).to.match(
      /OK: all 3 accounts are healthy/,
    );
  });

  it('names what is wrong with the configuration', async () => {
    const environment = { MIGRATION_INTERVAL_MINUTES: 'often', MIGRATION_DRYRUN: '1' };
    const { code, printed, system } = await look(['-o', 'json'], { environment });
    expect(code).to.equal(78);
    expect((JSON.parse(printed) as StatusReport).error?.message).to.include('MIGRATION_INTERVAL_MINUTES');
    expect(system.logged()).to.include('MIGRATION_INTERVAL_MINUTES');
  });

  it('warns of an unknown variable', async () => {
    write([ago(2, 0)]);
    const { code, system } = await look([], { environment: { MIGRATION_DRYRUN: '1' } });
    expect(code).to.equal(0);
    expect(system.logged()).to.include('MIGRATION_DRY_RUN');
  });

  it('takes a bug for something unknown', async () => {
    const broken = {
      ...fakeSystem(),
      listFiles: () => {
        throw new TypeError('not expected');
      },
      get homeDirectory(): string {
        throw new TypeError('not expected');
      },
    };
    expect(await main(['status', '-o', 'json'], broken)).to.equal(3);
    expect((JSON.parse(broken.printed()) as StatusReport).error?.code).to.equal('internal_error');
  });
});
