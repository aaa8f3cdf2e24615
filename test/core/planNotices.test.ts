import { expect } from 'chai';
import { decide } from '../../src/core/eligibility.js';
import { failureOf } from '../../src/core/failure.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { noticeTypes } from '../../src/core/notice.js';
import { emptyMemory, type NoticeMemory } from '../../src/core/noticeMemory.js';
import { type NoticeInput, planNotices } from '../../src/core/planNotices.js';
import { withDataNotKept } from '../../src/core/saveData.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { aJob, anInstance, aPolicy, now, anExclusion } from '../support/builders.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const interval = 15 * minute;

interface Seen {
  readonly instance?: Partial<Instance>;
  readonly history?: Partial<MigrationHistory>;
  readonly result?: Partial<Omit<InstanceResult, 'decision'>>;
}

function seen({ instance = {}, history, result = {} }: Seen): InstanceResult {
  const known = history === undefined ? null : { ...emptyHistory, ...history };
  const decision = decide(anInstance(instance), known, aPolicy(), now);
  return { decision, outcome: null, attempts: 0, failure: null, ...result };
}

function planFor(cases: readonly Seen[], changes: Partial<NoticeInput> = {}) {
  return planNotices({
    results: cases.map(seen),
    failure: null,
    memory: emptyMemory,
    wanted: new Set(noticeTypes),
    nowSeconds: now,
    startedSeconds: changes.nowSeconds ?? now,
    intervalSeconds: interval,
    ...changes,
  });
}

function typesOf(cases: readonly Seen[], changes: Partial<NoticeInput> = {}): readonly string[] {
  return planFor(cases, changes).notices.map(({ type }) => type);
}

const noCapacity = { outcome: 'no_capacity', failure: failureOf('no_capacity'), attempts: 1 } as const;
const rejected = { outcome: 'rejected', failure: failureOf('incompatible'), attempts: 1 } as const;
const running = { status: 'running', spotStatus: 'running', spotReclaimTime: '0' } as const;
const notified = { status: 'running', spotStatus: 'notified', spotReclaimTime: String(now + 42 * minute) };
const failures = Array.from({ length: 5 }, (_, index) =>
  aJob({ id: `f-${index}`, state: 'fail', createdAt: now - (5 - index) * 10 * minute }),
);

