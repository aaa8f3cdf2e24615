import { expect } from 'chai';
import { follow, type FollowInput } from '../../src/commands/follow.js';
import { noProgress, type Progress } from '../../src/commands/progress.js';
import { failureOf } from '../../src/core/failure.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { aDecision, aJob, anInstance, now } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { recordingJournal, runControl } from './fakeRun.js';

const startMs = now * 1000;

function accepted(id: string, changes: Partial<Instance> = {}): InstanceResult {
  return {
    decision: aDecision({ id, ...changes }),
    outcome: 'migrated',
    attempts: 1,
    failure: null,
    accepted: {
      instanceId: id,
      knownJobIds: new Set(),
      requestedAt: now,
      sentAt: now,
      jobId: `job-of-${id}`,
    },
  };
}

const jobOf = (id: string, state: string, changes: Partial<Job> = {}): Job =>
  aJob({ id: `job-of-${id}`, instanceId: id, state, createdAt: now, ...changes });
const runs = (id: string): Instance =>
  anInstance({ id, status: 'running', spotStatus: 'running', spotReclaimTime: '0' });

function setUp(account: FakeAccount, changes: Partial<FollowInput> = {}) {
  const provider = fakeProvider(account);
  const clock = createVirtualClock(startMs);
  const control = runControl();
  const { log, lines } = captureLog();
  const journal: string[] = [];
  const input: FollowInput = {
    provider,
    accountSize: 3,
    clock,
    log,
    journal: recordingJournal(journal),
    progress: noProgress,
    backoff: () => ({ baseMs: 500, randomFraction: 1 }),
    control,
    waitSeconds: 60,
    deadlineMs: startMs + 600_000,
    ...changes,
  };
  const run = async (...results: readonly InstanceResult[]) => {
    const followed = await clock.run(follow(results, input));
    const outcomes = followed.results.map(({ decision, outcome }) => [decision.instance.id, outcome]);
    return { ...followed, outcomes: Object.fromEntries(outcomes) as Record<string, string> };
  };
  const events = () => lines.filter(({ event }) => event.startsWith('follow_')).map(({ event }) => event);
  return { provider, clock, control, run, lines, events, journal, elapsedMs: () => clock.now() - startMs };
}

