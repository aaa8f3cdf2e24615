import { expect } from 'chai';
import { migrateInstance } from '../../src/commands/migrateInstance.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import type { Outcome } from '../../src/core/outcome.js';
import { aDecision, aJob, anInstance, now } from '../support/builders.js';
import { type Answer, type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { actingRun } from './fakeRun.js';

const startMs = now * 1000;

function setUp(answers: readonly Answer[], account: FakeAccount = {}, attemptLimit = 4) {
  const { provider, clock, control, seen, input } = actingRun(
    fakeProvider({ ...account, answers: { 'i-1': answers } }),
  );
  const run = () => clock.run(migrateInstance(aDecision(), new Set(['job-old']), { ...input, attemptLimit }));
  const posts = () => provider.requests.filter((request) => request === 'migrate i-1').length;
  return { provider, clock, control, run, posts, seen, elapsedMs: () => clock.now() - startMs };
}

const stillExited = anInstance({ spotStatus: null, spotReclaimTime: null });
const migrating = anInstance({ status: 'migrating' });
const newJob = aJob({ id: 'job-new', state: 'running', createdAt: now });
const unreadable = providerError('server_error', 'none');

describe('migrateInstance', () => {
  it('tells what it is doing at each moment', async () => {
    const answers = [providerError('rate_limited', 'none'), providerError('server_error', 'possible')];
    const { run, seen } = setUp([...answers, 'accepted'], { sightings: [stillExited] });
    await run();
    expect(seen).to.deep.equal([
      'i-1 sending 1',
      'i-1 waiting_to_send_again 50',
      'i-1 sending 2',
      'i-1 settling',
      'i-1 waiting_to_send_again 100',
      'i-1 sending 3',
    ]);
  });

  const final: readonly (readonly [ErrorCode, Outcome])[] = [
    ['no_capacity', 'no_capacity'],
    ['state_conflict', 'rejected'],
    ['incompatible', 'rejected'],
    ['request_rejected', 'rejected'],
    ['auth_refused', 'rejected'],
    ['instance_gone', 'gone'],
    ['tls_failed', 'failed'],
    ['deadline_reached', 'not_started'],
  ];
  for (const [code, outcome] of final) {
    it(`sends once and says ${outcome} after ${code} that had no effect`, async () => {
      const { provider, run } = setUp([providerError(code, 'none')]);
      const result = await run();
      expect(result).to.deep.include({ outcome, attempts: 1 });
      expect(result.failure?.code).to.equal(code);
      expect(provider.requests).to.deep.equal(['intent i-1 1', 'migrate i-1', `result i-1 ${outcome}`]);
    });
  }

  for (const code of ['rate_limited', 'network_unreachable', 'request_timeout'] as const) {
    it(`sends again after ${code} that certainly had no effect`, async () => {
      const { provider, elapsedMs, run } = setUp([providerError(code, 'none'), 'accepted']);
      expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2, failure: null });
      expect(elapsedMs()).to.equal(50);
      expect(provider.requests).to.deep.equal([
        'intent i-1 1',
        'migrate i-1',
        'intent i-1 2',
        'migrate i-1',
        'result i-1 migrated',
      ]);
    });

    it(`gives up on ${code} in the end`, async () => {
      const { posts, run } = setUp([providerError(code, 'none')]);
      expect(await run()).to.deep.include({ outcome: 'failed', attempts: 4 });
      expect(posts()).to.equal(4);
    });
  }

  const ambiguous: readonly ErrorCode[] = [
    'request_timeout',
    'connection_lost',
    'unreadable_answer',
    'redirect_refused',
  ];
  for (const code of ambiguous) {
    it(`never sends again after ${code}, and says unknown when three reads show nothing`, async () => {
      const { provider, posts, elapsedMs, run } = setUp([providerError(code, 'possible')], {
        sightings: [stillExited],
      });
      expect(await run()).to.deep.include({ outcome: 'unknown', attempts: 1 });
      expect(posts()).to.equal(1);
      expect(provider.requests.filter((request) => request === 'instance i-1')).to.have.length(3);
      expect(elapsedMs()).to.equal(400 + 800 + 1600);
    });

    it(`says migrated after ${code} when a read shows that it took effect`, async () => {
      const { posts, run } = setUp([providerError(code, 'possible')], {
        sightings: [stillExited, migrating],
      });
      expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 1, failure: null });
      expect(posts()).to.equal(1);
    });
  }

  const shown: readonly (readonly [string, Instance | Error, readonly Job[] | Error, Outcome, number])[] = [
    ['no effect', stillExited, [], 'failed', 4],
    ['no effect beside an old job', stillExited, [aJob({ id: 'job-old', createdAt: now })], 'failed', 4],
    ['a job that was not there', stillExited, [newJob], 'migrated', 1],
    ['an instance that migrates', migrating, [], 'migrated', 1],
    ['no instance, but a new job', unreadable, [newJob], 'migrated', 1],
    ['no instance', unreadable, [], 'unknown', 1],
    ['no jobs', stillExited, unreadable, 'unknown', 1],
    ['an instance that runs without a job', anInstance({ status: 'running' }), [], 'unknown', 1],
  ];
  for (const [title, sighting, jobs, outcome, attempts] of shown) {
    it(`says ${outcome} after server errors when reads show ${title}`, async () => {
      const { posts, run } = setUp([providerError('server_error', 'possible')], {
        sightings: [sighting],
        laterJobs: [jobs],
      });
      expect(await run()).to.deep.include({ outcome, attempts });
      expect(posts()).to.equal(attempts);
    });
  }

  it('does not send again after a server error when only two of three reads show no effect', async () => {
    const sightings = [stillExited, unreadable, stillExited];
    const { posts, run } = setUp([providerError('server_error', 'possible')], { sightings });
    expect(await run()).to.deep.include({ outcome: 'unknown' });
    expect(posts()).to.equal(1);
  });

  it('is migrated when a server error had no effect and the next request is accepted', async () => {
    const { run } = setUp([providerError('server_error', 'possible'), 'accepted'], {
      sightings: [stillExited],
    });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2, failure: null });
  });

  const refusedLater: readonly (readonly [string, readonly Instance[], Outcome])[] = [
    ['the instance migrates after all', [stillExited, stillExited, stillExited, migrating], 'migrated'],
    ['nothing is seen', [stillExited], 'rejected'],
    [
      'something else is seen',
      [stillExited, stillExited, stillExited, anInstance({ status: 'running' })],
      'unknown',
    ],
  ];
  for (const [title, sightings, outcome] of refusedLater) {
    it(`does not take a refusal after an unclear attempt for the last word: ${outcome} when ${title}`, async () => {
      const answers = [providerError('server_error', 'possible'), providerError('state_conflict', 'none')];
      const { posts, run } = setUp(answers, { sightings });
      expect(await run()).to.deep.include({ outcome, attempts: 2 });
      expect(posts()).to.equal(2);
    });
  }

  it('waits as long as the API asked for', async () => {
    const { elapsedMs, run } = setUp([providerError('rate_limited', 'none', 7000), 'accepted']);
    await run();
    expect(elapsedMs()).to.equal(7000);
  });

  it('has one attempt when failed migrations are not to be retried', async () => {
    const { posts, run } = setUp([providerError('rate_limited', 'none')], {}, 1);
    expect(await run()).to.deep.include({ outcome: 'failed', attempts: 1 });
    expect(posts()).to.equal(1);
  });

  it('sends nothing more once the run is stopping, before or while it waits', async () => {
    for (const stopAfterMs of [0, 20]) {
      const { clock, posts, control, run } = setUp([providerError('rate_limited', 'none', 60_000)]);
      clock.schedule(stopAfterMs, () => control.stop(failureOf('deadline_reached')));
      expect(await run()).to.deep.include({ outcome: 'failed', attempts: 1 });
      expect(posts()).to.equal(1);
    }
  });

  it('stops looking when requests must be given up', async () => {
    const account = { sightings: [stillExited] };
    const { clock, control, elapsedMs, run } = setUp([providerError('connection_lost', 'possible')], account);
    clock.schedule(500, () => control.giveUp(failureOf('terminated')));
    expect(await run()).to.deep.include({ outcome: 'unknown' });
    expect(elapsedMs()).to.equal(500);
  });
});