describe('planNotices, with a memory', () => {
  const told: readonly (readonly [string, Seen, readonly string[]])[] = [
    ['nothing of an instance that runs', { instance: running }, []],
    ['nothing of one that its owner stopped', { instance: { spotReclaimTime: '0' } }, []],
    ['nothing of one in its cooldown', { history: { lastSuccessAt: now - 10 * minute } }, []],
    ['a reclaim notice', { instance: notified }, ['reclaim_notice']],
    ['a reclaim that has begun', { instance: { ...notified, spotStatus: 'reclaiming' } }, ['reclaim_notice']],
    [
      'a reclaim notice without a time',
      { instance: { ...notified, spotReclaimTime: '' } },
      ['reclaim_notice'],
    ],
    ['a migration', { result: { outcome: 'migrated', attempts: 1 } }, ['migrated']],
    ['a recovery', { result: { outcome: 'recovered', attempts: 1 } }, ['recovered']],
    ['no room', { result: noCapacity }, ['failed']],
    ['a refusal', { result: rejected }, ['failed']],
    ['an instance that is gone', { result: { outcome: 'gone' } }, ['failed']],
    ['a failure', { result: { outcome: 'failed' } }, ['failed']],
    ['an unknown result', { result: { outcome: 'unknown' } }, ['failed']],
    ['nothing of a deferred one', { result: { outcome: 'deferred' } }, []],
    ['nothing of one that was not started', { result: { outcome: 'not_started' } }, []],
    ['nothing of a dry run', { result: { outcome: 'would_migrate' } }, []],
    ['a quarantine', { history: { recentFailures: failures } }, ['quarantined']],
  ];
  for (const [title, each, expected] of told) {
    it(`tells ${title} once`, () => {
      const first = planFor([each]);
      expect(first.notices.map(({ type }) => type)).to.deep.equal(expected);
      const later = planFor([each], { memory: first.memory, nowSeconds: now + interval });
      const actsAgain = expected[0] === 'migrated' || expected[0] === 'recovered';
      expect(later.notices.map(({ type }) => type)).to.deep.equal(actsAgain ? expected : []);
    });
  }

  it('tells that an earlier migration has failed, and leaves one that succeeded to its recovery', () => {
    const ended = { instanceId: 'i-1', jobId: 'job-1', error: 'no node', requestedAt: now - 60 } as const;
    const failed = planFor([{}], { settled: [{ ...ended, state: 'failed' }] });
    expect(failed.notices.map(({ type }) => type)).to.deep.equal(['failed']);
    expect(failed.notices[0]?.failure?.code).to.equal('migration_failed');
    expect(failed.notices[0]?.text).to.match(/^An earlier migration of training \(i-1\).*no node$/);
    expect(failed.notices[0]?.instance?.id).to.equal('i-1');
    const again = {
      settled: [{ ...ended, jobId: 'job-2', state: 'failed' }],
      memory: failed.memory,
    } as const;
    expect(typesOf([{}], again)).to.deep.equal([]);
    expect(typesOf([{}], { ...again, memory: null })).to.deep.equal(['failed']);
    const gone = planFor([], { settled: [{ ...ended, state: 'failed' }] });
    expect(gone.notices[0]).to.include({ instance: null });
    expect(typesOf([{}], { settled: [{ ...ended, state: 'succeeded' }] })).to.deep.equal([]);
  });

  it('says nothing of what the filters leave out', () => {
    const decision = decide(anInstance(notified), null, aPolicy({ exclusionOf: () => anExclusion }), now);
    const results = [{ decision, outcome: null, attempts: 0, failure: null }];
    expect(planFor([], { results }).notices).to.deep.equal([]);
  });

  it('tells only what is wanted, and tells the rest when it is wanted later', () => {
    const wanted = new Set(['migrated'] as const);
    const first = planFor([{ instance: notified }], { wanted });
    expect(first.notices).to.deep.equal([]);
    expect(typesOf([{ instance: notified }], { memory: first.memory })).to.deep.equal(['reclaim_notice']);
  });

  it('counts down to the reclaim', () => {
    const [notice] = planFor([{ instance: notified }]).notices;
    expect(notice).to.include({ secondsLeft: 42 * minute, reclaimAt: now + 42 * minute });
    expect(notice?.text).to.include('in 42 minutes');
    const past = planFor([{ instance: { ...notified, spotReclaimTime: String(now - 5) } }]);
    expect(past.notices[0]).to.include({ secondsLeft: 0 });
  });

  it('tells the next reclaim of the same instance', () => {
    const { memory } = planFor([{ result: noCapacity }]);
    const again = { instance: { spotReclaimTime: String(now - 5 * minute) }, result: noCapacity };
    expect(typesOf([again], { memory })).to.deep.equal(['failed']);
  });

  it('tells another kind of failure, but not one that comes back', () => {
    const first = planFor([{ result: noCapacity }]);
    const second = planFor([{ result: rejected }], { memory: first.memory });
    expect(second.notices.map(({ failure }) => failure?.code)).to.deep.equal(['incompatible']);
    expect(typesOf([{ result: noCapacity }], { memory: second.memory })).to.deep.equal([]);
  });

  const runFailures: readonly (readonly [string, Parameters<typeof failureOf>[0], readonly string[]])[] = [
    ['a refused key', 'auth_refused', ['run_failed']],
    ['a dead API', 'network_unreachable', ['run_failed']],
    ['a deadline', 'deadline_reached', ['run_failed']],
    ['an unusable state folder', 'state_unusable', ['run_failed']],
    ['no signal', 'terminated', []],
    ['no Ctrl-C', 'interrupted', []],
    ['no terminal that was closed', 'hung_up', []],
  ];
  for (const [title, code, expected] of runFailures) {
    it(`tells of ${title} once, and again when it comes back after an hour without it`, () => {
      const failure = failureOf(code);
      const first = planFor([], { failure });
      expect(first.notices.map(({ type }) => type)).to.deep.equal(expected);
      const second = planFor([], { failure, memory: first.memory, nowSeconds: now + interval });
      expect(second.notices).to.deep.equal([]);
      const well = planFor([], { memory: second.memory, nowSeconds: now + interval + hour });
      expect(typesOf([], { failure, memory: well.memory, nowSeconds: now + 3 * hour })).to.deep.equal(
        expected,
      );
    });
  }

  it('tells when an instance that was migrated runs', () => {
    const first = planFor([{ result: { outcome: 'migrated' } }]);
    const moving = planFor([{ instance: { status: 'migrating' } }], { memory: first.memory });
    expect(moving.notices).to.deep.equal([]);
    const up = { instance: { ...running, lastStartedAt: now + 5 * minute } };
    const then = planFor([up], { memory: moving.memory, nowSeconds: now + interval });
    expect(then.notices.map(({ type }) => type)).to.deep.equal(['recovered']);
    expect(typesOf([up], { memory: then.memory, nowSeconds: now + 2 * interval })).to.deep.equal([]);
  });

  it('tells so of one that started while the run that migrated it still went on', () => {
    const long = { nowSeconds: now + 10 * minute, startedSeconds: now };
    const { memory } = planFor([{ result: { outcome: 'migrated' } }], long);
    const up = { instance: { ...running, lastStartedAt: now + 2 * minute } };
    expect(typesOf([up], { memory, nowSeconds: now + interval })).to.deep.equal(['recovered']);
  });

  it('tells when an instance runs of which nobody knew whether it was migrated', () => {
    const first = planFor([{ result: { outcome: 'unknown' } }]);
    expect(first.notices[0]?.text).to.include('may or may not have been migrated');
    const up = { instance: { ...running, lastStartedAt: now + 5 * minute } };
    expect(typesOf([up], { memory: first.memory, nowSeconds: now + interval })).to.deep.equal(['recovered']);
  });

  it('sees no notice for what is being stopped or removed', () => {
    for (const status of ['stopping', 'removing']) {
      expect(typesOf([{ instance: { ...notified, status } }])).to.deep.equal([]);
    }
  });

  it('does not take a start from before the migration for a recovery', () => {
    const { memory } = planFor([{ result: { outcome: 'migrated' } }]);
    const stale = { instance: { ...running, lastStartedAt: now - hour } };
    expect(typesOf([stale], { memory })).to.deep.equal([]);
  });

  it('tells again what could not be delivered', () => {
    const first = planFor([
      { instance: notified },
      { instance: { id: 'i-2' }, result: { outcome: 'migrated' } },
    ]);
    const { memoryIfUndelivered: memory } = first;
    expect(typesOf([{ instance: notified }], { memory })).to.deep.equal(['reclaim_notice']);
    const up = { instance: { ...running, id: 'i-2', lastStartedAt: now + minute } };
    const then = planFor([up], { memory, nowSeconds: now + interval });
    expect(then.notices.map(({ type }) => type)).to.deep.equal(['recovered']);
    const still = planFor([up], { memory: then.memoryIfUndelivered, nowSeconds: now + 2 * interval });
    expect(still.notices.map(({ type }) => type)).to.deep.equal(['recovered']);
  });

  it('forgets what has not been seen for a week', () => {
    const { memory } = planFor([{ result: noCapacity }]);
    const quiet = (days: number): NoticeMemory =>
      planFor([], { memory, nowSeconds: now + days * day }).memory;
    expect(Object.keys(quiet(6).announced)).to.have.length(1);
    expect(quiet(8)).to.deep.equal(emptyMemory);
  });
});

