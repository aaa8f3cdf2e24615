import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { decide } from '../../../src/core/eligibility.js';
import { failureOf } from '../../../src/core/failure.js';
import type { Notice } from '../../../src/core/notice.js';
import { buildReport } from '../../../src/core/report.js';
import { sightingOfRun, sightingsOf } from '../../../src/core/sightings.js';
import { discordMessage, slackMessage } from '../../../src/report/notifications/chat.js';
import { notificationPayload } from '../../../src/report/notifications/payload.js';
import { signatureHeaders } from '../../../src/report/notifications/sign.js';
import { anInstance, aPolicy, aReportInput, now } from '../../support/builders.js';

const report = buildReport(aReportInput({ account: 'team-a', exitReason: 'partial' }));

function failedNotice(name = 'training', id = 'i-1'): Notice {
  const decision = decide(anInstance({ id, name }), null, aPolicy(), now);
  const failure = failureOf('no_capacity', { detail: 'HTTP 400' });
  const [sighting] = sightingsOf({ decision, outcome: 'no_capacity', attempts: 1, failure }, now);
  if (!sighting) throw new Error('A failure is a sighting.');
  return sighting.notice;
}

function textOf(message: unknown): string {
  const { text, content } = message as { readonly text?: string; readonly content?: string };
  return text ?? content ?? '';
}

describe('a notification of an unknown outcome', () => {
  const decision = decide(anInstance({ id: 'i-9' }), null, aPolicy(), now);
  const failure = failureOf('connection_lost', { detail: 'ECONNRESET' });
  const [sighting] = sightingsOf({ decision, outcome: 'unknown', attempts: 1, failure }, now);
  const notices = sighting === undefined ? [] : [sighting.notice];

  it('says that it must be looked first, in every form', () => {
    const [notice] = notificationPayload({ notices, report }).notices;
    const texts = [notice?.error?.nextStep, textOf(slackMessage({ notices, report }))];
    for (const text of texts) expect(text).to.include('check i-9').and.not.include('later run');
    expect(textOf(discordMessage({ notices, report }))).to.include('before you do anything');
  });
});

describe('notificationPayload', () => {
  it('says what happened to which instance, and what to do', () => {
    const { notices, ...rest } = notificationPayload({ notices: [failedNotice()], report });
    expect(rest).to.deep.include({
      schemaVersion: 1,
      source: 'novita-spot',
      account: 'team-a',
      runId: 'run-1',
      time: '2026-11-24T12:00:01.234Z',
      exitCode: 20,
      exitReason: 'partial',
    });
    expect(notices).to.deep.equal([
      {
        type: 'failed',
        text: 'training (i-1) was not migrated: No node of this product has room at the moment: HTTP 400',
        instanceId: 'i-1',
        instanceName: 'training',
        productName: 'RTX 4090 24GB',
        clusterName: 'US-CA-06',
        reclaimAt: '2026-11-24T11:30:00.000Z',
        secondsLeft: null,
        outcome: 'no_capacity',
        error: {
          code: 'no_capacity',
          message: 'No node of this product has room at the moment: HTTP 400',
          nextStep: 'Nothing to do: a later run tries again when capacity returns.',
        },
        alternatives: null,
      },
    ]);
  });

  it('names what has stock elsewhere, as the report does and in words', () => {
    const alternatives = [
      { productId: 'p-1', productName: 'L40S 48GB', clusters: ['EU-SE-02'], pricePerHour: 0.275 },
    ];
    const decision = decide(anInstance(), null, aPolicy(), now);
    const failure = failureOf('no_capacity');
    const result = { decision, outcome: 'no_capacity', attempts: 1, failure, alternatives } as const;
    const notices = sightingsOf(result, now).map(({ notice }) => notice);
    const [told] = notificationPayload({ notices, report }).notices;
    expect(told?.alternatives).to.deep.equal(alternatives);
    const words = 'Stock elsewhere: L40S 48GB in EU-SE-02 at $0.275 an hour';
    expect(told?.text).to.include(words);
    expect(textOf(slackMessage({ notices, report }))).to.include(words);
    const none = sightingsOf({ ...result, alternatives: [] }, now).map(({ notice }) => notice);
    expect(notificationPayload({ notices: none, report }).notices[0]?.alternatives).to.deep.equal([]);
  });

  it('has no instance for what is about the run', () => {
    const sighting = sightingOfRun(failureOf('auth_refused'));
    const { notices } = notificationPayload({ notices: sighting ? [sighting.notice] : [], report });
    expect(notices[0]).to.include({ type: 'run_failed', instanceId: null, reclaimAt: null, outcome: null });
  });
});