describe('migrateInstance, when it was asked to wait for longer than a minute', () => {
  const overloaded = providerError('rate_limited', 'none', 60_001);

  it('looks at the instance before it sends again', async () => {
    const { provider, run } = setUp([overloaded, 'accepted'], { sightings: [stillExited] });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2 });
    expect(provider.requests).to.deep.equal([
      'intent i-1 1',
      'migrate i-1',
      'instance i-1',
      'intent i-1 2',
      'migrate i-1',
      'result i-1 migrated',
    ]);
  });

  it('does not look within the minute', async () => {
    const { provider, run } = setUp([providerError('rate_limited', 'none', 60_000), 'accepted']);
    await run();
    expect(provider.requests).not.to.include('instance i-1');
  });

  const changed: readonly (readonly [string, Instance | Error, Outcome])[] = [
    ['its owner has started it', anInstance({ status: 'running' }), 'not_started'],
    ['it was started and stopped', anInstance({ lastStartedAt: now + 30 }), 'not_started'],
    ['another host migrates it', migrating, 'not_started'],
    ['it is gone', providerError('instance_gone', 'none'), 'gone'],
    ['the key is refused', providerError('auth_refused', 'none'), 'rejected'],
  ];
  for (const [title, sighting, outcome] of changed) {
    it(`sends nothing more and says ${outcome} when ${title}`, async () => {
      const { posts, run } = setUp([overloaded, 'accepted'], { sightings: [sighting] });
      expect(await run()).to.deep.include({ outcome, attempts: 1 });
      expect(posts()).to.equal(1);
    });
  }

  it('tries again when the instance cannot be read', async () => {
    const sightings = [providerError('server_error', 'none'), stillExited];
    const { posts, run } = setUp([overloaded, 'accepted'], { sightings });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2 });
    expect(posts()).to.equal(2);
  });

  for (const [title, later, outcome] of [
    ['a change for that of its own request', migrating, 'migrated'],
    ['a change that has other explanations for nothing', anInstance({ status: 'running' }), 'unknown'],
  ] as const) {
    it(`takes ${title}, where the request may have had an effect`, async () => {
      const account = { sightings: [stillExited, stillExited, stillExited, later], jobs: [] };
      const failed = providerError('server_error', 'possible', 60_001);
      const { posts, run } = setUp([failed, 'accepted'], account);
      expect(await run()).to.deep.include({ outcome, attempts: 1 });
      expect(posts()).to.equal(1);
    });
  }

  it('sends nothing more once the run is stopping while it looks', async () => {
    const { control, posts, provider, run } = setUp([overloaded, 'accepted']);
    provider.getInstance = () => {
      control.stop(failureOf('deadline_reached'));
      return Promise.resolve(stillExited);
    };
    expect(await run()).to.deep.include({ outcome: 'failed', attempts: 1 });
    expect(posts()).to.equal(1);
  });
});