describe('planNotices, without a memory', () => {
  const stateless = { memory: null };

  const cases: readonly (readonly [string, Seen, readonly string[]])[] = [
    ['a notice that has just been given', reclaimIn(55), ['reclaim_notice']],
    ['not a notice that the last run has seen', reclaimIn(42), []],
    ['not yet a notice of long before', reclaimIn(70), []],
    ['a failure soon after the reclaim', failedAfter(10 * minute), ['failed']],
    ['not one that the last run has seen', failedAfter(20 * minute), []],
    ['a failure a day later', failedAfter(day + 10 * minute), ['failed']],
    ['not one a day and an interval later', failedAfter(day + 20 * minute), []],
    [
      'a failure soon after a migration that succeeded',
      { ...failedAfter(5 * hour), history: { lastSuccessAt: now - 65 * minute } },
      [],
    ],
    ['a fresh quarantine', { history: { recentFailures: failures } }, ['quarantined']],
    ['not an old one', { history: { recentFailures: failures.map(older) } }, []],
    ['a migration, in any case', { result: { outcome: 'migrated' } }, ['migrated']],
    ['a fresh start after a reclaim', startedAfterReclaim(10 * minute), ['recovered']],
    ['not an old one after a reclaim', startedAfterReclaim(20 * minute), []],
    ['not a start without a reclaim', { instance: { ...running, lastStartedAt: now - 60 } }, []],
  ];
  for (const [title, each, expected] of cases) {
    it(`tells ${title}`, () => expect(typesOf([each], stateless)).to.deep.equal(expected));
  }

  it('tells a quarantine whose last attempt was made as the run before began', () => {
    const last = aJob({ id: 'f-last', state: 'fail', createdAt: now - interval + 2 });
    const each = { history: { recentFailures: [...failures.slice(1).map(older), last] } };
    const run = { ...stateless, startedSeconds: now, nowSeconds: now + 3 };
    expect(typesOf([each], run)).to.deep.equal(['quarantined']);
  });

  it('tells each thing in one run, however long the runs take', () => {
    const each = failedAfter(10 * minute);
    const runs = [
      { startedSeconds: now, nowSeconds: now + 3 },
      { startedSeconds: now + interval, nowSeconds: now + interval + 5 * minute },
    ];
    const late = [{ startedSeconds: now, nowSeconds: now + 6 * minute }, ...runs.slice(1)];
    expect(runs.map((run) => typesOf([each], { ...stateless, ...run }).length)).to.deep.equal([1, 0]);
    expect(late.map((run) => typesOf([each], { ...stateless, ...run }).length)).to.deep.equal([1, 0]);
  });

  it('tells of a failing run once an hour', () => {
    const failure = failureOf('auth_refused');
    const times = Array.from({ length: 8 }, (_, index) => now + 7 * minute + index * interval);
    const told = times.filter((nowSeconds) => typesOf([], { ...stateless, failure, nowSeconds }).length > 0);
    expect(told).to.deep.equal([now + 7 * minute, now + 67 * minute]);
  });

  it('leaves what it only took for told to the next run, if that one has a memory', () => {
    const { notices, memory } = planFor([reclaimIn(42)], stateless);
    expect(notices).to.deep.equal([]);
    expect(memory).to.deep.equal(emptyMemory);
    expect(typesOf([reclaimIn(42)], { memory })).to.deep.equal(['reclaim_notice']);
  });

  function reclaimIn(minutes: number): Seen {
    return { instance: { ...notified, spotReclaimTime: String(now + minutes * minute) } };
  }
  function failedAfter(seconds: number): Seen {
    return { instance: { spotReclaimTime: String(now - seconds) }, result: noCapacity };
  }
  function startedAfterReclaim(secondsAgo: number): Seen {
    return {
      instance: { ...running, spotReclaimTime: String(now - hour), lastStartedAt: now - secondsAgo },
    };
  }
  function older(job: (typeof failures)[number]) {
    return { ...job, createdAt: (job.createdAt ?? 0) - 5 * hour };
  }
});

