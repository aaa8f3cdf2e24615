import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startInParallel } from '../support/inParallel.js';
import { intendedIds, journalLines } from '../support/journalLines.js';
import { expectNoLeak, newFolder, oneDocument } from '../support/migrateRun.js';
import { closeRuns, openRun } from '../support/openRun.js';
import { until } from '../support/until.js';
import { raceCount } from './raceCount.js';

const patient = { MIGRATION_REQUEST_TIMEOUT_MS: '60000' };

describe('signals', function () {
  this.timeout(120_000);
  afterEach(closeRuns);

  it(`end a run in order, whenever they come: ${raceCount} SIGTERMs`, async () => {
    const numbers = Array.from({ length: raceCount }, (_, index) => index);
    const resultOf = startInParallel(numbers, () => shoot(Math.random() * 600));
    const endings: string[] = [];
    for (const number of numbers) endings.push(await resultOf(number));
    expect(endings).to.include('143');
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const) {
    it(`${signal}: what is in flight ends, nothing is started, exit ${code}`, async () => {
      const environment = { MIGRATION_MAX_CONCURRENT: '1' };
      const run = await openRun({ instances: 3, answerMs: 400, environment });
      await until(() => run.proxy.posts() === 1);
      run.child.kill(signal);
      const ended = await run.ended;
      const report = oneDocument(ended);
      expect(ended.code).to.equal(code);
      expect(report.exitReason).to.equal('interrupted');
      const outcomes = report.instances.map(({ outcome }) => outcome);
      expect(outcomes).to.deep.equal(['migrated', 'not_started', 'not_started']);
      expect(run.proxy.posts()).to.equal(1);
      expect(journalLines(run.stateDir).entries.at(-1)).to.include({ type: 'run_end', exitCode: code });
    });
  }

  for (const [first, second, code] of [
    ['SIGTERM', 'SIGTERM', 143],
    ['SIGINT', 'SIGINT', 130],
    ['SIGINT', 'SIGTERM', 130],
  ] as const) {
    it(`${first} and then ${second} end a run at once, though its request is never answered`, async () => {
      const run = await openRun({ instances: 2, answerMs: null, environment: patient });
      await until(() => run.proxy.posts() === 2);
      run.child.kill(first);
      await sleep(150);
      expect(run.child.exitCode, 'still draining').to.be.null;
      run.child.kill(second);
      // Draining would take longer than is waited for here.
      await until(() => run.child.exitCode !== null);
      const ended = await run.ended;
      expect(ended.code).to.equal(code);
      expect(oneDocument(ended).instances.map(({ outcome }) => outcome)).to.deep.equal([
        'unknown',
        'unknown',
      ]);
      expect(journalLines(run.stateDir).entries.at(-1)).to.include({ type: 'run_end', exitCode: code });
    });
  }

  it('one signal is enough while nothing has been sent', async () => {
    const run = await openRun({ instances: 1, answerMs: 60_000, environment: patient });
    await until(() => run.proxy.seen.length === 1);
    run.child.kill('SIGTERM');
    await until(() => run.child.exitCode !== null);
    expect((await run.ended).code).to.equal(143);
  });

  it('a signal after the end of a run does not change its exit code', async () => {
    const path = join(newFolder(), 'lingering.mjs');
    writeFileSync(path, lingering);
    const environment = { NODE_OPTIONS: `--import=${path}` };
    const run = await openRun({ instances: 1, answerMs: 0, environment });
    let log = '';
    run.child.stderr?.on('data', (text: string) => (log += text));
    await until(() => log.includes('leaving'));
    run.child.kill('SIGTERM');
    const { code, signal } = await run.ended;
    expect({ code, signal }).to.deep.equal({ code: 0, signal: null });
  });
});

/** Makes the moment between the end of the run and that of the process a long one. */
const lingering = `
  import { writeSync } from 'node:fs';
  process.on('exit', () => {
    writeSync(2, 'leaving');
    const endsAt = Date.now() + 500;
    while (Date.now() < endsAt);
  });`;

/** Sends SIGTERM to a run after a while and checks what it leaves behind. Returns how it ended. */
async function shoot(afterMs: number): Promise<string> {
  const run = await openRun({ instances: 4, answerMs: 40, environment: { MIGRATION_MAX_CONCURRENT: '2' } });
  await sleep(afterMs);
  run.child.kill('SIGTERM');
  const ended = await run.ended;
  await run.close();

  const journal = journalLines(run.stateDir);
  const sent = run.account.applied;
  expectNoLeak(ended, run.stateDir);
  expect(intendedIds(journal), 'an intent for each request').to.include.members([...sent]);
  expect(new Set(sent).size, 'each instance at most once').to.equal(sent.length);
  if (ended.signal === 'SIGTERM' && ended.stdout === '') {
    expect(sent, 'ended before it could listen').to.deep.equal([]);
    return 'before';
  }
  const report = oneDocument(ended);
  // Once node takes itself down nobody listens any more: to a parent such an end is 143 as well.
  if (ended.signal === null) {
    expect(ended.code).to.be.oneOf([143, 0]);
    expect(report.exitCode).to.equal(ended.code);
  }
  expect(journal.torn, 'a torn line').to.be.false;
  expect(report.summary.migrated, 'no request is lost from the report').to.equal(sent.length);
  return String(ended.code ?? ended.signal);
}
