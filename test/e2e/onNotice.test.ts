import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { executableScript } from '../support/executableScript.js';
import { canaryKey, expectNoLeak, newFolder, oneDocument, removeFolders } from '../support/migrateRun.js';
import { type Ended, runProgram, startProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

const noticed = '9209d10f3546c531';

describe('the program for reclaim notices', () => {
  let sandbox: Sandbox;
  let stateDir: string;
  let folder: string;

  beforeEach(async () => {
    stateDir = newFolder();
    folder = newFolder();
    sandbox = await startSandbox({
      scenario: 'demo',
      apiKey: canaryKey,
      now: () => Date.now(),
      migrationSeconds: 0,
    });
    const { NOVITA_API_KEY, NOVITA_API_BASE_URL, NOVITA_SPOT_STATE_DIR } = environmentFor('');
    const environment = {
      NOVITA_API_KEY,
      NOVITA_API_BASE_URL,
      NOVITA_SPOT_STATE_DIR,
      MIGRATION_INCLUDE: 'none',
    };
    await runProgram(['migrate'], { environment });
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  const environmentFor = (program: string) => ({
    NOVITA_API_KEY: canaryKey,
    NOVITA_API_BASE_URL: sandbox.baseUrl,
    NOVITA_SPOT_STATE_DIR: stateDir,
    MIGRATION_ON_NOTICE: program,
    FOLDER: folder,
  });
  async function run(
    program: string,
    args: readonly string[] = [],
    changes: Readonly<Record<string, string>> = {},
  ): Promise<Ended & { readonly report: Report }> {
    const ended = await runProgram(['migrate', '-o', 'json', ...args], {
      environment: { ...environmentFor(program), ...changes },
    });
    expectNoLeak(ended, stateDir);
    return { ...ended, report: oneDocument(ended) };
  }
  const left = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const onNotice = ({ deliveries }: Report) => deliveries.filter(({ channel }) => channel === 'on_notice');

  it('is run once for a notice, told of it in variables and JSON, and is not given the key', async () => {
    const program = executableScript(folder, 'env > "$FOLDER/env"; cat >> "$FOLDER/notice"; echo saved');
    const first = await run(program);
    expect(first.code).to.equal(0);
    expect(onNotice(first.report)).to.deep.equal([
      { channel: 'on_notice', delivered: true, attempts: 1, notices: 1, error: null },
    ]);
    const [notice] = first.report.reclaimNotices;
    expect(notice).to.include({ id: noticed, name: 'embedding-server', spotStatus: 'notified' });
    expect(left('env').split('\n')).to.include.members([
      `RECLAIM_NOTICE_INSTANCE_ID=${noticed}`,
      'RECLAIM_NOTICE_INSTANCE_NAME=embedding-server',
      `RECLAIM_NOTICE_RECLAIM_AT=${notice?.reclaimAt ?? ''}`,
      `RECLAIM_NOTICE_RUN_ID=${first.report.runId}`,
    ]);
    expect(left('env')).not.to.include(canaryKey);
    expect(JSON.parse(left('notice'))).to.deep.include({ schemaVersion: 1, id: noticed, account: null });
    expect(first.stderr).to.match(/"message":"Running the program for [^"]+, for up to \d+m 00s"/);
    expect(first.stderr).to.include('"event":"on_notice"').and.include('"output":"saved"');
    expect(first.stderr).to.include('"event":"reclaim_notice"');

    const second = await run(program);
    expect(onNotice(second.report)).to.deep.equal([]);
    expect(second.report.reclaimNotices.map(({ id }) => id)).to.deep.equal([noticed]);
    expect(left('notice').trim().split('\n')).to.have.length(1);
  });

  it('that fails is an error, and the instances are migrated all the same', async () => {
    const { code, report, stderr } = await run(
      executableScript(folder, `echo "no space: ${canaryKey}"; exit 3`),
    );
    expect(code).to.equal(0);
    expect(report.summary.migrated).to.equal(4);
    expect(onNotice(report)).to.deep.equal([
      { channel: 'on_notice', delivered: false, attempts: 1, notices: 1, error: `${noticed}: exited with 3` },
    ]);
    expect(stderr).to.include('"event":"delivery_failed"').and.include('no space: ');
  });

  it('that is missing is an error in every run, also with nothing to run it for', async () => {
    const missing = join(folder, 'missing');
    for (const changes of [{}, { MIGRATION_EXCLUDE: 'embedding-server' }]) {
      const { code, report } = await run(missing, ['--quiet'], changes);
      expect(code).to.equal(0);
      expect(onNotice(report)).to.deep.include.members([
        {
          channel: 'on_notice',
          delivered: false,
          attempts: 0,
          notices: 'MIGRATION_EXCLUDE' in changes ? null : 1,
          error: 'the program of MIGRATION_ON_NOTICE does not exist',
        },
      ]);
    }
  });

  const notRun: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
    ['a dry run', ['--dry-run', '--on-notice'], {}],
    ['a dry run of the scheduler', [], { MIGRATION_DRY_RUN: 'true' }],
    ['a run for one instance', ['d06052c629ce00fc'], {}],
    ['an instance that the filters leave out', [], { MIGRATION_EXCLUDE: 'embedding-*' }],
  ];
  for (const [title, args, changes] of notRun) {
    it(`is not run for ${title}`, async () => {
      const program = executableScript(folder, 'touch "$FOLDER/ran"');
      await run(program, args.at(-1) === '--on-notice' ? [...args, program] : args, changes);
      expect(existsSync(join(folder, 'ran'))).to.equal(false);
    });
  }

  it('is ended with the run', async () => {
    const program = executableScript(folder, 'touch "$FOLDER/begun"; sleep 60');
    const { child, ended } = startProgram(['migrate', '-o', 'json'], {
      environment: environmentFor(program),
    });
    await until(() => existsSync(join(folder, 'begun')));
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    const [delivery] = onNotice(JSON.parse(stdout) as Report);
    expect(delivery?.error).to.equal(`${noticed}: was ended with the run`);
    expect([0, 143]).to.include(code);
  });

  it('must be an absolute path', async () => {
    const { code, stderr } = await runProgram(['migrate', '--sandbox', '--on-notice', 'save.sh']);
    expect(code).to.equal(78);
    expect(stderr).to.include('MIGRATION_ON_NOTICE must be the absolute path of a program');
  });
});
