import { expect } from 'chai';
import { createAccount, numberedIds, reclaimedRow } from '../support/account.js';
import * as faults from '../support/faults.js';
import { type Fault, type FaultPlan, startFaultyProxy } from '../support/faultyProxy.js';
import { startInParallel } from '../support/inParallel.js';
import { removeFolders, runMigrate } from '../support/migrateRun.js';

const { status } = faults;
const everyTime = undefined;
/** For faults that let the program wait until its own time limit. */
const impatient = { MIGRATION_REQUEST_TIMEOUT_MS: '300' };

type Row = readonly [
  title: string,
  fault: Fault,
  nth: number | undefined,
  error: string | null,
  exitCode: number,
  environment?: Readonly<Record<string, string>>,
];

const rows: readonly Row[] = [
  ['a slow answer within the time limit', faults.late(100), everyTime, null, 0],
  ['an answer that comes too late, once', faults.late(600), 1, null, 0, impatient],
  ['an answer that comes too late', faults.late(600), everyTime, 'request_timeout', 69, impatient],
  ['no answer', faults.blackHole, everyTime, 'request_timeout', 69, impatient],
  ['an answer that drips', faults.drip, everyTime, 'request_timeout', 69, impatient],
  ['a reset', faults.reset, everyTime, 'connection_lost', 69],
  ['a reset, once', faults.reset, 1, null, 0],
  ['a truncated answer', faults.truncated, everyTime, 'connection_lost', 69],
  ['garbage', faults.garbage, everyTime, 'unreadable_answer', 76],
  ['HTML with 200', faults.html, everyTime, 'web_page_answer', 76],
  ['null with 200', faults.nullBody, everyTime, 'unreadable_answer', 76],
  ['a gzip bomb', faults.gzipBomb, everyTime, 'answer_too_large', 76],
  ['9 MiB', faults.nineMebibytes, everyTime, 'answer_too_large', 76],
  ['500, once', status(500, 'UNKNOWN'), 1, null, 0],
  ['500', status(500, 'UNKNOWN'), everyTime, 'server_error', 69],
  ['502 from a gateway', faults.badGateway, everyTime, 'server_error', 69],
  ['503', status(503), everyTime, 'server_error', 69],
  ['429, once', faults.tooMany(0), 1, null, 0],
  ['429', faults.tooMany(0), everyTime, 'rate_limited', 69],
  ['429, until long after the deadline', faults.tooMany(7200), everyTime, 'rate_limited', 69],
  [
    '503, until after the deadline',
    status(503, undefined, { 'retry-after': '601' }),
    everyTime,
    'server_error',
    69,
  ],
  ['404', status(404), everyTime, 'wrong_address', 76],
  ['401', status(401, 'INVALID_API_KEY'), everyTime, 'auth_refused', 77],
  ['403', status(403), everyTime, 'auth_refused', 77],
  ['400, balance', status(400, 'EXPIRED_OR_BALANCE_NOT_ENOUGH'), everyTime, 'balance_too_low', 77],
  ['200, a blocked account', status(200, 'USER_IS_LOCKED'), everyTime, 'account_blocked', 77],
];

describe('a fault of the instance list', function () {
  this.timeout(60_000);

  let resultOf: (row: Row) => ReturnType<typeof runWithFault>;
  before(() => {
    resultOf = startInParallel(rows, (row) => runWithFault([planOf(row)], row[5]));
  });
  after(removeFolders);

  for (const row of rows) {
    const [title, , , error, exitCode] = row;
    it(`${title}: exit ${exitCode}${error === null ? '' : `, ${error}, nothing sent`}`, async () => {
      const { report, posts } = await resultOf(row);
      expect({ error: report.error?.code ?? null, exitCode: report.exitCode }).to.deep.equal({
        error,
        exitCode,
      });
      expect(posts).to.equal(error === null ? 1 : 0);
      expect(report.summary.migrated).to.equal(posts);
      expect(report.listComplete).to.equal(error === null);
    });
  }

  it('migrates nothing when one of several pages cannot be read', async () => {
    const plan = { method: 'GET', path: '/gpu/instances', fault: status(500) } as const;
    const sabotaged = [4, 5, 6, 7].map((nth) => ({ ...plan, nth }));
    const { report, posts } = await runWithFault(sabotaged, { MIGRATION_PAGE_CONCURRENCY: '1' }, 350);
    expect(report.error?.code).to.equal('server_error');
    expect(report.exitCode).to.equal(69);
    expect(posts).to.equal(0);
    expect(report.instances).to.deep.equal([]);
  });

  it('waits as long as a 429 asks for', async () => {
    const plan = { method: 'GET', path: '/gpu/instances', nth: 1, fault: faults.tooMany(1) } as const;
    const { report, posts } = await runWithFault([plan]);
    expect(report.exitCode).to.equal(0);
    expect(report.durationMs).to.be.at.least(1_000);
    expect(posts).to.equal(1);
  });
});

function planOf([, fault, nth]: Row): FaultPlan {
  const plan = { method: 'GET', path: '/gpu/instances', fault } as const;
  return nth === undefined ? plan : { ...plan, nth };
}

async function runWithFault(
  plans: readonly FaultPlan[],
  environment: Readonly<Record<string, string>> = {},
  instances = 1,
) {
  const account = createAccount(numberedIds(instances).map(reclaimedRow));
  const proxy = await startFaultyProxy(account, plans);
  try {
    const { report } = await runMigrate(proxy.baseUrl, environment);
    return { report, posts: proxy.posts() };
  } finally {
    await proxy.close();
  }
}
