import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { journalLines } from '../support/journalLines.js';
import { canaryKey, runMigrate, newFolder, removeFolders } from '../support/migrateRun.js';
import { startProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

const outcomesOf = ({ instances }: Report): Record<string, string | null> =>
  Object.fromEntries(instances.map(({ id, outcome }) => [id, outcome]));

describe('migrations that are followed, or told of by the next run', () => {
  let sandbox: Sandbox;
  /** Added to the time of the emulated provider, in ms. */
  let laterMs = 0;
  const requests: string[] = [];
  let stateDir: string;

  beforeEach(async () => {
    laterMs = 0;
    requests.length = 0;
    stateDir = newFolder();
    sandbox = await startSandbox({
      scenario: 'recovery',
      apiKey: canaryKey,
      now: () => Date.now() + laterMs,
      migrationSeconds: 1,
      onRequest: ({ method, path }) => requests.push(`${method} ${path.split('/').at(-1) ?? ''}`),
    });
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  const run = (environment: Readonly<Record<string, string>> = {}, args: readonly string[] = []) =>
    runMigrate(
      sandbox.baseUrl,
      { NOVITA_SPOT_STATE_DIR: stateDir, MIGRATION_RETRY_BASE_MS: '25', ...environment },
      args,
    );

  it('are followed with --wait until they run or have failed, and told of once', async () => {
    const { code, report, stderr } = await run({}, ['--wait', '3s']);
    expect(outcomesOf(report)).to.deep.equal({
      'comes-back': 'recovered',
      'comes-back-unheard': 'recovered',
      'fails-afterwards': 'failed',
      'gets-stuck': 'migrated',
      'reclaimed-again': 'migrated',
    });
    expect(code).to.equal(20);
    expect(report.summary).to.include({ eligible: 5, migrated: 4, errors: 1 });
    const [back, , failed, stuck, again] = report.instances;
    expect(back?.recoveredAfterSeconds).to.be.within(1, 3);
    expect(back?.recoveredAfterReclaimSeconds).to.be.within(3_600, 3_610);
    expect(failed?.error).to.include({ code: 'migration_failed', category: 'migration' });
    expect(failed?.error?.message).to.include('no node of this product has room');
    expect(stuck).to.include({ recoveredAfterSeconds: null, error: null });
    expect(stuck?.followedSeconds).to.be.within(2, 3);
    expect(again).to.include({
      id: 'reclaimed-again',
      lostAgain: 'reclaimed_again',
      recoveredAfterSeconds: null,
    });
    expect(report.warnings.join()).to.include('reclaimed-again').and.include('reclaimed again');
    expect(stderr).to.include('"event":"follow_ended"');

    const next = await run();
    expect(next.report.settled).to.deep.equal([
      // Its end was not seen: it was followed until it was reclaimed again.
      { ...next.report.settled[0], instanceId: 'reclaimed-again', state: 'succeeded', error: null },
    ]);
  });

  it('are told of once by the next run, from the job list alone', async () => {
    const first = await run();
    expect(Object.values(outcomesOf(first.report)).every((outcome) => outcome === 'migrated')).to.equal(true);
    expect(first.report.settled).to.deep.equal([]);
    const asked = first.report.startedAt;
    laterMs = 5_000;
    requests.length = 0;

    const second = await run({ MIGRATION_EXCLUDE: '*' });
    expect(requests).to.deep.equal(['GET instances', 'GET jobs']);
    const ended = second.report.settled.map(({ instanceId, state, error }) => [instanceId, state, error]);
    expect(ended).to.have.deep.members([
      ['comes-back', 'succeeded', null],
      ['comes-back-unheard', 'succeeded', null],
      ['fails-afterwards', 'failed', 'no node of this product has room'],
      ['reclaimed-again', 'succeeded', null],
    ]);
    for (const { requestedAt, jobId } of second.report.settled) {
      expect(Date.parse(requestedAt ?? '')).to.be.within(Date.parse(asked) - 1_000, Date.now());
      expect(jobId).to.be.a('string');
    }
    expect(second.code).to.equal(0);
    const lines = journalLines(stateDir).entries.filter(({ type }) => type === 'settled');
    expect(lines).to.have.length(4);

    const third = await run({ MIGRATION_EXCLUDE: '*' });
    expect(third.report.settled).to.deep.equal([]);
  });

  it('are told of by another host, which has no journal, when they began since the run before', async () => {
    await run();
    laterMs = 5_000;
    const other = await run({ NOVITA_SPOT_STATE_DIR: newFolder() });
    const failed = other.report.settled.filter(({ state }) => state === 'failed');
    expect(failed.map(({ instanceId }) => instanceId)).to.deep.equal(['fails-afterwards']);
  });

  it('are left as they are by a signal', async () => {
    const { child, ended } = startProgram(['migrate', '--wait', '5m', '-o', 'json'], {
      environment: {
        NOVITA_API_KEY: canaryKey,
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_SPOT_STATE_DIR: stateDir,
        MIGRATION_RETRY_BASE_MS: '25',
        MIGRATION_INCLUDE: 'gets-stuck',
      },
    });
    await until(() => requests.filter((request) => request === 'GET jobs').length > 2);
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).to.equal(143);
    expect(outcomesOf(JSON.parse(stdout) as Report)['gets-stuck']).to.equal('migrated');
  });
});
