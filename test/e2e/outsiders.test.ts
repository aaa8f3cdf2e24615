import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import type { NotificationPayload } from '../../src/report/notifications/payload.js';
import { acquireLock } from '../../src/runtime/lock.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import {
  canaryKey,
  expectNoLeak,
  filesOf,
  newFolder,
  oneDocument,
  removeFolders,
} from '../support/migrateRun.js';
import { type Answer, answer, type Receiver, resetConnection, startReceiver } from '../support/receiver.js';
import { type Ended, runProgram, startProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

const secretPath = '/ping-key-0123456789';

describe('those who are told how a run went', () => {
  let sandbox: Sandbox | undefined;
  let receiver: Receiver | undefined;
  let stateDir: string;

  async function open(scenario: ScenarioName = 'demo', answers: readonly Answer[] = []): Promise<Receiver> {
    stateDir = newFolder();
    sandbox = await startSandbox({
      scenario,
      apiKey: canaryKey,
      now: () => Date.now(),
      migrationSeconds: 0,
    });
    receiver = await startReceiver(answers);
    return receiver;
  }
  afterEach(async () => {
    await sandbox?.close();
    await receiver?.close();
    removeFolders();
  });

  /** Runs the program and checks that no secret came out anywhere. */
  async function run(
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = ['migrate'],
  ): Promise<Ended & { readonly report: Report }> {
    const ended = await runProgram([...args, '-o', 'json'], {
      environment: {
        NOVITA_API_KEY: canaryKey,
        NOVITA_API_BASE_URL: sandbox?.baseUrl ?? '',
        NOVITA_SPOT_STATE_DIR: stateDir,
        MIGRATION_RETRY_BASE_MS: '1',
        ...environment,
      },
    });
    expectNoLeak(ended, stateDir);
    for (const text of [ended.stdout, ended.stderr, ...Object.values(filesOf(stateDir))]) {
      expect(text).not.to.include(secretPath);
    }
    return { ...ended, report: oneDocument(ended) };
  }

  describe('a dead-man’s switch', () => {
    const pingUrl = (): Record<string, string> => ({
      HEALTHCHECK_PING_URL: `${receiver?.url ?? ''}${secretPath}`,
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
      const lock = await acquireLock(join(stateDir, 'lock'), holder);
      const { code } = await run({ ...pingUrl(), NOTIFY_WEBHOOK_URL: receiver?.url ?? '' });
      if (lock.kind === 'acquired') lock.release();
      expect(code).to.equal(75);
      expect(received).to.deep.equal([]);
    });

    it('is told of a run that a signal ended', async () => {
      const { received } = await open('faults');
      const { child, ended } = startProgram(['migrate', '-o', 'json'], {
        environment: {
          ...pingUrl(),
          NOVITA_API_KEY: canaryKey,
          NOVITA_API_BASE_URL: sandbox?.baseUrl ?? '',
          NOVITA_SPOT_STATE_DIR: stateDir,
          MIGRATION_RETRY_BASE_MS: '1',
        },
      });
      await until(() => (sandbox?.world.applied.length ?? 0) > 0);
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

  describe('a webhook', () => {
    const webhook = (): Record<string, string> => ({
      NOTIFY_WEBHOOK_URL: `${receiver?.url ?? ''}${secretPath}`,
    });
    const payloads = (): readonly NotificationPayload[] =>
      (receiver?.received ?? []).map(({ body }) => JSON.parse(body) as NotificationPayload);
    const told = (): readonly (readonly string[])[] =>
      payloads().map(({ notices }) =>
        notices.map(({ type, instanceName }) => `${type} ${instanceName ?? ''}`).sort(),
      );

    /** As an earlier run leaves it. */
    const beginToRemember = (): void =>
      writeFileSync(join(stateDir, 'notices.json'), '{"announced":{},"awaited":{}}');

    it('is told of each thing once, over several runs', async () => {
      await open('faults');
      beginToRemember();
      const first = await run(webhook());
      expect(first.code).to.equal(20);
      expect(first.report.deliveries).to.deep.equal([
        { channel: 'notification', delivered: true, attempts: 1, notices: 12, error: null },
      ]);
      expect(told()[0]).to.include.members([
        'failed fault-capacity',
        'failed fault-conflict',
        'failed fault-gone',
        'failed fault-broken-answer',
        'migrated fault-none',
        'migrated fault-job-fails',
      ]);

      await run(webhook());
      // Its migration was accepted by the first run, and has failed since.
      expect(told()[1]?.filter((each) => each.startsWith('failed '))).to.deep.equal([
        'failed fault-job-fails',
      ]);
      expect(told()[1]).to.include.members(['recovered fault-none', 'recovered fault-slow']);

      await run(webhook());
      const repeated = told()[2]?.filter((each) => !each.startsWith('migrated ')) ?? [];
      expect(repeated).to.deep.equal([]);
    });

    it('is told by the second run at the latest, where the state folder is new', async () => {
      await open('demo');
      await run({ ...webhook(), NOTIFY_ON: 'reclaim_notice' });
      expect(told()).to.deep.equal([]);
      await run({ ...webhook(), NOTIFY_ON: 'reclaim_notice' });
      await run({ ...webhook(), NOTIFY_ON: 'reclaim_notice' });
      expect(told()).to.deep.equal([['reclaim_notice embedding-server']]);
      expect(payloads()[0]?.notices[0]?.secondsLeft).to.be.within(2_400, 2_550);
    });

    it('is told only of what was asked for', async () => {
      await open('faults');
      beginToRemember();
      await run({ ...webhook(), NOTIFY_ON: 'failed' });
      expect(told()[0]?.every((each) => each.startsWith('failed '))).to.equal(true);
    });

    it('is told of a run that failed, once', async () => {
      await open();
      const environment = { ...webhook(), NOVITA_API_KEY: 'sk_another_key' };
      beginToRemember();
      await run(environment);
      await run(environment);
      expect(payloads()).to.have.length(1);
      expect(payloads()[0]).to.include({ exitCode: 77, exitReason: 'auth' });
      expect(payloads()[0]?.notices[0]).to.include({ type: 'run_failed', instanceId: null });
    });

    it('is told again of what did not get through', async () => {
      await open('faults', [answer(400), answer(200)]);
      beginToRemember();
      const first = await run({ ...webhook(), NOTIFY_ON: 'failed' });
      expect(first.code).to.equal(20);
      expect(first.report.deliveries[0]).to.include({ delivered: false, attempts: 1, error: 'HTTP 400' });
      await run({ ...webhook(), NOTIFY_ON: 'failed' });
      const earlier = 'failed fault-job-fails';
      expect(told()[1]).to.have.members([...(told()[0] ?? []), earlier]);
      await run({ ...webhook(), NOTIFY_ON: 'failed' });
      expect(payloads()).to.have.length(2);
    });

    it('is tried again when it fails', async () => {
      await open('demo', [answer(503), answer(200)]);
      const { report } = await run(webhook());
      expect(report.deliveries[0]).to.include({ delivered: true, attempts: 2 });
      expect(payloads()[1]).to.deep.equal(payloads()[0]);
    });

    it('is given up by a second signal', async () => {
      const { received } = await open('demo', [() => undefined]);
      const { child, ended } = startProgram(['migrate', '-o', 'json'], {
        environment: {
          ...webhook(),
          NOVITA_API_KEY: canaryKey,
          NOVITA_API_BASE_URL: sandbox?.baseUrl ?? '',
          NOVITA_SPOT_STATE_DIR: stateDir,
        },
      });
      await until(() => received.length > 0);
      child.kill('SIGTERM');
      await sleep(100);
      child.kill('SIGTERM');
      const { code, stdout } = await ended;
      expect(code).to.equal(0);
      const { deliveries } = JSON.parse(stdout) as Report;
      expect(deliveries[0]).to.include({ delivered: false, error: 'given up' });
    });

    it('gets a signature when there is a secret', async () => {
      const { received } = await open();
      await run({ ...webhook(), NOTIFY_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });
      const { headers, body } = received[0] ?? { headers: {}, body: '' };
      const { Webhook } = await import('standardwebhooks');
      const verified = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').verify(
        body,
        headers as Record<string, string>,
      );
      expect(verified).to.deep.include({ source: 'novita-spot' });
    });

    for (const [format, field] of [
      ['slack', 'text'],
      ['discord', 'content'],
    ] as const) {
      it(`gets the form of ${format}`, async () => {
        const { received } = await open();
        await run({ ...webhook(), NOTIFY_FORMAT: format });
        const message = JSON.parse(received[0]?.body ?? '{}') as Record<string, string>;
        expect(message[field]).to.match(/^novita-spot:\n• Migrated: /);
      });
    }
  });

  describe('the log', () => {
    for (const scenario of ['demo', 'faults', 'empty', 'large'] as const) {
      it(`is one object a line, with a short summary last: ${scenario}`, async () => {
        await open(scenario);
        const { stderr } = await run({ NOVITA_ACCOUNT: 'team-a' });
        const lines = stderr.trimEnd().split('\n');
        for (const line of lines) {
          const entry = JSON.parse(line) as Record<string, unknown>;
          expect(Object.keys(entry).slice(0, 6)).to.deep.equal([
            'time',
            'level',
            'message',
            'runId',
            'account',
            'event',
          ]);
          expect(entry['account']).to.equal('team-a');
        }
        const last = lines.at(-1) ?? '';
        expect(eventOf(last)).to.equal('summary');
        expect(Buffer.byteLength(last)).to.be.below(2_000);
      });
    }
  });
});

function eventOf(line: string): string {
  return (JSON.parse(line) as { readonly event: string }).event;
}
