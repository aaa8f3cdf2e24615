import { expect } from 'chai';
import { createAccount, reclaimedRow } from '../support/account.js';
import * as faults from '../support/faults.js';
import { type Fault, type FaultPlan, startFaultyProxy } from '../support/faultyProxy.js';
import { startInParallel } from '../support/inParallel.js';
import { removeFolders, runMigrate } from '../support/migrateRun.js';

const { afterApplying, status } = faults;
const impatient = { MIGRATION_REQUEST_TIMEOUT_MS: '300' };

type Row = readonly [
  title: string,
  fault: Fault,
  exitCode: number,
  environment?: Readonly<Record<string, string>>,
];

/** The job list only refines the decision, so a run without it goes on, unless the key or account is refused. */
const rows: readonly Row[] = [
  ['no answer', faults.blackHole, 0, impatient],
  ['an answer that drips', faults.drip, 0, impatient],
  ['a reset', faults.reset, 0],
  ['a truncated answer', faults.truncated, 0],
  ['garbage', faults.garbage, 0],
  ['HTML with 200', faults.html, 0],
  ['null with 200', faults.nullBody, 0],
  ['a gzip bomb', faults.gzipBomb, 0],
  ['9 MiB', faults.nineMebibytes, 0],
  ['500', status(500), 0],
  ['404', status(404), 0],
  ['429', faults.tooMany(0), 0],
  ['401', status(401), 77],
  ['400, balance', status(400, 'BALANCE_NOT_ENOUGH'), 77],
];

const jobs = { method: 'GET', path: '/jobs' } as const;
const instance = { method: 'GET', path: '/gpu/instance' } as const;
const migrate = { method: 'POST', path: '/gpu/instance/migrate' } as const;

describe('a fault of the job list', function () {
  this.timeout(60_000);

  let resultOf: (row: Row) => ReturnType<typeof runWithFaults>;
  before(() => {
    resultOf = startInParallel(rows, ([, fault, , environment]) =>
      runWithFaults([{ ...jobs, fault }], environment),
    );
  });
  after(removeFolders);

  for (const row of rows) {
    const [title, , exitCode] = row;
    it(`${title}: exit ${exitCode}, ${exitCode === 0 ? 'migrated without it' : 'nothing sent'}`, async () => {
      const { report, posts } = await resultOf(row);
      expect(report.exitCode).to.equal(exitCode);
      expect(posts).to.equal(exitCode === 0 ? 1 : 0);
      if (exitCode !== 0) return;
      expect(report.jobsAvailable).to.be.false;
      expect(report.warnings.join('\n')).to.contain('The job list could not be read');
    });
  }

  it('settles by the instance alone when the job list cannot be read', async () => {
    const { report, posts } = await runWithFaults([
      { ...jobs, fault: status(500) },
      { ...migrate, fault: afterApplying(faults.reset) },
    ]);
    expect(report.instances[0]?.outcome).to.equal('migrated');
    expect({ exitCode: report.exitCode, posts }).to.deep.equal({ exitCode: 0, posts: 1 });
  });

  it('settles by the job list alone when the instance cannot be read', async () => {
    const { report, posts } = await runWithFaults([
      { ...instance, fault: faults.garbage },
      { ...migrate, fault: afterApplying(status(500)) },
    ]);
    expect(report.instances[0]?.outcome).to.equal('migrated');
    expect({ exitCode: report.exitCode, posts }).to.deep.equal({ exitCode: 0, posts: 1 });
  });

  it('sends nothing again after a 5xx when neither can be read', async () => {
    const { report, posts, applied } = await runWithFaults([
      { ...jobs, nth: 2, fault: status(404) },
      { ...jobs, nth: 3, fault: status(404) },
      { ...jobs, nth: 4, fault: status(404) },
      { ...instance, fault: faults.garbage },
      { ...migrate, fault: status(500) },
    ]);
    expect(report.instances[0]?.outcome).to.equal('unknown');
    expect({ exitCode: report.exitCode, posts, applied }).to.deep.equal({
      exitCode: 21,
      posts: 1,
      applied: 0,
    });
  });

  it('sends nothing again after a 5xx when only one of its reads failed', async () => {
    const { report, posts } = await runWithFaults([
      { ...jobs, nth: 3, fault: faults.html },
      { ...migrate, fault: status(500) },
    ]);
    expect(report.instances[0]?.outcome).to.equal('unknown');
    expect({ exitCode: report.exitCode, posts }).to.deep.equal({ exitCode: 21, posts: 1 });
  });
});

async function runWithFaults(
  plans: readonly FaultPlan[],
  environment: Readonly<Record<string, string>> = {},
) {
  const account = createAccount([reclaimedRow('i-1')]);
  const proxy = await startFaultyProxy(account, plans);
  try {
    const { report } = await runMigrate(proxy.baseUrl, environment);
    return { report, posts: proxy.posts(), applied: account.applied.length };
  } finally {
    await proxy.close();
  }
}
