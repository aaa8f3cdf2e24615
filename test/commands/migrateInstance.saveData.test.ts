import { expect } from 'chai';
import { migrateInstance } from '../../src/commands/migrateInstance.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { SaveDataMode } from '../../src/core/saveData.js';
import { aDecision, aJob, anInstance, now } from '../support/builders.js';
import { type Answer, type FakeAccount, fakeProvider, providerError } from './fakeProvider.js';
import { actingRun } from './fakeRun.js';

function setUp(saveData: SaveDataMode, keeping: readonly Answer[], account: FakeAccount = {}) {
  const { provider, clock, control, lines, input } = actingRun(
    fakeProvider({ ...account, keepingAnswers: { 'i-1': keeping } }),
  );
  const run = () => clock.run(migrateInstance(aDecision(), new Set<string>(), { ...input, saveData }));
  const sent = () => provider.requests.filter((request) => /^(keep|migrate) /.test(request));
  return { provider, clock, control, lines, run, sent };
}

const notKept = providerError('data_not_kept', 'none');
const unavailable = providerError('save_data_unavailable', 'none');
const stillExited = anInstance();
const migrating = anInstance({ status: 'migrating' });

describe('migrateInstance, asked to keep data', () => {
  for (const mode of ['try', 'require'] as const) {
    it(`keeps it, and sends nothing else: ${mode}`, async () => {
      const { provider, run } = setUp(mode, ['accepted']);
      expect(await run()).to.deep.include({
        outcome: 'migrated',
        attempts: 1,
        dataKept: true,
        failure: null,
      });
      expect(provider.requests).to.deep.equal(['intent i-1 1', 'keep i-1', 'result i-1 migrated']);
    });
  }

  it('is not asked by default', async () => {
    const { sent, run } = setUp('off', []);
    expect(await run()).to.deep.include({ outcome: 'migrated', dataKept: false });
    expect(sent()).to.deep.equal(['migrate i-1']);
  });

  for (const refusal of [notKept, unavailable]) {
    it(`goes on without after ${refusal.failure.code}, where it may`, async () => {
      const { provider, lines, run } = setUp('try', [refusal]);
      expect(await run()).to.deep.include({
        outcome: 'migrated',
        attempts: 2,
        repeats: 0,
        dataKept: false,
        failure: null,
      });
      expect(provider.requests).to.deep.equal([
        'intent i-1 1',
        'keep i-1',
        'intent i-1 2',
        'migrate i-1',
        'result i-1 migrated',
      ]);
      expect(lines.filter(({ event }) => event === 'data_not_kept')).to.have.length(1);
    });
  }

  it('leaves an instance alone whose data is not kept, where that is required', async () => {
    const { provider, run } = setUp('require', [notKept]);
    const { decision, ...result } = await run();
    expect(decision).to.deep.include({ verdict: 'skipped', reason: 'data_not_kept' });
    expect(result).to.deep.include({ outcome: null, attempts: 1 });
    expect(result.failure?.code).to.equal('data_not_kept');
    expect(provider.requests).to.deep.equal(['intent i-1 1', 'keep i-1', 'result i-1 skipped']);
  });

  it('is an error where that is required and the API does not know the request', async () => {
    const { sent, run } = setUp('require', [unavailable]);
    expect(await run()).to.deep.include({ outcome: 'rejected', attempts: 1 });
    expect(sent()).to.deep.equal(['keep i-1']);
  });

  const others: readonly (readonly [ErrorCode, Outcome])[] = [
    ['no_capacity', 'no_capacity'],
    ['state_conflict', 'rejected'],
    ['instance_gone', 'gone'],
    ['auth_refused', 'rejected'],
    ['request_rejected', 'rejected'],
    ['incompatible', 'rejected'],
    ['tls_failed', 'failed'],
    ['deadline_reached', 'not_started'],
  ];
  for (const [code, outcome] of others) {
    it(`says ${outcome} after ${code}, and does not try without`, async () => {
      const { sent, run } = setUp('try', [providerError(code, 'none')]);
      expect(await run()).to.deep.include({ outcome, attempts: 1 });
      expect(sent()).to.deep.equal(['keep i-1']);
    });
  }

  for (const code of ['request_timeout', 'connection_lost', 'unreadable_answer'] as const) {
    it(`never goes on without after ${code} that may have had an effect`, async () => {
      const { sent, run } = setUp('try', [providerError(code, 'possible')], { sightings: [stillExited] });
      expect(await run()).to.deep.include({ outcome: 'unknown', attempts: 1 });
      expect(sent()).to.deep.equal(['keep i-1']);
    });
  }

  it('does not know whether data is kept in a migration that it only sees', async () => {
    const { sent, run } = setUp('try', [providerError('connection_lost', 'possible')], {
      sightings: [migrating],
    });
    expect(await run()).to.deep.include({ outcome: 'migrated', dataKept: null });
    expect(sent()).to.deep.equal(['keep i-1']);
  });

  it('does not believe a refusal after an unclear attempt: what took effect late is no reason to send more', async () => {
    const answers = [providerError('server_error', 'possible'), notKept];
    const { sent, run } = setUp('try', answers, {
      sightings: [stillExited, stillExited, stillExited, migrating],
    });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2, dataKept: null });
    expect(sent()).to.deep.equal(['keep i-1', 'keep i-1']);
  });

  it('remembers an unclear attempt when the request without data is refused', async () => {
    const keeping = [providerError('server_error', 'possible'), notKept];
    const { sent, run } = setUp('try', keeping, {
      answers: { 'i-1': [providerError('state_conflict', 'none')] },
      sightings: [...Array.from({ length: 6 }, () => stillExited), migrating],
    });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 3, repeats: 1, dataKept: null });
    expect(sent()).to.deep.equal(['keep i-1', 'keep i-1', 'migrate i-1']);
  });

  it('settles the request without data by reading, as any other', async () => {
    const job = aJob({ id: 'job-new', state: 'running', createdAt: now });
    const { run } = setUp('try', [notKept], {
      answers: { 'i-1': [providerError('connection_lost', 'possible')] },
      sightings: [stillExited],
      laterJobs: [[job]],
    });
    expect(await run()).to.deep.include({ outcome: 'migrated', attempts: 2, dataKept: false });
  });

  it('does not go on without once the run is stopping', async () => {
    const { control, sent, run } = setUp('try', [notKept], {
      whileMigrating: () => control.stop(failureOf('interrupted')),
    });
    expect(await run()).to.deep.include({ outcome: 'not_started', attempts: 1, failure: null });
    expect(sent()).to.deep.equal(['keep i-1']);
  });
});