describe('follow', () => {
  it('reads nothing when nothing was accepted, or when it is not to wait', async () => {
    const refused = { ...accepted('a'), outcome: 'no_capacity' } as const;
    const none = setUp({});
    expect((await none.run(refused)).results).to.deep.equal([refused]);
    const noWait = setUp({}, { waitSeconds: 0 });
    expect((await noWait.run(accepted('a'))).outcomes).to.deep.equal({ a: 'migrated' });
    expect([...none.provider.requests, ...noWait.provider.requests]).to.deep.equal([]);
  });

  it('follows a start by the instance itself, without a job list', async () => {
    const starting = anInstance({ id: 'a', status: 'starting' });
    const { run, provider, lines } = setUp(
      { sightings: [starting, starting, runs('a')] },
      { accountSize: 1_000 },
    );
    const started: InstanceResult = { ...accepted('a'), outcome: 'started' };
    expect((await run(started)).outcomes).to.deep.equal({ a: 'recovered' });
    expect(provider.requests).to.deep.equal(['instance a', 'instance a', 'instance a']);
    expect(lines.some(({ message }) => message.includes('runs again'))).to.equal(true);
  });

  it('leaves a start as it is that is not seen to run', async () => {
    const { run } = setUp({ sightings: [anInstance({ id: 'a' })] }, { accountSize: 1_000 });
    const { results, warnings } = await run({ ...accepted('a'), outcome: 'started' });
    expect(results[0]).to.deep.include({ outcome: 'started' });
    expect(warnings).to.deep.equal([]);
  });

  it('follows all by one job list, reads those whose job succeeded, and tells how long each took', async () => {
    const laterJobs = [
      [jobOf('a', 'pulling'), jobOf('b', 'running')],
      [jobOf('a', 'success'), jobOf('b', 'running')],
      [jobOf('a', 'success'), jobOf('b', 'fail', { errorMessage: 'no node' })],
    ];
    const { provider, run, elapsedMs, journal, events } = setUp({ instances: [runs('a')], laterJobs });
    const { results, outcomes, warnings } = await run(accepted('a'), accepted('b'));
    expect(outcomes).to.deep.equal({ a: 'recovered', b: 'failed' });
    expect(provider.requests).to.deep.equal(['jobs', 'jobs', 'instances', 'jobs']);
    expect(results.map(({ followed }) => followed)).to.deep.equal([
      { seconds: 5, recoveredAfterSeconds: 5, recoveredAfterReclaimSeconds: 1805, lostAgain: null },
      { seconds: 10, recoveredAfterSeconds: null, recoveredAfterReclaimSeconds: null, lostAgain: null },
    ]);
    expect(results[1]?.failure).to.deep.equal(failureOf('migration_failed', { detail: 'no node' }));
    expect(elapsedMs()).to.equal(2_000 + 3_000 + 4_500);
    expect(journal).to.deep.equal(['result a recovered', 'result b failed']);
    expect(events()).to.deep.equal([
      'follow_started',
      ...['follow_seen', 'follow_seen', 'follow_seen', 'follow_seen', 'follow_seen'],
      'follow_ended',
    ]);
    expect(warnings).to.deep.equal([]);
  });

  it('reads the job list no more once every job has succeeded, and single instances in a large account', async () => {
    const sightings = [anInstance({ id: 'a', status: 'starting' }), runs('a')];
    const { provider, run } = setUp(
      { laterJobs: [[jobOf('a', 'success')]], sightings },
      { accountSize: 1_000 },
    );
    expect((await run(accepted('a'))).outcomes).to.deep.equal({ a: 'recovered' });
    expect(provider.requests).to.deep.equal(['jobs', 'instance a', 'instance a']);
  });

  it('leaves what is in progress when the time is up as it was', async () => {
    const { run, elapsedMs, lines } = setUp({ laterJobs: [[jobOf('a', 'running')]] }, { waitSeconds: 30 });
    const { outcomes, results } = await run(accepted('a'));
    expect(outcomes).to.deep.equal({ a: 'migrated' });
    expect(elapsedMs()).to.be.within(20_000, 30_000);
    expect(results[0]?.followed?.recoveredAfterSeconds).to.equal(null);
    expect(lines.at(-1)?.fields).to.include({ inProgress: 1, end: 'time_up' });
  });

  it('never goes on into the end of the run', async () => {
    const { run, elapsedMs } = setUp(
      { laterJobs: [[jobOf('a', 'running')]] },
      { waitSeconds: 1_800, deadlineMs: startMs + 60_000 },
    );
    await run(accepted('a'));
    expect(elapsedMs()).to.be.at.most(54_000);
  });

  it('stops at once when the run has to end, also before it began', async () => {
    const { run, clock, control, elapsedMs, lines } = setUp({ laterJobs: [[jobOf('a', 'running')]] });
    clock.schedule(2_500, () => control.stop(failureOf('interrupted')));
    expect((await run(accepted('a'))).outcomes).to.deep.equal({ a: 'migrated' });
    expect(elapsedMs()).to.equal(2_500);
    expect(lines.at(-1)?.fields).to.include({ end: 'stopped' });
    const late = setUp({});
    late.control.stop(failureOf('interrupted'));
    await late.run(accepted('a'));
    expect(late.provider.requests).to.deep.equal([]);
  });

  it('goes on after reads that fail, and gives up with a warning after three in a row', async () => {
    const broken = providerError('server_error', 'none');
    const once = setUp({
      instances: [runs('a')],
      laterJobs: [broken, broken, [jobOf('a', 'success')]],
    });
    expect((await once.run(accepted('a'))).outcomes).to.deep.equal({ a: 'recovered' });
    const always = setUp({ laterJobs: [broken] });
    const { outcomes, warnings } = await always.run(accepted('a'));
    expect(outcomes).to.deep.equal({ a: 'migrated' });
    expect(warnings[0]).to.match(/could not be followed/);
    expect(always.provider.requests).to.have.length(3);
  });

  it('gives up at once when the key is refused', async () => {
    const { run, provider } = setUp({ laterJobs: [providerError('auth_refused', 'none')] });
    expect((await run(accepted('a'))).warnings).to.have.length(1);
    expect(provider.requests).to.have.length(1);
  });

  it('does not take a reclaim that comes again, or an instance that is gone, for a recovery', async () => {
    const again = anInstance({ id: 'a', spotReclaimTime: String(now + 1) });
    const list = setUp({ instances: [again], laterJobs: [[jobOf('a', 'success')]] });
    const { outcomes, results, warnings } = await list.run(accepted('a'));
    expect(outcomes).to.deep.equal({ a: 'migrated' });
    expect(results[0]?.followed?.lostAgain).to.equal('reclaimed_again');
    expect(warnings).to.deep.equal(['a (training): was reclaimed again since it was brought back.']);
    const gone = setUp(
      { sightings: [providerError('instance_gone', 'none')], laterJobs: [[jobOf('a', 'success')]] },
      { accountSize: 1_000 },
    );
    const ended = await gone.run(accepted('a'));
    expect(ended.warnings[0]).to.match(/is gone/);
    expect(ended.results[0]?.followed?.lostAgain).to.equal('gone');
  });

  it('shows how far each has come', async () => {
    const seen: string[] = [];
    const progress: Progress = {
      ...noProgress,
      started: (total) => void seen.push(`started ${total}`),
      changed: ({ id }, state) =>
        void seen.push(`${id} ${state.kind === 'following' ? String(state.jobState) : ''}`),
      ended: (id, outcome) => void seen.push(`${id} ended ${outcome}`),
      finished: () => void seen.push('finished'),
    };
    const laterJobs = [[jobOf('a', 'pulling')], [jobOf('a', 'success')]];
    await setUp({ instances: [runs('a')], laterJobs }, { progress }).run(accepted('a'));
    expect(seen).to.deep.equal([
      'started 1',
      'a null',
      'a pulling',
      'a succeeded',
      'a ended recovered',
      'finished',
    ]);
  });
});
