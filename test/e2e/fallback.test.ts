import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { problemsOf } from '../schemas/reportSchema.js';
import { canaryKey, newFolder, removeFolders, runMigrate } from '../support/migrateRun.js';

describe('a fallback', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({
      scenario: 'fallback',
      apiKey: canaryKey,
      now: () => Date.now(),
      migrationSeconds: 1,
    });
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  const rowsOf = ({ instances }: Report): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      instances.map(({ id, outcome, attempts, startedInsteadOf }) => [
        id,
        [outcome, attempts, startedInsteadOf?.code ?? null],
      ]),
    );
  const started = (): readonly string[] => sandbox.world.started.map(({ instanceId }) => instanceId).sort();

  it('is not used by default', async () => {
    const { report } = await runMigrate(sandbox.baseUrl, {});
    expect(report.fallback).to.equal('none');
    expect(report.summary).to.include({ eligible: 6, migrated: 1, errors: 5 });
    expect(started()).to.deep.equal([]);
  });

  it('starts what has no room elsewhere, each once, and says what came of it', async () => {
    const { report, stderr } = await runMigrate(sandbox.baseUrl, {}, ['--fallback', 'start']);
    expect(problemsOf(report)).to.deep.equal([]);
    expect(rowsOf(report)).to.deep.equal({
      'start-works': ['started', 2, 'no_capacity'],
      'start-spared': ['started', 1, 'no_capacity'],
      'start-refused': ['no_capacity', 2, 'no_capacity'],
      'start-unheard': ['started', 2, 'no_capacity'],
      'start-fails': ['started', 2, 'no_capacity'],
      'room-elsewhere': ['migrated', 1, null],
    });
    expect(started()).to.deep.equal(['start-fails', 'start-spared', 'start-unheard', 'start-works']);
    expect(report.summary).to.include({ eligible: 6, migrated: 5, errors: 1, unknown: 0 });
    expect(report.requests).to.include({ post: 10, retries: 0 });
    expect(report.instances.find(({ id }) => id === 'start-refused')?.error?.message).to.match(
      /start on its own node was refused as well: .*NODE_STATUS/,
    );
    expect([report.exitCode, stderr.includes('start_instead')]).to.deep.equal([20, true]);
  });

  it('is followed until the instance runs', async () => {
    const environment = { MIGRATION_FALLBACK: 'start', MIGRATION_WAIT_SECONDS: '8' };
    const { report, code } = await runMigrate(sandbox.baseUrl, environment, ['start-works']);
    expect(report.instances[0]).to.include({ outcome: 'recovered', attempts: 2, dataKept: null });
    expect(report.instances[0]?.recoveredAfterSeconds).to.be.within(0, 4);
    expect(code).to.equal(0);
  });

  it('is not followed by a plan that was made without it', async () => {
    const plan = join(newFolder(), 'plan.json');
    const planned = await runMigrate(sandbox.baseUrl, {}, ['--dry-run', 'start-works']);
    writeFileSync(plan, planned.stdout);
    const refused = await runMigrate(sandbox.baseUrl, {}, ['--plan', plan, '--fallback', 'start']);
    expect(refused.code).to.equal(64);
    expect(refused.stderr).to.include('was made without --fallback start');
    expect(started()).to.deep.equal([]);
  });
});
