import { expect } from 'chai';
import type { MigrateInput } from '../../src/commands/migrate.js';
import { migrate } from '../../src/commands/migrate.js';
import { noProgress } from '../../src/commands/progress.js';
import type { CommandResult } from '../../src/commands/commandResult.js';
import { noEarlierRuns } from '../../src/core/earlierRuns.js';
import { failureOf } from '../../src/core/failure.js';
import { aJob, anInstance, aPolicy } from '../support/builders.js';
import { type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { recordingJournal, recordingProgress, runControl } from './fakeRun.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';

const nowMs = Date.UTC(2026, 10, 24, 12);

function setUp(account: FakeAccount, changes: Partial<MigrateInput> = {}) {
  const provider = fakeProvider(account);
  const clock = createVirtualClock(nowMs);
  const { log, lines } = captureLog();
  const input: MigrateInput = {
    provider,
    policy: aPolicy(),
    clock,
    log,
    stuckMinutes: 60,
    journal: recordingJournal([]),
    targets: [],
    nearest: () => null,
    wantsHistory: false,
    backoff: () => ({ baseMs: 100, randomFraction: 0.5 }),
    saveData: 'off',
    fallback: 'none',
    readOffers: null,
    attemptLimit: 4,
    passesPlacesOn: true,
    control: runControl(),
    dryRun: false,
    wholeAccount: changes.targets === undefined && changes.planFile === undefined,
    planFile: null,
    readProducts: null,
    progress: noProgress,
    maxConcurrent: 5,
    maxPerRun: 0,
    waitSeconds: 0,
    deadlineMs: nowMs + 600_000,
    earlier: noEarlierRuns,
    intervalMinutes: 15,
    startedAtMs: nowMs,
    confirm: () => Promise.resolve(true),
    onObserved: () => undefined,
    ...changes,
  };
  return { provider, clock, lines, run: () => clock.run(migrate(input)) };
}

function outcomes({ results }: CommandResult): Record<string, string | null> {
  return Object.fromEntries(results.map(({ decision, outcome }) => [decision.instance.id, outcome]));
}

function reclaimed(id: string, minutesAgo = 30) {
  // A cluster each, so that none waits for another one's probe.
  return anInstance({
    id,
    clusterId: `cluster-of-${id}`,
    spotReclaimTime: String(nowMs / 1000 - minutesAgo * 60),
    lastStartedAt: null,
  });
}

describe('migrate', () => {
  it('migrates what is eligible and leaves the rest alone', async () => {
    const running = anInstance({ id: 'running', status: 'running' });
    const stopped = anInstance({ id: 'stopped', spotReclaimTime: '0' });
    const { provider, run } = setUp({ instances: [reclaimed('a'), running, stopped, reclaimed('b')] });
    expect(outcomes(await run())).to.deep.equal({
      a: 'migrated',
      running: null,
      stopped: null,
      b: 'migrated',
    });
    expect(provider.requests).to.deep.equal(['instances', 'jobs', 'migrate a', 'migrate b']);
  });

  it('does not read the jobs when no instance is left that they could rule out', async () => {
    const { provider, run } = setUp({ instances: [anInstance({ status: 'running' })] });
    await run();
    expect(provider.requests).to.deep.equal(['instances']);
  });

  it('starts with the one that has been down longest', async () => {
    const { provider, run } = setUp(
      { instances: [reclaimed('new', 5), reclaimed('old', 50)] },
      { maxConcurrent: 1 },
    );
    await run();
    expect(provider.requests.slice(2)).to.deep.equal(['migrate old', 'migrate new']);
  });

  it('defers what is over the limit of the run', async () => {
    const { provider, run } = setUp(
      { instances: [reclaimed('new', 5), reclaimed('old', 50)] },
      { maxPerRun: 1 },
    );
    expect(outcomes(await run())).to.deep.equal({ new: 'deferred', old: 'migrated' });
    expect(provider.requests).not.to.include('migrate new');
  });

  describe('where the limit of the run is reached and there is no room for some', () => {
    const noRoom = [providerError('no_capacity', 'none')];
    const inPool = (id: string, productId: string, minutesAgo: number) => ({
      ...reclaimed(id, minutesAgo),
      clusterId: 'one',
      productId,
    });
    const instances = [
      inPool('full-1', 'full', 90),
      inPool('full-2', 'full', 80),
      inPool('full-3', 'full', 70),
      inPool('other-1', 'other', 60),
      inPool('other-2', 'other', 50),
    ];
    const answers = { 'full-1': noRoom, 'full-2': noRoom, 'full-3': noRoom };

    it('gives their places to the next ones, and asks a pool without room once', async () => {
      const { provider, run } = setUp({ instances, answers }, { maxPerRun: 1 });
      expect(outcomes(await run())).to.deep.equal({
        'full-1': 'no_capacity',
        'full-2': 'no_capacity',
        'full-3': 'no_capacity',
        'other-1': 'migrated',
        'other-2': 'deferred',
      });
      expect(provider.requests.slice(2)).to.deep.equal(['migrate full-1', 'migrate other-1']);
    });

    it('gives no place on where a plan was agreed to', async () => {
      const { provider, run } = setUp({ instances, answers }, { maxPerRun: 2, passesPlacesOn: false });
      expect(outcomes(await run())).to.include({ 'full-2': 'no_capacity', 'other-1': 'deferred' });
      expect(provider.requests.slice(2)).to.deep.equal(['migrate full-1']);
    });

    it('gives on the place of no other failure', async () => {
      const otherAnswers = { 'full-1': [providerError('request_rejected', 'none')] };
      const { provider, run } = setUp({ instances, answers: otherAnswers }, { maxPerRun: 1 });
      expect(outcomes(await run())).to.include({ 'full-1': 'rejected', 'full-2': 'deferred' });
      expect(provider.requests.slice(2)).to.deep.equal(['migrate full-1']);
    });

    it('gives no place on once the run is to end', async () => {
      const control = runControl();
      const { provider, run } = setUp(
        { instances, answers, whileMigrating: () => control.stop(failureOf('interrupted')) },
        { maxPerRun: 1, control },
      );
      expect(outcomes(await run())).to.include({ 'full-1': 'no_capacity', 'full-2': 'deferred' });
      expect(provider.requests.slice(2)).to.deep.equal(['migrate full-1']);
    });
  });

  it('sends nothing in a dry run', async () => {
    const { provider, run } = setUp({ instances: [reclaimed('a')] }, { dryRun: true });
    expect(outcomes(await run())).to.deep.equal({ a: 'would_migrate' });
    expect(provider.requests).to.deep.equal(['instances', 'jobs']);
  });

  it('ends as a dry run when the plan is declined', async () => {
    const { provider, run } = setUp(
      { instances: [reclaimed('a')] },
      { confirm: () => Promise.resolve(false) },
    );
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'would_migrate' });
    expect(result).to.include({ dryRun: true, declined: true });
    expect(provider.requests).to.deep.equal(['instances', 'jobs']);
  });

  it('asks nobody when there is nothing to migrate', async () => {
    const confirm = () => Promise.reject(new Error('asked'));
    const result = await setUp({ instances: [] }, { confirm }).run();
    expect(result).to.deep.include({ results: [], dryRun: false, failure: null });
  });

  it('goes on with the others when one fails', async () => {
    const answers = { a: [providerError('no_capacity', 'none')] };
    const { run } = setUp({ instances: ['a', 'b'].map((id) => reclaimed(id)), answers });
    expect(outcomes(await run())).to.deep.equal({ a: 'no_capacity', b: 'migrated' });
  });

  it('stops the run when the key is refused', async () => {
    const instances = [reclaimed('a', 50), reclaimed('b', 40), reclaimed('c', 30)];
    const answers = { b: [providerError('auth_refused', 'none')] };
    const { provider, run } = setUp({ instances, answers }, { maxConcurrent: 1 });
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'migrated', b: 'rejected', c: 'not_started' });
    expect(result.failure?.code).to.equal('auth_refused');
    expect(provider.requests).not.to.include('migrate c');
  });

  it('gives the terminal back however it ends', async () => {
    const { progress, seen } = recordingProgress();
    const broken = { ...progress, started: () => expect.fail('a bug') };
    const { run } = setUp({ instances: [reclaimed('a')] }, { progress: broken });
    await run().catch(() => undefined);
    expect(seen).to.deep.equal(['finished']);
  });

  it('is not watched when it changes nothing', async () => {
    const { progress, seen } = recordingProgress();
    await setUp({ instances: [reclaimed('a')] }, { progress, dryRun: true }).run();
    expect(seen).to.deep.equal([]);
  });

  it('does not lose the results of the others to a bug, and says that it was one', async () => {
    const instances = [reclaimed('a', 50), reclaimed('b', 40), reclaimed('c', 30)];
    const { run, lines } = setUp({ instances, answers: { b: [new Error('broken')] } }, { maxConcurrent: 1 });
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'migrated', b: 'unknown', c: 'not_started' });
    expect(result.failure?.code).to.equal('internal_error');
    expect(lines.find(({ event }) => event === 'bug')?.message).to.include('broken');
  });

  it('starts nothing new once the run is stopping', async () => {
    const control = runControl();
    const account: FakeAccount = {
      instances: [reclaimed('a', 50), reclaimed('b', 40)],
      whileMigrating: () => control.stop(failureOf('deadline_reached')),
    };
    const result = await setUp(account, { maxConcurrent: 1, control }).run();
    expect(outcomes(result)).to.deep.equal({ a: 'migrated', b: 'not_started' });
    expect(result.failure?.code).to.equal('deadline_reached');
  });

  it('keeps as many in flight as it may, without waiting for a batch to end', async () => {
    let inFlight = 0;
    const seen: number[] = [];
    const gates = new Map<string, () => void>();
    const account: FakeAccount = {
      instances: ['a', 'b', 'c', 'd'].map((id, index) => reclaimed(id, 60 - index)),
      whileMigrating: async (id) => {
        inFlight += 1;
        seen.push(inFlight);
        if (id === 'a') await new Promise<void>((resolve) => gates.set(id, resolve));
        if (id === 'd') gates.get('a')?.();
        inFlight -= 1;
      },
    };
    const result = await setUp(account, { maxConcurrent: 2 }).run();
    expect(Math.max(...seen)).to.equal(2);
    expect(Object.values(outcomes(result))).to.deep.equal(Array(4).fill('migrated'));
  });

  it('names the ids that are not in the list, and considers only those that were asked for', async () => {
    const { provider, run } = setUp(
      { instances: [reclaimed('a'), reclaimed('b')] },
      { targets: ['b', 'nope'] },
    );
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ b: 'migrated' });
    expect(result.notFound).to.deep.equal(['nope']);
    expect(provider.requests).not.to.include('migrate a');
  });

  it('migrates nothing when the list cannot be read', async () => {
    const { provider, run } = setUp({ instances: providerError('server_error', 'none') });
    let thrown: unknown;
    await run().catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(Error).and.to.have.property('name', 'ProviderError');
    expect(provider.requests).to.deep.equal(['instances']);
  });

  it('logs the rationale of every exited instance', async () => {
    const { run, lines } = setUp({
      instances: [reclaimed('a'), anInstance({ id: 'b', spotReclaimTime: '' })],
    });
    await run();
    const decided = lines.filter(({ event }) => event === 'decided').map(({ fields }) => fields);
    expect(decided).to.have.length(2);
    expect(decided[0]).to.include({
      instanceId: 'a',
      status: 'exited',
      verdict: 'eligible',
      reason: 'reclaimed',
    });
    expect(decided[1]).to.include({ instanceId: 'b', spotReclaimTime: '', reason: 'not_reclaimed' });
  });
});

