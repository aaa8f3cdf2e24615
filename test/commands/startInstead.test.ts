import { expect } from 'chai';
import { act, type ActInput } from '../../src/commands/act.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { aDecision, anInstance, now } from '../support/builders.js';
import { type Answer, type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { actingRun } from './fakeRun.js';

const noRoom = providerError('no_capacity', 'none');
const stillExited = anInstance();

function setUp(starts: readonly Answer[], account: FakeAccount = {}, changes: Partial<ActInput> = {}) {
  const { provider, clock, control, input } = actingRun(
    fakeProvider({ answers: { 'i-1': [noRoom] }, startAnswers: { 'i-1': starts }, ...account }),
  );
  const run = (...ids: readonly string[]): Promise<readonly InstanceResult[]> => {
    const decisions = (ids.length === 0 ? ['i-1'] : ids).map((id) => aDecision({ id }));
    const acting: ActInput = {
      ...input,
      fallback: 'start',
      maxConcurrent: 5,
      knownJobIds: new Set(),
      ...changes,
    };
    return clock.run(act(decisions, acting));
  };
  const sent = () => provider.requests.filter((request) => /^(keep|migrate|start) /.test(request));
  return { provider, control, run, sent };
}

describe('an instance that no other node has room for', () => {
  it('is started on its own, once the journal has it', async () => {
    const { provider, run } = setUp(['accepted']);
    const [result] = await run();
    expect(result).to.deep.include({
      outcome: 'started',
      attempts: 2,
      repeats: 0,
      failure: null,
      dataKept: null,
      startedInsteadOf: noRoom.failure,
    });
    expect(provider.requests).to.deep.equal([
      'intent i-1 1',
      'migrate i-1',
      'intent i-1 2',
      'start i-1',
      'result i-1 started',
    ]);
  });

  it('is left where it is by default', async () => {
    const { run, sent } = setUp(['accepted'], {}, { fallback: 'none' });
    expect((await run())[0]).to.deep.include({ outcome: 'no_capacity', attempts: 1 });
    expect(sent()).to.deep.equal(['migrate i-1']);
  });

  it('is started after a migration with its data was refused for that, whatever the mode', async () => {
    for (const saveData of ['try', 'require'] as const) {
      const { run, sent } = setUp(['accepted'], { keepingAnswers: { 'i-1': [noRoom] } }, { saveData });
      expect((await run())[0]?.outcome).to.equal('started');
      expect(sent()).to.deep.equal(['keep i-1', 'start i-1']);
    }
  });

  it('is started although its pool has refused another, which is asked once', async () => {
    const { run, sent } = setUp(['accepted']);
    const results = await run('i-1', 'i-2', 'i-3');
    expect(results.map(({ outcome, attempts }) => [outcome, attempts])).to.deep.equal([
      ['started', 2],
      ['started', 1],
      ['started', 1],
    ]);
    expect(sent().sort()).to.deep.equal(['migrate i-1', 'start i-1', 'start i-2', 'start i-3']);
  });

  it('is looked at again before its start when the list is old', async () => {
    const account = { sightings: [stillExited, anInstance({ id: 'i-2', status: 'running' })] };
    const { run, sent } = setUp(['accepted'], account, { listedAtMs: (now - 90) * 1000 });
    const results = await run('i-1', 'i-2');
    expect(results.map(({ outcome }) => outcome)).to.deep.equal(['started', 'not_started']);
    expect(sent()).to.deep.equal(['migrate i-1', 'start i-1']);
  });

  const clear: readonly (readonly [ErrorCode, Outcome, number])[] = [
    ['no_capacity', 'no_capacity', 1],
    ['state_conflict', 'no_capacity', 1],
    ['instance_gone', 'no_capacity', 1],
    ['auth_refused', 'rejected', 1],
    ['balance_too_low', 'rejected', 1],
    ['network_unreachable', 'failed', 4],
    ['rate_limited', 'failed', 4],
  ];
  for (const [code, outcome, times] of clear) {
    it(`is ${outcome} when its start ends with ${code}`, async () => {
      const { run, sent } = setUp([providerError(code, 'none')]);
      expect((await run())[0]).to.deep.include({ outcome, attempts: 1 + times, repeats: times - 1 });
      expect(sent().filter((request) => request === 'start i-1')).to.have.length(times);
    });
  }

  it('stops the run when the account is refused to its start', async () => {
    const { run, control } = setUp([providerError('auth_refused', 'none')]);
    await run();
    expect(control.failure()?.code).to.equal('auth_refused');
  });

  it('stays without room for its pool when its start is unclear: the others are not migrated either', async () => {
    const lost = [providerError('connection_lost', 'possible')];
    const { run, sent } = setUp(lost, { sightings: [stillExited] });
    const results = await run('i-1', 'i-2');
    expect(results.map(({ outcome }) => outcome)).to.deep.equal(['unknown', 'started']);
    expect(sent()).to.deep.equal(['migrate i-1', 'start i-1', 'start i-2']);
  });

  for (const code of ['server_error', 'request_timeout', 'connection_lost', 'unreadable_answer'] as const) {
    const unclear = [providerError(code, 'possible'), 'accepted' as const];
    it(`is read after a start with ${code}, which is never sent again`, async () => {
      const exited = setUp(unclear, { sightings: [stillExited] });
      expect((await exited.run())[0]).to.deep.include({ outcome: 'unknown', attempts: 2 });
      expect(exited.sent()).to.deep.equal(['migrate i-1', 'start i-1']);

      const starting = setUp(unclear, { sightings: [stillExited, anInstance({ status: 'starting' })] });
      expect((await starting.run())[0]).to.deep.include({ outcome: 'started', attempts: 2, failure: null });
      expect(starting.sent()).to.deep.equal(['migrate i-1', 'start i-1']);

      const migrating = setUp(unclear, { sightings: [anInstance({ status: 'migrating' })] });
      expect((await migrating.run())[0]?.outcome).to.equal('unknown');
    });
  }

  it('is not started after a migration that may have had an effect', async () => {
    const answers = { 'i-1': [providerError('server_error', 'possible'), noRoom] };
    const { run, sent } = setUp(['accepted'], { answers, sightings: [stillExited] });
    expect((await run())[0]).to.deep.include({ outcome: 'no_capacity', attempts: 2 });
    expect(sent()).to.deep.equal(['migrate i-1', 'migrate i-1']);
  });

  it('is not started once the run is stopping', async () => {
    const { control, run, sent } = setUp(['accepted'], {
      answers: { 'i-1': [noRoom] },
      whileMigrating: () => control.stop(failureOf('interrupted')),
    });
    expect((await run())[0]).to.deep.include({ outcome: 'no_capacity', attempts: 1 });
    expect(sent()).to.deep.equal(['migrate i-1']);
  });
});
