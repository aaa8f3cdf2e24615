import { hostname } from 'node:os';
import { expect } from 'chai';
import { intendedIds, journalLines } from '../support/journalLines.js';
import { quickEnvironment, runMigrate } from '../support/migrateRun.js';
import { closeRuns, openRun } from '../support/openRun.js';
import { runProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

describe('a run beside or after another one', function () {
  this.timeout(60_000);
  afterEach(closeRuns);

  /** A run that hangs in the middle of its migrate requests. */
  async function hangingRun(instances = 1) {
    const environment = { MIGRATION_REQUEST_TIMEOUT_MS: '60000' };
    const run = await openRun({ instances, answerMs: null, environment });
    await until(() => run.proxy.posts() === instances);
    return { ...run, state: { NOVITA_SPOT_STATE_DIR: run.stateDir } };
  }

  it('exits 75 and names the pid, the host and the start of the run that holds the lock', async () => {
    const first = await hangingRun();
    const { report, stderr } = await runMigrate(first.proxy.baseUrl, first.state);
    expect(report.exitCode).to.equal(75);
    expect(report.exitReason).to.equal('locked');
    const [start] = journalLines(first.stateDir).entries;
    const since = /since (\d{4}-\d\d-\d\dT[\d:.]+Z)/.exec(report.error?.message ?? '')?.[1] ?? '';
    expect(report.error?.message).to.contain(`pid ${first.child.pid ?? ''} on ${hostname()} since ${since}`);
    expect(Date.parse(start?.time ?? '') - Date.parse(since)).to.be.within(0, 5_000);
    expect(stderr).to.contain('Nothing to do while that run goes on');
    expect(first.proxy.posts()).to.equal(1);
  });

  it('may look while another one migrates', async () => {
    const first = await hangingRun();
    const environment = quickEnvironment(first.proxy.baseUrl, first.stateDir);
    for (const args of [['list'], ['check'], ['migrate', '--dry-run']]) {
      const { code, stderr } = await runProgram(args, { environment });
      expect(code, `${args.join(' ')}: ${stderr}`).to.equal(0);
    }
    expect(first.proxy.posts()).to.equal(1);
  });

  it('works after its predecessor was killed', async () => {
    const first = await hangingRun();
    first.child.kill('SIGKILL');
    await first.ended;
    const next = await openRun({ instances: 1, answerMs: 0, stateDir: first.stateDir });
    expect((await next.ended).code).to.equal(0);
    expect(next.account.applied).to.deep.equal(['i-1']);
  });

  it('names what a killed run left open, once', async () => {
    const first = await hangingRun(2);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(intendedIds(journalLines(first.stateDir))).to.have.members(['i-1', 'i-2']);

    const second = await openRun({ instances: 0, answerMs: 0, stateDir: first.stateDir });
    const { stdout } = await second.ended;
    for (const id of ['i-1', 'i-2']) {
      expect(stdout.split(`without knowing whether ${id} was migrated`)).to.have.length(2);
    }
    const third = await openRun({ instances: 0, answerMs: 0, stateDir: first.stateDir });
    const ended = await third.ended;
    expect(ended.stdout + ended.stderr).not.to.contain('without knowing');
    expect(ended.code).to.equal(0);
  });
});