describe('chat messages', () => {
  const forms = [
    ['Slack', slackMessage],
    ['Discord', discordMessage],
  ] as const;
  for (const [title, message] of forms) {
    it(`names account, instance and next step: ${title}`, () => {
      const text = textOf(message({ notices: [failedNotice()], report })).replaceAll('\\', '');
      expect(text).to.match(/^novita-spot \(team-a\):\n• Not migrated: training \(i-1\) was not migrated/);
      expect(text).to.include('a later run tries again');
    });

    it(`stays within 2,000 characters, and says how many are left out: ${title}`, () => {
      const many = Array.from({ length: 100 }, (_, index) => failedNotice('name'.repeat(9), `i-${index}`));
      const text = textOf(message({ notices: many, report }));
      expect(text.length).to.be.at.most(2_000);
      const shown = text.split('\n').filter((line) => line.startsWith('•')).length;
      expect(text).to.match(new RegExp(`\n\\.\\.\\. and ${100 - shown} more$`));
    });

    it(`cuts a notice that is too long for a message: ${title}`, () => {
      const failure = failureOf('config_invalid', { detail: '_'.repeat(5_000) });
      const sighting = sightingOfRun(failure);
      const text = textOf(message({ notices: sighting ? [sighting.notice, failedNotice()] : [], report }));
      expect(text.length).to.be.at.most(2_000);
      expect(text).to.include('• Run failed: ').and.include('…').and.include('• Not migrated: ');
    });

    it(`shows all of what fits: ${title}`, () => {
      const text = textOf(message({ notices: [failedNotice(), failedNotice('b', 'i-2')], report }));
      expect(text.split('\n')).to.have.length(3);
    });
  }

  it('has nothing in it that pings somebody in Slack or is formatting', () => {
    const message = slackMessage({
      notices: [failedNotice('<!channel> <https://evil|x> &lt; *b*')],
      report,
    });
    expect(message).to.include({ mrkdwn: false });
    const text = textOf(message);
    expect(text).to.include('&lt;!channel&gt; &lt;https://evil|x&gt; &amp;lt;').and.not.match(/[<>]/);
  });

  it('has nothing in it that pings somebody in Discord or is formatting', () => {
    const message = discordMessage({
      notices: [failedNotice('@everyone <@1> **b** [x](y) `c` ||s||')],
      report,
    });
    expect(message).to.deep.include({ allowed_mentions: { parse: [] } });
    const unescaped = textOf(message).replace(/\\./gs, '');
    expect(unescaped.slice('novita-spot'.length)).not.to.match(/[@*<>`|[\]]/);
  });
});

describe('signatureHeaders', () => {
  const body = JSON.stringify({ any: 'thing' });
  const timestamp = Math.floor(Date.now() / 1000);

  for (const secret of [
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    `whsec_${Buffer.from('plain').toString('base64')}`,
  ]) {
    it(`is verified by the library of the specification: ${secret}`, () => {
      const headers = signatureHeaders({ id: 'run-1', timestamp, body, secret });
      expect(new Webhook(secret).verify(body, headers)).to.deep.equal({ any: 'thing' });
      expect(() => new Webhook(secret).verify(`${body} `, headers)).to.throw();
      const later = { ...headers, 'webhook-timestamp': String(timestamp + 1) };
      expect(() => new Webhook(secret).verify(body, later)).to.throw();
    });
  }

  it('takes a secret without the prefix as it is', () => {
    const plain = signatureHeaders({ id: 'run-1', timestamp, body, secret: 'plain' });
    const encoded = `whsec_${Buffer.from('plain').toString('base64')}`;
    expect(plain).to.deep.equal(signatureHeaders({ id: 'run-1', timestamp, body, secret: encoded }));
  });
});
