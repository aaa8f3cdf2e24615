import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { acquireLock } from '../../src/runtime/lock.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { newFolder } from '../support/migrateRun.js';
import { eventOf, secretPath, useOutsiders } from '../support/outsidersRun.js';
import { type Answer, answer, resetConnection } from '../support/receiver.js';
import { until } from '../support/until.js';

describe('a dead-man’s switch', () => {
  const { open, run, start, address, applied, stateDir } = useOutsiders();

  const pingUrl = (): Record<string, string> => ({
    HEALTHCHECK_PING_URL: address(),
  });

  it('is pinged as the run starts and ends, with its id and counts', async () => {
    const { received } = await open();
    const { report } = await run(pingUrl());
    expect(received.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      `POST ${secretPath}/start?rid=${report.runId}`,
      `POST ${secretPath}/0?rid=${report.runId}`,
    ]);
    expect(received[1]?.body)
      .to.include('exit code: 0 (ok)')
      .and.include('migrated: 4')
      .and.include(report.runId);
    expect(report.deliveries).to.deep.equal([
      { channel: 'ping', delivered: true, attempts: 1, notices: null, error: null },
    ]);
  });

  it('reads the URL from a file', async () => {
    const { received } = await open('empty');
    const file = join(newFolder(), 'url');
    writeFileSync(file, `${pingUrl()['HEALTHCHECK_PING_URL'] ?? ''}\n`);
    await run({ HEALTHCHECK_PING_URL_FILE: file });
    expect(received).to.have.length(2);
  });

  const endings: readonly (readonly [string, ScenarioName, Readonly<Record<string, string>>, number])[] = [
    ['nothing to do', 'empty', {}, 0],
    ['partial success', 'faults', {}, 20],
    ['being disabled', 'demo', { MIGRATION_ENABLED: 'false' }, 0],
    ['a dry run of the scheduler', 'demo', { MIGRATION_DRY_RUN: 'true' }, 0],
    ['a refused key', 'demo', { NOVITA_API_KEY: 'sk_another_key' }, 77],
    ['a dead API', 'demo', { NOVITA_API_BASE_URL: 'http://127.0.0.1:1' }, 69],
    ['a state folder that cannot be used', 'demo', { NOVITA_SPOT_STATE_DIR: '/dev/null/state' }, 73],
    ['a configuration that is not valid', 'demo', { MIGRATION_MAX_CONCURRENT: 'many' }, 78],
  ];
  for (const [title, scenario, environment, code] of endings) {
    it(`is told of ${title}`, async () => {
      const { received } = await open(scenario);
      const ended = await run({ ...pingUrl(), ...environment });
      expect(ended.code).to.equal(code);
      expect(received.at(-1)?.path).to.equal(`${secretPath}/${code}?rid=${ended.report.runId}`);
    });
  }

  const notMeant: readonly (readonly [string, readonly string[]])[] = [
    ['a look', ['list']],
    ['a check', ['check']],
    ['a dry run by hand', ['migrate', '--dry-run']],
    ['a run for one instance', ['migrate', 'nope']],
    ['the sandbox', ['migrate', '--sandbox']],
  ];
  for (const [title, args] of notMeant) {
    it(`is not told of ${title}`, async () => {
      const { received } = await open();
      const { report } = await run(pingUrl(), args);
      expect(received).to.deep.equal([]);
      expect(report.deliveries).to.deep.equal([]);
    });
  }

  it('is not told of a run that found another one at work', async () => {
    const { received } = await open();
    const holder = { pid: 1, host: 'elsewhere', startedAt: new Date().toISOString() };
    const lock = await acquireLock(join(stateDir(), 'lock'), holder);
    const { code } = await run({ ...pingUrl(), NOTIFY_WEBHOOK_URL: address() });
    if (lock.kind === 'acquired') lock.release();
    expect(code).to.equal(75);
    expect(received).to.deep.equal([]);
  });

  it('is told of a run that a signal ended', async () => {
    const { received } = await open('faults');
    const { child, ended } = start(pingUrl());
    await until(() => applied() > 0);
    child.kill('SIGTERM');
    expect((await ended).code).to.equal(143);
    expect(received.at(-1)?.path).to.match(/\/143\?rid=/);
  });

  const faults: readonly (readonly [string, Answer])[] = [
    ['refuses', answer(404)],
    ['fails', answer(500)],
    ['resets the connection', resetConnection],
    ['sends us elsewhere', answer(302, { location: 'http://127.0.0.1:1/' })],
  ];
  for (const [title, fault] of faults) {
    it(`changes nothing when it ${title}`, async () => {
      await open('demo', [fault]);
      const { code, report, stderr } = await run(pingUrl());
      expect(code).to.equal(0);
      expect(report.summary.migrated).to.equal(4);
      expect(report.deliveries[0]).to.include({ channel: 'ping', delivered: false });
      const events = stderr.trimEnd().split('\n').map(eventOf);
      expect(events).to.include('delivery_failed');
      expect(events.at(-1)).to.equal('summary');
    });
  }
});