describe('migrate, with the job list', () => {
  const openJob = aJob({ instanceId: 'a', state: 'running' });

  it('leaves an instance alone that a job rules out', async () => {
    const { provider, run } = setUp({ instances: [reclaimed('a')], jobs: [openJob] });
    expect(outcomes(await run())).to.deep.equal({ a: null });
    expect(provider.requests).to.deep.equal(['instances', 'jobs']);
  });

  it('goes on without it, and says so', async () => {
    const { run, lines } = setUp({
      instances: [reclaimed('a')],
      jobs: providerError('server_error', 'none'),
    });
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'migrated' });
    expect(result.jobsAvailable).to.equal(false);
    expect(result.warnings).to.have.length(1);
    expect(lines.some(({ event, level }) => event === 'observation_warning' && level === 'warn')).to.equal(
      true,
    );
  });

  for (const code of ['auth_refused', 'deadline_reached'] as const) {
    it(`does not go on when it fails with ${code}`, async () => {
      const { provider, run } = setUp({ instances: [reclaimed('a')], jobs: providerError(code, 'none') });
      let thrown: unknown;
      await run().catch((error: unknown) => (thrown = error));
      expect(thrown).to.be.instanceOf(Error);
      expect(provider.requests).to.deep.equal(['instances', 'jobs']);
    });
  }
});

