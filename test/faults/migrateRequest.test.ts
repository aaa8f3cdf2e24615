import { expect } from 'chai';
import { createAccount, reclaimedRow } from '../support/account.js';
import * as faults from '../support/faults.js';
import { type Fault, passOn, startFaultyProxy } from '../support/faultyProxy.js';
import { startInParallel } from '../support/inParallel.js';
import { removeFolders, runMigrate } from '../support/migrateRun.js';

const { afterApplying, status } = faults;
const everyTime = undefined;
/** For faults that let the program wait until its own time limit. */
const impatient = { MIGRATION_REQUEST_TIMEOUT_MS: '300' };
/** Reads 0.4, 0.8 and 1.6 s apart, so that what happens between two of them is seen. */
const slowToSettle = { ...impatient, MIGRATION_RETRY_BASE_MS: '100' };

interface Expected {
  readonly outcome: string;
  readonly exitCode: number;
  readonly posts: number;
  readonly applied: 0 | 1;
}
const settledAsMigrated: Expected = { outcome: 'migrated', exitCode: 0, posts: 1, applied: 1 };
const notKnown: Expected = { outcome: 'unknown', exitCode: 21, posts: 1, applied: 0 };
const sentTwice: Expected = { outcome: 'migrated', exitCode: 0, posts: 2, applied: 1 };
const sentFourTimes: Expected = { outcome: 'failed', exitCode: 21, posts: 4, applied: 0 };
function refused(outcome: string, exitCode = 21): Expected {
  return { outcome, exitCode, posts: 1, applied: 0 };
}

type Row = readonly [
  title: string,
  fault: Fault,
  nth: number | undefined,
  expected: Expected,
  environment?: Readonly<Record<string, string>>,
];

const rows: readonly Row[] = [
  ['no fault', passOn, everyTime, settledAsMigrated],
  ['a slow answer within the time limit', faults.late(100), everyTime, settledAsMigrated],
  ['an answer that comes too late', afterApplying(faults.blackHole), everyTime, settledAsMigrated, impatient],
  [
    'a request that is applied after we gave up',
    faults.appliedLate(900),
    everyTime,
    settledAsMigrated,
    slowToSettle,
  ],
  ['no answer and no effect', faults.blackHole, everyTime, notKnown, impatient],
  ['an answer that drips', faults.drip, everyTime, notKnown, impatient],
  ['an answer that drips, applied', afterApplying(faults.drip), everyTime, settledAsMigrated, impatient],
  ['a reset before reading', faults.reset, everyTime, notKnown],
  ['a reset before reading, once', faults.reset, 1, notKnown],
  ['a reset after applying', afterApplying(faults.reset), everyTime, settledAsMigrated],
  ['a truncated answer', faults.truncated, everyTime, notKnown],
  ['a truncated answer, applied', afterApplying(faults.truncated), everyTime, settledAsMigrated],
  ['garbage', faults.garbage, everyTime, notKnown],
  ['garbage, applied', afterApplying(faults.garbage), everyTime, settledAsMigrated],
  ['HTML with 200', faults.html, everyTime, notKnown],
  ['HTML with 200, applied', afterApplying(faults.html), everyTime, settledAsMigrated],
  ['null with 200', faults.nullBody, everyTime, notKnown],
  ['null with 200, applied', afterApplying(faults.nullBody), everyTime, settledAsMigrated],
  ['a gzip bomb', faults.gzipBomb, everyTime, notKnown],
  ['a gzip bomb, applied', afterApplying(faults.gzipBomb), everyTime, settledAsMigrated],
  ['9 MiB', faults.nineMebibytes, everyTime, notKnown],
  ['9 MiB, applied', afterApplying(faults.nineMebibytes), everyTime, settledAsMigrated],
  ['408', status(408), everyTime, notKnown],
  ['500 once', status(500, 'UNKNOWN'), 1, sentTwice],
  ['500 once, applied', afterApplying(status(500, 'UNKNOWN')), 1, settledAsMigrated],
  ['500 to the end', status(500, 'UNKNOWN'), everyTime, sentFourTimes],
  ['502 from a gateway once', faults.badGateway, 1, sentTwice],
  ['502 from a gateway, applied', afterApplying(faults.badGateway), everyTime, settledAsMigrated],
  ['503 to the end', status(503), everyTime, sentFourTimes],
  [
    '503, with one attempt allowed',
    status(503),
    everyTime,
    refused('failed'),
    { MIGRATION_RETRY_FAILED: 'no' },
  ],
  ['429 once', faults.tooMany(0), 1, sentTwice],
  ['429 to the end', faults.tooMany(0), everyTime, sentFourTimes],
  ['401', status(401, 'INVALID_API_KEY'), everyTime, refused('rejected', 77)],
  ['403', status(403), everyTime, refused('rejected', 77)],
  ['400, balance', status(400, 'BALANCE_NOT_ENOUGH'), everyTime, refused('rejected', 77)],
  ['400, capacity', status(400, 'MIGRATE_INSUFFICIENT_RESOURCE'), everyTime, refused('no_capacity')],
  ['200, capacity', status(200, 'INSUFFICIENT_RESOURCE'), everyTime, refused('no_capacity')],
  ['400, conflict', status(400, 'CONFLICT'), everyTime, refused('rejected')],
  ['400, no such instance', status(400, 'RESOURCE_NOT_FOUND'), everyTime, refused('gone')],
  ['404', status(404), everyTime, refused('gone')],
];

describe('a fault of the migrate request', function () {
  this.timeout(60_000);

  let resultOf: (row: Row) => ReturnType<typeof runWithFault>;
  before(() => {
    resultOf = startInParallel(rows, runWithFault);
  });
  after(removeFolders);

  for (const row of rows) {
    const [title, , , { outcome, exitCode, posts, applied }] = row;
    it(`${title}: ${outcome}, exit ${exitCode}, ${posts} sent, ${applied} applied`, async () => {
      const { report, ...counted } = await resultOf(row);
      const [instance] = report.instances;
      expect({ outcome: instance?.outcome, exitCode: report.exitCode, ...counted }).to.deep.equal(row[3]);
      expect(instance?.attempts).to.equal(posts);
    });
  }
});

async function runWithFault([, fault, nth, , environment]: Row) {
  const account = createAccount([reclaimedRow('i-1')]);
  const plan = { method: 'POST', path: '/gpu/instance/migrate', fault } as const;
  const proxy = await startFaultyProxy(account, [nth === undefined ? plan : { ...plan, nth }]);
  try {
    const { report } = await runMigrate(proxy.baseUrl, environment);
    return { report, posts: proxy.posts(), applied: account.applied.length };
  } finally {
    await proxy.close();
  }
}