describe('planNotices, about data', () => {
  const textsOf = (result: InstanceResult): readonly string[] =>
    planNotices({
      results: [result],
      failure: null,
      memory: emptyMemory,
      wanted: new Set(noticeTypes),
      nowSeconds: now,
      startedSeconds: now,
      intervalSeconds: interval,
    }).notices.map(({ type, text }) => `${type}: ${text}`);
  const migrated = (dataKept: boolean | null): InstanceResult => ({
    ...seen({ result: { outcome: 'migrated', attempts: 1 } }),
    dataKept,
  });

  it('says whether it is kept, where that is known', () => {
    expect(textsOf(migrated(true))).to.deep.equal([
      'migrated: training (i-1) is being migrated, with its data',
    ]);
    expect(textsOf(migrated(false))[0]).to.match(/migrated, without the new data on its disks$/);
    expect(textsOf(migrated(null))[0]).to.match(/is being migrated; whether its data is kept is not known$/);
  });

  it('names what has stock elsewhere', () => {
    const full = seen({ result: { outcome: 'no_capacity', attempts: 1, failure: failureOf('no_capacity') } });
    const alternatives = [{ productId: 'p', productName: 'L40S', clusters: ['US-1'], pricePerHour: 0.5 }];
    expect(textsOf({ ...full, alternatives })[0]).to.match(
      /was not migrated: .*[.] Stock elsewhere: L40S in US-1 at \$0[.]50 an hour$/,
    );
    expect(textsOf({ ...full, alternatives: [] })[0]).not.to.include('Stock');
  });

  it('tells of a start as of a migration, in its own words', () => {
    const startedInsteadOf = failureOf('no_capacity');
    const start = { startedInsteadOf, dataKept: null };
    const started = { ...seen({ result: { outcome: 'started', attempts: 2 } }), ...start };
    expect(textsOf(started)).to.deep.equal([
      'migrated: training (i-1) is being started on its own node, as no other has room; whether its node still has its data is not known',
    ]);
    const unclear = seen({
      result: { outcome: 'unknown', attempts: 2, failure: failureOf('connection_lost') },
    });
    expect(textsOf({ ...unclear, startedInsteadOf })[0]).to.include('may or may not have been started: ');
    const back = { ...seen({ result: { outcome: 'recovered', attempts: 2 } }), ...start };
    expect(textsOf(back)).to.deep.equal([
      'recovered: training (i-1) was started on its own node and runs again; whether its node still has its data is not known',
    ]);
  });

  it('tells of an instance that is left alone for it, once', () => {
    const failure = failureOf('data_not_kept', { detail: 'HTTP 400' });
    const { decision } = seen({});
    const held: InstanceResult = {
      decision: withDataNotKept(decision, failure),
      outcome: null,
      attempts: 1,
      failure,
    };
    const input = { failure: null, wanted: new Set(noticeTypes), startedSeconds: now, nowSeconds: now };
    const first = planNotices({
      ...input,
      results: [held],
      memory: emptyMemory,
      intervalSeconds: interval,
    });
    expect(first.notices.map(({ type, text }) => `${type}: ${text}`)).to.deep.equal([
      `failed: training (i-1) was not migrated: ${failure.message}`,
    ]);
    const again = planNotices({ ...input, results: [held], memory: first.memory, intervalSeconds: interval });
    expect(again.notices).to.deep.equal([]);
  });
});
