import { expect } from 'chai';
import { act, type ActInput } from '../../src/commands/act.js';
import { noJournal } from '../../src/commands/journal.js';
import { failureOf } from '../../src/core/failure.js';
import type { Instance } from '../../src/core/instance.js';
import { startRunLifetime } from '../../src/runtime/runLifetime.js';
import { aDecision, anInstance, now } from '../support/builders.js';
import { type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { actingRun } from './fakeRun.js';

const startMs = now * 1000;

function setUp(account: FakeAccount, changes: Partial<ActInput> = {}) {
  const { provider, clock, control, lines, seen, input } = actingRun(fakeProvider(account));
  const acting: ActInput = {
    ...input,
    journal: noJournal,
    maxConcurrent: 5,
    knownJobIds: new Set(),
    ...changes,
  };
  const run = async (instances: readonly Partial<Instance>[]) => {
    const decisions = instances.map((instance) => aDecision(instance));
    const results = await clock.run(act(decisions, acting));
    return Object.fromEntries(results.map(({ decision, outcome }) => [decision.instance.id, outcome]));
  };
  const posts = () => provider.requests.filter((request) => request.startsWith('migrate'));
  return { provider, clock, control, run, posts, lines, seen };
}

/** Instances of clusters of their own, so that none waits for another one's probe. */
const apart = (...ids: readonly string[]) => ids.map((id) => ({ id, clusterId: `cluster-of-${id}` }));
const together = (...ids: readonly string[]) => ids.map((id) => ({ id }));
const refused = [providerError('no_capacity', 'none')];
const lost = [providerError('connection_lost', 'possible')];
const stillExited = anInstance();

describe('act, when there is no room', () => {
  it('asks once for a product in a cluster, and spares the others', async () => {
    const { run, posts } = setUp({ answers: { a: refused } });
    expect(await run(together('a', 'b', 'c', 'd'))).to.deep.equal({
      a: 'no_capacity',
      b: 'no_capacity',
      c: 'no_capacity',
      d: 'no_capacity',
    });
    expect(posts()).to.deep.equal(['migrate a']);
  });

  it('asks for another product or cluster all the same', async () => {
    const { run, posts } = setUp({ answers: { a: refused } });
    const fleet = [
      { id: 'a' },
      { id: 'b', productId: 'other' },
      { id: 'c', clusterId: 'other' },
      { id: 'd' },
    ];
    expect(await run(fleet)).to.deep.equal({
      a: 'no_capacity',
      b: 'migrated',
      c: 'migrated',
      d: 'no_capacity',
    });
    expect(posts()).to.deep.equal(['migrate a', 'migrate b', 'migrate c']);
  });

  it('concludes nothing for instances that do not say where they are', async () => {
    const { run, posts } = setUp({ answers: { a: refused } });
    const nowhere = { productId: null, productName: null };
    expect(
      await run([
        { id: 'a', ...nowhere },
        { id: 'b', ...nowhere },
      ]),
    ).to.deep.equal({ a: 'no_capacity', b: 'migrated' });
    expect(posts()).to.have.length(2);
  });

  it('stops asking when room runs out half-way', async () => {
    const { run, posts } = setUp({ answers: { b: refused } }, { maxConcurrent: 1 });
    expect(await run(together('a', 'b', 'c'))).to.deep.equal({
      a: 'migrated',
      b: 'no_capacity',
      c: 'no_capacity',
    });
    expect(posts()).to.deep.equal(['migrate a', 'migrate b']);
  });

  it('lets the others go when the probe succeeds or fails otherwise', async () => {
    for (const answer of ['accepted', providerError('state_conflict', 'none')] as const) {
      const { run, posts } = setUp({ answers: { a: [answer] } });
      expect(await run(together('a', 'b', 'c'))).to.deep.include({ b: 'migrated', c: 'migrated' });
      expect(posts()).to.have.length(3);
    }
  });

  it('does not wait for a probe that was never sent', async () => {
    const { run, control, posts } = setUp({});
    control.stop(failureOf('terminated'));
    expect(await run(together('a', 'b'))).to.deep.equal({ a: 'not_started', b: 'not_started' });
    expect(posts()).to.deep.equal([]);
  });

  it('does not hold up other groups while a probe is in flight', async () => {
    const times = new Map<string, number>();
    const account: FakeAccount = {
      whileMigrating: (id) => {
        times.set(id, clock.now() - startMs);
        return id === 'a1' ? clock.sleep(1000) : undefined;
      },
    };
    const { run, clock } = setUp(account, { maxConcurrent: 2 });
    await run([...together('a1', 'a2', 'a3'), { id: 'b', clusterId: 'other' }]);
    expect(Object.fromEntries(times)).to.deep.equal({ a1: 0, b: 10, a2: 1000, a3: 1010 });
  });
});

describe('act, when the API fails', () => {
  it('opens the circuit after three systemic failures in a row', async () => {
    const answers = { a: lost, b: lost, c: lost };
    const { run, control, posts } = setUp({ answers, sightings: [stillExited] }, { maxConcurrent: 1 });
    expect(await run(apart('a', 'b', 'c', 'd'))).to.deep.equal({
      a: 'unknown',
      b: 'unknown',
      c: 'unknown',
      d: 'not_started',
    });
    expect(control.failure()?.code).to.equal('circuit_open');
    expect(posts()).to.have.length(3);
  });

  for (const between of ['accepted', providerError('state_conflict', 'none')] as const) {
    it(`goes on when an answer was understood in between: ${between === 'accepted' ? between : between.failure.code}`, async () => {
      const answers = { a: lost, b: lost, c: [between], d: lost, e: lost };
      const { run, control } = setUp({ answers, sightings: [stillExited] }, { maxConcurrent: 1 });
      expect(await run(apart('a', 'b', 'c', 'd', 'e', 'f'))).to.include({ e: 'unknown', f: 'migrated' });
      expect(control.failure()).to.equal(null);
    });
  }

  it('stops the run when the account is refused, and lets what is in flight end', async () => {
    const account: FakeAccount = {
      answers: { a: [providerError('balance_too_low', 'none')] },
      whileMigrating: (id) => clock.sleep(id === 'b' ? 1000 : 100),
    };
    const { run, clock, control } = setUp(account, { maxConcurrent: 2 });
    expect(await run(apart('a', 'b', 'c'))).to.deep.equal({ a: 'rejected', b: 'migrated', c: 'not_started' });
    expect(control.failure()?.code).to.equal('balance_too_low');
  });
});

describe('act, when a signal comes', () => {
  it('does not give up what is in flight until its time is up', async () => {
    const givenUp: boolean[] = [];
    const account: FakeAccount = {
      whileMigrating: async () => {
        lifetime.interrupt(failureOf('terminated'));
        for (const ms of [19_999, 1]) {
          await clock.sleep(ms);
          givenUp.push(lifetime.cut.aborted);
        }
      },
    };
    const lifetime = startRunLifetime(20_000, (ms, action) => clock.schedule(ms, action));
    const { run, clock } = setUp(account, { control: lifetime });
    expect(await run(apart('a'))).to.deep.equal({ a: 'migrated' });
    expect(givenUp).to.deep.equal([false, true]);
  });
});

describe('act, as it is watched', () => {
  it('tells of each instance until it has ended, also of one that was never sent', async () => {
    const refused = { clusterId: 'full' };
    const answers = { a: [providerError('no_capacity', 'none')] };
    const { run, seen } = setUp({ answers }, { maxConcurrent: 1 });
    await run([
      { id: 'a', ...refused },
      { id: 'b', ...refused },
    ]);
    expect(seen).to.deep.equal([
      'started 2',
      'a looking',
      'a sending 1',
      'a ended no_capacity',
      'b ended no_capacity',
    ]);
  });

  const ways = [
    ['interrupted', 'Stopping: waiting for 2 requests in flight; Ctrl-C again to leave at once'],
    ['terminated', 'Stopping: waiting for 2 requests in flight; a second signal ends it at once'],
    ['deadline_reached', 'Stopping: waiting for 2 requests in flight'],
  ] as const;
  for (const [code, message] of ways) {
    it(`says once what it waits for: ${code}`, async () => {
      const account: FakeAccount = {
        whileMigrating: async (id) => {
          if (id === 'b') control.stop(failureOf(code));
          await clock.sleep(1000);
          control.stop(failureOf(code));
        },
      };
      const { run, clock, control, lines, seen } = setUp(account, { maxConcurrent: 2 });
      await run(apart('a', 'b', 'c'));
      const stopping = lines.filter(({ event }) => event === 'stopping');
      expect(stopping.map((line) => line.message)).to.deep.equal([message]);
      expect(seen.filter((line) => line === 'stopping')).to.have.length(1);
      expect(seen.slice(-3)).to.have.members(['a ended migrated', 'b ended migrated', 'c ended not_started']);
    });
  }
});

describe('act, when the list has grown old', () => {
  const old = { listedAtMs: startMs - 60_001 };

  it('looks at each instance again, and migrates those that are unchanged', async () => {
    const unchanged = anInstance({ spotReclaimTime: null, spotStatus: null });
    const { run, provider } = setUp({ sightings: [unchanged] }, old);
    expect(await run(apart('a'))).to.deep.equal({ a: 'migrated' });
    expect(provider.requests).to.deep.equal(['instance a', 'migrate a']);
  });

  it('does not look again within a minute', async () => {
    const { run, provider } = setUp({}, { listedAtMs: startMs - 60_000 });
    await run(apart('a'));
    expect(provider.requests).to.deep.equal(['migrate a']);
  });

  const changed: readonly (readonly [string, Instance | Error, string])[] = [
    ['it runs', anInstance({ status: 'running' }), 'not_started'],
    ['it migrates', anInstance({ status: 'migrating' }), 'not_started'],
    ['it was started in between', anInstance({ lastStartedAt: now - 5 }), 'not_started'],
    ['it was reclaimed again', anInstance({ spotReclaimTime: String(now) }), 'not_started'],
    ['it is gone', providerError('instance_gone', 'none'), 'gone'],
    ['it cannot be read', providerError('server_error', 'none'), 'failed'],
    ['the key is refused', providerError('auth_refused', 'none'), 'rejected'],
    ['the run has to end', providerError('deadline_reached', 'none'), 'not_started'],
  ];
  it('sends nothing when the run has to stop while it looks', async () => {
    const provider = fakeProvider({ sightings: [anInstance()] });
    const looking: ActInput['provider'] = {
      ...provider,
      getInstance: (id, signal) => {
        control.stop(failureOf('terminated'));
        return provider.getInstance(id, signal);
      },
    };
    const { run, control } = setUp({}, { ...old, provider: looking });
    expect(await run(apart('a'))).to.deep.equal({ a: 'not_started' });
    expect(provider.requests).to.deep.equal(['instance a']);
  });

  for (const [title, sighting, outcome] of changed) {
    it(`sends nothing and says ${outcome} when ${title}`, async () => {
      const { run, posts } = setUp({ sightings: [sighting] }, old);
      expect(await run(apart('a'))).to.deep.equal({ a: outcome });
      expect(posts()).to.deep.equal([]);
    });
  }
});

describe('act, when several may be in flight', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

  function setUpTimes(account: FakeAccount = {}, answerMs = 1000) {
    const times = new Map<string, number>();
    const whileMigrating = (id: string) => {
      times.set(id, acting.clock.now() - startMs);
      return acting.clock.sleep(answerMs);
    };
    const acting = setUp({ ...account, whileMigrating });
    return { ...acting, times: () => Object.fromEntries(times) };
  }

  it('begins them one after the other, and the next as soon as one is done', async () => {
    const { run, times } = setUpTimes();
    await run(apart(...ids));
    expect(times()).to.deep.equal({ a: 0, b: 4, c: 8, d: 12, e: 16, f: 1000 });
  });

  it('begins none that was waiting for its turn when the run was stopped', async () => {
    const { run, times, clock, control, seen } = setUpTimes();
    void clock.sleep(5).then(() => control.stop(failureOf('terminated')));
    const { a, b, ...others } = await run(apart(...ids));
    expect({ a, b }).to.deep.equal({ a: 'migrated', b: 'migrated' });
    expect(new Set(Object.values(others))).to.deep.equal(new Set(['not_started']));
    expect(times()).to.deep.equal({ a: 0, b: 4 });
    expect(seen.filter((each) => each.includes('looking'))).to.have.length(2);
  });

  it('ends at once when it is stopped while one waits for its turn', async () => {
    const { run, clock, control } = setUpTimes({}, 1);
    void clock.sleep(1).then(() => control.stop(failureOf('terminated')));
    await run(apart('a', 'b'));
    expect(clock.now() - startMs).to.equal(1);
  });

  it('asks nothing of a group that has refused while others were waiting for their turn', async () => {
    const { run, posts, clock, seen } = setUpTimes({ answers: { b: refused } }, 3);
    expect(await run(together('a', 'b', 'c', 'd'))).to.deep.equal({
      a: 'migrated',
      b: 'no_capacity',
      c: 'no_capacity',
      d: 'no_capacity',
    });
    expect(posts()).to.deep.equal(['migrate a', 'migrate b']);
    expect(seen.filter((each) => each.includes('looking'))).to.have.length(2);
    expect(clock.now() - startMs).to.be.below(20);
  });
});
