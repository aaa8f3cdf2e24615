import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Account, createAccount, numberedIds, reclaimedRow } from '../support/account.js';
import { blackHole, html, status } from '../support/faults.js';
import { type FaultPlan, startFaultyProxy } from '../support/faultyProxy.js';
import { expectNoLeak, newFolder, oneDocument, quickEnvironment } from '../support/migrateRun.js';
import { closeRuns, openRun } from '../support/openRun.js';
import { runProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

const list = { method: 'GET', path: '/gpu/instances' } as const;
const migrate = { method: 'POST', path: '/gpu/instance/migrate' } as const;
const unaffordable = status(400, 'BALANCE_NOT_ENOUGH');
const full = status(400, 'MIGRATE_INSUFFICIENT_RESOURCE');

interface Case {
  readonly code: number;
  readonly reason: string;
  readonly title: string;
  readonly instances?: number;
  readonly plans?: readonly FaultPlan[];
  readonly args?: readonly string[];
  readonly environment?: (stateDir: string) => Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { code: 0, reason: 'ok', title: 'everything was migrated', instances: 2 },
  { code: 0, reason: 'ok', title: 'there is nothing to do' },
  { code: 0, reason: 'ok', title: 'it is disabled', environment: () => ({ MIGRATION_ENABLED: 'false' }) },
  { code: 0, reason: 'ok', title: 'it is a dry run', instances: 1, args: ['--dry-run'] },
  {
    code: 2,
    reason: 'changes',
    title: 'a dry run would migrate',
    instances: 1,
    args: ['--dry-run', '--detailed-exitcode'],
  },
  { code: 20, reason: 'partial', title: 'one was deferred', instances: 2, args: ['--max-per-run', '1'] },
  {
    code: 20,
    reason: 'partial',
    title: 'one of two had no room',
    instances: 2,
    plans: [{ ...migrate, nth: 2, fault: full }],
  },
  { code: 21, reason: 'failed', title: 'none had room', instances: 2, plans: [{ ...migrate, fault: full }] },
  { code: 64, reason: 'usage', title: 'there is no such option', args: ['--no-such-option'] },
  { code: 69, reason: 'unavailable', title: 'the API fails', plans: [{ ...list, fault: status(500) }] },
  {
    code: 69,
    reason: 'unavailable',
    title: 'the circuit opened before anything was migrated',
    instances: 5,
    plans: [{ ...migrate, fault: status(500) }],
    environment: () => ({ MIGRATION_MAX_CONCURRENT: '1' }),
  },
  {
    code: 73,
    reason: 'state',
    title: 'the state folder is a file',
    environment: (stateDir) => {
      writeFileSync(join(stateDir, 'file'), '');
      return { NOVITA_SPOT_STATE_DIR: join(stateDir, 'file') };
    },
  },
  { code: 76, reason: 'protocol', title: 'the API answers in HTML', plans: [{ ...list, fault: html }] },
  { code: 77, reason: 'auth', title: 'the key is refused', plans: [{ ...list, fault: status(401) }] },
  {
    code: 77,
    reason: 'auth',
    title: 'the balance is too low',
    instances: 1,
    plans: [{ ...migrate, fault: unaffordable }],
  },
  { code: 78, reason: 'config', title: 'there is no key', environment: () => ({ NOVITA_API_KEY: '' }) },
  {
    code: 124,
    reason: 'deadline',
    title: 'the deadline passed',
    plans: [{ ...list, fault: blackHole }],
    environment: () => ({ MIGRATION_JOB_TIMEOUT_MS: '1000' }),
  },
  {
    code: 1,
    reason: 'internal',
    title: 'a bug, for which the runtime is broken on purpose',
    instances: 1,
    environment: (stateDir) => {
      const path = join(stateDir, 'broken.mjs');
      writeFileSync(path, brokenRuntime);
      return { NODE_OPTIONS: `--import=${path}` };
    },
  },
];

/** The API client builds every address with it, and nothing else uses it. */
const brokenRuntime = "URLSearchParams.prototype.toString = () => { throw new Error('broken on purpose'); };";

describe('every exit code', function () {
  this.timeout(60_000);
  afterEach(closeRuns);

  for (const { code, reason, title, ...given } of cases) {
    it(`${code} (${reason}) when ${title}`, async () => {
      const account = createAccount(numberedIds(given.instances ?? 0).map(reclaimedRow));
      const { ended, stateDir } = await runOnce(account, given);
      expect(ended.code, ended.stderr).to.equal(code);
      expect(oneDocument(ended)).to.include({ exitCode: code, exitReason: reason });
      // A bug is the one end that shows its stack.
      if (code !== 1) expectNoLeak(ended, stateDir);
    });
  }

  it('75 (locked) when another run holds the lock', async () => {
    const first = await openRun({ instances: 1, answerMs: null });
    await until(() => first.proxy.posts() === 1);
    const second = await openRun({ instances: 1, answerMs: 0, stateDir: first.stateDir });
    const ended = await second.ended;
    expect(ended.code).to.equal(75);
    expect(oneDocument(ended)).to.include({ exitCode: 75, exitReason: 'locked' });
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${code} (interrupted) after ${signal}`, async () => {
      const run = await openRun({ instances: 1, answerMs: 30_000 });
      await until(() => run.proxy.seen.length === 1);
      run.child.kill(signal);
      const ended = await run.ended;
      expect(ended.code).to.equal(code);
      expect(oneDocument(ended)).to.include({ exitCode: code, exitReason: 'interrupted' });
    });
  }
});

async function runOnce(account: Account, { plans, args = [], environment }: Partial<Case>) {
  const proxy = await startFaultyProxy(account, plans);
  const stateDir = newFolder();
  try {
    const ended = await runProgram(['migrate', '-o', 'json', ...args], {
      environment: { ...quickEnvironment(proxy.baseUrl, stateDir), ...environment?.(stateDir) },
    });
    return { ended, stateDir };
  } finally {
    await proxy.close();
  }
}
