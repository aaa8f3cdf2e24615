import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { reclaimed } from '../../src/sandbox/sandboxInstance.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import {
  canaryKey,
  type MigrateRun,
  newFolder,
  quickEnvironment,
  removeFolders,
  runMigrate,
} from '../support/migrateRun.js';
import { runProgram } from '../support/runProgram.js';
import { shiftedClock } from '../support/shiftedClock.js';

const minute = 60_000;

describe('several ticks of the scheduler, on two hosts in turn', () => {
  let sandbox: Sandbox;
  /** How far the clocks of all are ahead, in ms. */
  let aheadMs = 0;
  let ticks = 0;
  let posts: string[] = [];
  let stateDirs: readonly string[] = [];
  const now = (): number => Date.now() + aheadMs;

  async function open(scenario: ScenarioName): Promise<void> {
    aheadMs = 0;
    ticks = 0;
    posts = [];
    stateDirs = [newFolder(), newFolder()];
    sandbox = await startSandbox({
      scenario,
      apiKey: canaryKey,
      now,
      migrationSeconds: 120,
      onRequest: ({ method, instanceId }) => {
        if (method === 'POST') posts.push(instanceId ?? '');
      },
    });
  }
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  /** A run of the host whose turn it is, after so many minutes. */
  async function tick(afterMinutes = 15, args: readonly string[] = []): Promise<MigrateRun> {
    if (ticks > 0) aheadMs += afterMinutes * minute;
    const stateDir = stateDirs[ticks % stateDirs.length] ?? '';
    ticks += 1;
    return runMigrate(
      sandbox.baseUrl,
      { NOVITA_SPOT_STATE_DIR: stateDir, NODE_OPTIONS: shiftedClock(aheadMs) },
      args,
    );
  }
  const stateOf = ({ report }: MigrateRun, id: string): string | null => {
    const instance = report.instances.find((each) => each.id === id);
    return instance === undefined ? null : (instance.outcome ?? instance.reason);
  };
  const settledIn = (run: MigrateRun) =>
    run.report.settled.map(({ instanceId, state }) => `${instanceId} ${state}`);

  it('take an instance through refusals, recovery and its next reclaim, once for each reclaim', async () => {
    await open('capacity');
    const id = 'room-later';
    const first = await tick();
    expect([stateOf(first, id), first.code]).to.deep.equal(['no_capacity', 21]);
    expect(stateOf(await tick(), id)).to.equal('no_capacity');

    const third = await tick();
    expect([stateOf(third, id), third.code]).to.deep.equal(['migrated', 20]);
    expect(sandbox.world.applied.map(({ instanceId }) => instanceId)).to.deep.equal([id]);

    const fourth = await tick();
    expect(stateOf(fourth, id)).to.equal(null);
    expect(sandbox.world.find(id)?.status).to.equal('running');
    const fifth = await tick();
    const sixth = await tick(1);
    // Each host tells it once: they share no memory.
    const told = [`${id} succeeded`];
    expect([third, fourth, fifth, sixth].map(settledIn)).to.deep.equal([[], told, told, []]);
    // Taken back within the hour of its migration.
    const instance = sandbox.world.find(id);
    if (instance) Object.assign(instance, reclaimed(Math.floor(now() / 1000), 0));
    expect(stateOf(await tick(5), id)).to.equal('cooldown');
    const after = await tick(30);
    expect(stateOf(after, id)).to.equal('migrated');
    expect([after, await tick(), await tick(), await tick()].map(settledIn)).to.deep.equal([
      [],
      told,
      told,
      [],
    ]);
    expect(sandbox.world.applied.map(({ instanceId }) => instanceId)).to.deep.equal([id, id]);
    expect(posts.filter((each) => each === id)).to.have.length(4);
  });

  it('ask a pool without room once a run, whatever waits in it', async () => {
    await open('capacity');
    for (let run = 0; run < 3; run += 1) await tick();
    expect(posts.filter((each) => each === 'no-room')).to.have.length(3);
  });

  it('let an instance rest longer after each job that failed, until it is in quarantine', async () => {
    await open('recovery');
    const id = 'fails-afterwards';
    const states: (string | null)[] = [];
    for (let run = 0; run < 16; run += 1) states.push(stateOf(await tick(10, [id]), id));
    const requestedAt = states.flatMap((state, index) => (state === 'migrated' ? [index * 10] : []));
    expect(requestedAt, states.join(' ')).to.deep.equal([0, 10, 30, 70, 150]);
    expect(states.filter((state) => state !== 'migrated')).to.include('backing_off');
    expect(stateOf(await tick(10, [id]), id)).to.equal('quarantined');

    const forced = await tick(10, [id, '--force']);
    expect(stateOf(forced, id)).to.equal('migrated');
  });

  it('ask once, each host, for an instance that is refused as it is, and once more after its next reclaim', async () => {
    await open('capacity');
    const id = 'no-room';
    const asked = (): number => posts.filter((each) => each === id).length;
    const instance = sandbox.world.find(id);
    const migrateBehaviour = { kind: 'refused', status: 400, reason: 'CUDA_VERSION_INCOMPATIBLE' };
    Object.assign(instance ?? {}, { migrateBehaviour });
    const plan = join(newFolder(), 'plan.json');
    writeFileSync(plan, (await tick(0, [id, '--dry-run'])).stdout);
    ticks = 0;

    const states: (string | null)[] = [];
    for (let run = 0; run < 4; run += 1) states.push(stateOf(await tick(15, [id]), id));
    expect(states).to.deep.equal(['rejected', 'rejected', 'quarantined', 'quarantined']);
    expect(asked()).to.equal(2);

    const planned = await tick(1, ['--plan', plan]);
    expect([stateOf(planned, id), planned.code]).to.deep.equal(['plan_outdated', 21]);
    const dry = await tick(1, [id, '--dry-run']);
    expect(dry.report.instances[0]?.explanation).to.match(/this host asked.*refused.*incompatible.*--force/);
    const host = {
      ...quickEnvironment(sandbox.baseUrl, stateDirs[1] ?? ''),
      NODE_OPTIONS: shiftedClock(aheadMs),
    };
    for (const command of ['list', 'check']) {
      const { stdout } = await runProgram([command], { environment: host });
      expect(stdout, command).to.match(/no-room.*quarantined/);
    }
    const status = async (): Promise<string> => (await runProgram(['status'], { environment: host })).stdout;
    expect(await status()).to.include('no run for the whole account');
    await runProgram(['migrate', '--quiet'], { environment: host });
    expect(await status()).to.include(`whole account: ${id}.`);
    // Another host has not been told.
    const elsewhere = { ...host, NOVITA_SPOT_STATE_DIR: newFolder() };
    const { stdout: other } = await runProgram(['check', id], { environment: elsewhere });
    expect(other).to.include('eligible: reclaimed');
    expect(asked()).to.equal(2);

    if (instance) Object.assign(instance, reclaimed(Math.floor(now() / 1000), 0));
    const later: (string | null)[] = [];
    for (let run = 0; run < 4; run += 1) later.push(stateOf(await tick(15, [id]), id));
    expect(later).to.deep.equal(['rejected', 'rejected', 'quarantined', 'quarantined']);
    expect(stateOf(await tick(15, [id, '--force']), id)).to.equal('rejected');
    expect(asked()).to.equal(5);
  });

  it('report a migration that does not end, with its age, and start nothing beside it', async () => {
    await open('recovery');
    const id = 'gets-stuck';
    await tick();
    expect((await tick()).report.stuck).to.deep.equal([]);
    const late = await tick(50);
    expect(late.report.stuck.map((each) => each.id)).to.deep.equal([id]);
    expect(late.report.stuck[0]?.ageSeconds).to.be.within(3_900, 3_960);
    expect(late.stderr).to.include('"event":"migration_stuck"');
    expect(posts.filter((each) => each === id)).to.have.length(1);
  });
});