describe('migrate, of earlier migrations', () => {
  const startedAt = nowMs / 1000 - 600;
  const unsettled = {
    instanceId: 'a',
    jobId: 'job-1',
    requestedAt: startedAt,
    isCertain: true,
    isTold: false,
  };
  const earlier = { ...noEarlierRuns, migrations: [unsettled] };
  const ended = aJob({ instanceId: 'a', createdAt: startedAt });
  const runningAgain = anInstance({ id: 'a', status: 'running', spotReclaimTime: '0' });

  it('reads the job list for them alone, tells how they ended and writes that down', async () => {
    const journal: string[] = [];
    const account = { instances: [runningAgain], jobs: [ended] };
    const { provider, run, lines } = setUp(account, { earlier, journal: recordingJournal(journal) });
    const { settled } = await run();
    expect(settled).to.deep.equal([
      { instanceId: 'a', jobId: 'job-1', state: 'succeeded', error: null, requestedAt: startedAt },
    ]);
    expect(provider.requests).to.deep.equal(['instances', 'jobs']);
    expect(journal).to.deep.equal(['settled a succeeded']);
    expect(lines.find(({ event }) => event === 'settled')?.level).to.equal('info');
  });

  it('warns of one that failed', async () => {
    const account = { instances: [runningAgain], jobs: [{ ...ended, state: 'fail' }] };
    const { run, lines } = setUp(account, { earlier });
    expect((await run()).settled[0]).to.include({ state: 'failed' });
    expect(lines.find(({ event }) => event === 'settled')?.level).to.equal('warn');
  });

  it('does without the job list when it cannot be read', async () => {
    const account = { instances: [runningAgain], jobs: providerError('server_error', 'none') };
    const result = await setUp(account, { earlier }).run();
    expect(result).to.deep.include({ settled: [], jobsAvailable: true, failure: null });
    expect(result.warnings.join()).to.include('a later run tells');
  });

  const silent: readonly (readonly [string, Partial<MigrateInput>])[] = [
    ['a dry run', { dryRun: true }],
    ['a run for named instances', { targets: ['a'] }],
    ['a run without anything to await', { earlier: noEarlierRuns }],
  ];
  for (const [title, changes] of silent) {
    it(`does not read it in ${title}`, async () => {
      const account = { instances: [runningAgain], jobs: [ended] };
      const { provider, run } = setUp(account, { earlier, ...changes });
      expect((await run()).settled).to.deep.equal([]);
      expect(provider.requests).to.deep.equal(['instances']);
    });
  }

  it('keeps the results when looking at what was accepted runs into a bug', async () => {
    const account = {
      instances: [reclaimed('a')],
      jobs: [],
      laterJobs: [new TypeError('nobody expected this')],
    };
    const { run, lines } = setUp(account, { waitSeconds: 60, deadlineMs: nowMs + 600_000 });
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'migrated' });
    expect(result.failure?.code).to.equal('internal_error');
    expect(lines.map(({ event }) => event)).to.include('bug');
  });

  it('keeps the results when looking for alternatives runs into a bug', async () => {
    const account = {
      instances: [reclaimed('a')],
      jobs: [],
      answers: { a: [providerError('no_capacity', 'none')] },
    };
    const readOffers = () => Promise.reject(new TypeError('nobody expected this'));
    const { run, lines } = setUp(account, { readOffers });
    const result = await run();
    expect(outcomes(result)).to.deep.equal({ a: 'no_capacity' });
    expect(result.failure?.code).to.equal('internal_error');
    expect(lines.map(({ event }) => event)).to.include('bug');
  });
});
