import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { problemsOf } from '../schemas/reportSchema.js';
import { canaryKey, newFolder, removeFolders, runMigrate } from '../support/migrateRun.js';
import { runProgram } from '../support/runProgram.js';

describe('keeping data', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ scenario: 'data', apiKey: canaryKey, now: () => Date.now() });
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  const rowsOf = ({ instances }: Report): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      instances.map(({ id, outcome, reason, attempts, dataKept }) => [
        id.replace('data-', ''),
        [outcome ?? reason, attempts, dataKept],
      ]),
    );
  const applied = (): Readonly<Record<string, boolean>> =>
    Object.fromEntries(sandbox.world.applied.map(({ instanceId, dataKept }) => [instanceId, dataKept]));
  const expectEachOnce = (): void => {
    const ids = sandbox.world.applied.map(({ instanceId }) => instanceId);
    expect(new Set(ids).size).to.equal(ids.length);
  };

  it('is tried, and given up where the platform refuses', async () => {
    const { report } = await runMigrate(sandbox.baseUrl, { MIGRATION_SAVE_DATA: 'try' });
    expect(problemsOf(report)).to.deep.equal([]);
    expect(report.saveData).to.equal('try');
    expect(rowsOf(report)).to.deep.equal({
      kept: ['migrated', 1, true],
      refused: ['migrated', 2, false],
      'refused-local': ['migrated', 2, false],
      unavailable: ['migrated', 2, false],
      'no-room': ['no_capacity', 1, null],
      'lost-answer': ['migrated', 1, null],
    });
    expect(applied()).to.deep.equal({
      'data-kept': true,
      'data-refused': false,
      'data-refused-local': false,
      'data-unavailable': false,
      'data-lost-answer': true,
    });
    expectEachOnce();
    expect(report.requests).to.include({ post: 9, retries: 0 });
    expect(report.exitCode).to.equal(20);
  });

  it('is required, and an instance left alone where the platform refuses', async () => {
    const { report, stderr } = await runMigrate(sandbox.baseUrl, {}, ['--save-data', 'require']);
    expect(problemsOf(report)).to.deep.equal([]);
    expect(rowsOf(report)).to.deep.equal({
      kept: ['migrated', 1, true],
      refused: ['data_not_kept', 1, null],
      'refused-local': ['data_not_kept', 1, null],
      unavailable: ['rejected', 1, null],
      'no-room': ['no_capacity', 1, null],
      'lost-answer': ['migrated', 1, null],
    });
    expect(applied()).to.deep.equal({ 'data-kept': true, 'data-lost-answer': true });
    expect(report.summary).to.include({ exited: 6, eligible: 4, skipped: 2, migrated: 2, errors: 2 });
    expect(report.instances.find(({ id }) => id === 'data-refused')?.error).to.include({
      code: 'data_not_kept',
    });
    expect(stderr).to.include('save_data is not supported');
  });

  it('does not fail a run that left alone what it was told to leave alone', async () => {
    const environment = { MIGRATION_SAVE_DATA: 'require' };
    const { report, code } = await runMigrate(sandbox.baseUrl, environment, ['data-refused']);
    expect(code).to.equal(0);
    expect(report.summary).to.include({ eligible: 0, skipped: 1 });
    const again = await runMigrate(sandbox.baseUrl, environment, ['data-refused']);
    expect(again.report.instances[0]).to.include({ reason: 'data_not_kept', attempts: 1 });
    expect(sandbox.world.applied).to.deep.equal([]);
  });

  it('is not asked for by default', async () => {
    const { report } = await runMigrate(sandbox.baseUrl, {}, ['data-kept']);
    expect(report.instances[0]).to.include({ outcome: 'migrated', dataKept: false });
    expect(applied()).to.deep.equal({ 'data-kept': false });
  });

  it('is promised by a plan, which no weaker run may follow', async () => {
    const plan = join(newFolder(), 'plan.json');
    const planned = await runMigrate(sandbox.baseUrl, {}, [
      '--dry-run',
      '--save-data',
      'require',
      'data-kept',
    ]);
    expect(planned.report.instances[0]).to.include({ outcome: 'would_migrate', dataKept: true });
    writeFileSync(plan, planned.stdout);
    for (const weaker of [[], ['--save-data', 'off'], ['--save-data', 'try']]) {
      const refused = await runMigrate(sandbox.baseUrl, {}, ['--plan', plan, ...weaker]);
      expect(refused.code).to.equal(64);
      expect(refused.stderr).to.include('was made with --save-data require');
    }
    expect(sandbox.world.applied).to.deep.equal([]);
    const { report } = await runMigrate(sandbox.baseUrl, {}, ['--plan', plan, '--save-data', 'require']);
    expect(report.instances[0]).to.include({ outcome: 'migrated', dataKept: true });
  });

  it('is a word that is known, on the command line and in the environment', async () => {
    const flag = await runProgram(['migrate', '--sandbox', 'data', '--save-data', 'tri']);
    expect([flag.code, flag.stderr]).to.satisfy(
      ([code, said]: [number, string]) => code === 64 && said.includes('Did you mean try?'),
    );
    const variable = await runProgram(['migrate', '--sandbox', 'data'], {
      environment: { MIGRATION_SAVE_DATA: 'yes' },
    });
    expect(variable.code).to.equal(78);
    expect(variable.stderr).to.include('MIGRATION_SAVE_DATA must be one of off, try, require');
  });
});
