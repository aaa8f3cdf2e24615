import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import type { NotificationPayload } from '../../src/report/notifications/payload.js';
import { useOutsiders } from '../support/outsidersRun.js';
import { answer } from '../support/receiver.js';
import { until } from '../support/until.js';

describe('a webhook', () => {
  const { open, run, start, address, received, stateDir } = useOutsiders();

  const webhook = (): Record<string, string> => ({
    NOTIFY_WEBHOOK_URL: address(),
  });
  const payloads = (): readonly NotificationPayload[] =>
    received().map(({ body }) => JSON.parse(body) as NotificationPayload);
  const told = (): readonly (readonly string[])[] =>
    payloads().map(({ notices }) =>
      notices.map(({ type, instanceName }) => `${type} ${instanceName ?? ''}`).sort(),
    );

  /** As an earlier run leaves it. */
  const beginToRemember = (): void =>
    writeFileSync(join(stateDir(), 'notices.json'), '{"announced":{},"awaited":{}}');

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
    expect(told()[1]?.filter((each) => each.startsWith('failed '))).to.deep.equal(['failed fault-job-fails']);
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
    const { child, ended } = start(webhook());
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
