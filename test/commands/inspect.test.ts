import { expect } from 'chai';
import { inspect } from '../../src/commands/inspect.js';
import type { ObserveInput } from '../../src/commands/observe.js';
import { captureLog } from '../support/captureLog.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';

function setUp(account: FakeAccount, changes: Partial<ObserveInput> = {}) {
  const provider = fakeProvider(account);
  const input: ObserveInput = {
    provider,
    policy: aPolicy(),
    clock: createVirtualClock(now * 1000),
    log: captureLog().log,
    stuckMinutes: 60,
    targets: [],
    nearest: () => null,
    wantsHistory: true,
    ...changes,
  };
  return { provider, inspected: inspect(input) };
}

const running = anInstance({ status: 'running', spotReclaimTime: '0' });
const stopped = anInstance({ spotReclaimTime: '0' });
const stale = anInstance({ lastStartedAt: now });
const failed = aJob({ state: 'fail', createdAt: now - 60 });

describe('inspect', () => {
  const readings: readonly (readonly [string, FakeAccount, Partial<ObserveInput>, readonly string[]])[] = [
    ['nothing is there', {}, {}, ['instances']],
    ['nothing was reclaimed', { instances: [running, stopped] }, {}, ['instances']],
    ['something has run since its reclaim', { instances: [stale] }, {}, ['instances']],
    ['somebody asks for what has', { instances: [stale] }, { targets: ['i-1'] }, ['instances', 'jobs']],
    [
      'the history is not wanted',
      { instances: [stale] },
      { targets: ['i-1'], wantsHistory: false },
      ['instances'],
    ],
    ['something is eligible', { instances: [anInstance()] }, { wantsHistory: false }, ['instances', 'jobs']],
    ['somebody asks for what runs', { instances: [running] }, { targets: ['i-1'] }, ['instances', 'jobs']],
    ['somebody asks for what is not there', { instances: [stale] }, { targets: ['x'] }, ['instances']],
  ];
  for (const [title, account, changes, requests] of readings) {
    it(`reads ${requests.join(' and ')} when ${title}`, async () => {
      const { provider, inspected } = setUp(account, changes);
      await inspected;
      expect(provider.requests).to.deep.equal(requests);
    });
  }

  for (const tells of [true, false]) {
    it(`judges as of the time at which the list was asked for, ${tells ? 'as rows come' : 'or at its end'}`, async () => {
      const clock = createVirtualClock(now * 1000);
      const provider = fakeProvider({ instances: [anInstance({ spotReclaimTime: String(now + 90) })] });
      const slow: ObserveInput['provider'] = {
        ...provider,
        listInstances: async (signal, onRows) => {
          const listing = await provider.listInstances(signal, tells ? onRows : undefined);
          await clock.sleep(120_000);
          return listing;
        },
      };
      const { inspected } = setUp({}, { provider: slow, clock });
      const { results } = await clock.run(inspected);
      expect(results[0]?.decision).to.include({ reason: 'reclaim_pending' });
    });
  }

  it('keeps the verdict of the table and adds the history to it', async () => {
    const { inspected } = setUp({ instances: [stale, anInstance({ id: 'i-2' })], jobs: [failed] });
    const [first, second] = (await inspected).results.map(({ decision }) => decision);
    expect(first).to.include({ reason: 'stale_reclaim', rule: 6 });
    expect(first?.history?.recentJobs).to.deep.equal([failed]);
    expect(second?.history?.recentJobs).to.deep.equal([]);
  });

  it('asks the job list about an instance that this host was refused, which may know better', async () => {
    const earlierRefusals = new Map([['i-1', { at: now - 600, error: 'incompatible' }]] as const);
    const judged = async (account: FakeAccount) => {
      const changes = { policy: aPolicy({ earlierRefusals }), wantsHistory: false };
      const { provider, inspected } = setUp({ instances: [anInstance()], ...account }, changes);
      return [(await inspected).results[0]?.decision.reason, provider.requests.at(-1)];
    };
    const success = aJob({ createdAt: now - 60 });
    expect(await judged({})).to.deep.equal(['quarantined', 'jobs']);
    expect(await judged({ jobs: [success] })).to.deep.equal(['cooldown', 'jobs']);
    expect(await judged({ jobs: [aJob({ state: 'running' })] })).to.deep.equal([
      'migration_in_progress',
      'jobs',
    ]);
    expect(await judged({ jobs: providerError('server_error', 'none') })).to.deep.equal([
      'quarantined',
      'jobs',
    ]);
  });

  it('judges by the rows of the job list before that of local data', async () => {
    const localVolumes = [{ mountPath: '/data' }];
    const instances = [anInstance({ localVolumes }), anInstance({ id: 'i-2' })];
    const jobs = [aJob({ createdAt: now - 60 })];
    const { inspected } = setUp({ instances, jobs }, { policy: aPolicy({ holdLocalData: true }) });
    const [decision] = (await inspected).results.map((result) => result.decision);
    expect(decision?.reason).to.equal('cooldown');
    expect(decision?.otherReasons).to.deep.equal(['local_data']);
  });

  it('knows no history where the job list cannot be had', async () => {
    const account = { instances: [stale], jobs: providerError('server_error', 'none') };
    const { inspected } = setUp(account, { targets: [stale.id] });
    const { jobsAvailable, results } = await inspected;
    expect(jobsAvailable).to.be.false;
    expect(results[0]?.decision.history).to.equal(null);
  });
});
