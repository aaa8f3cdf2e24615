import { expect } from 'chai';
import { createAccount, numberedIds, reclaimedRow } from '../support/account.js';
import { type Fault, passOn, startFaultyProxy } from '../support/faultyProxy.js';
import { status } from '../support/faults.js';
import { startInParallel } from '../support/inParallel.js';
import { startInShell } from '../support/inShell.js';
import { expectNoLeak, newFolder, quickEnvironment, removeFolders } from '../support/migrateRun.js';

const migrate = { method: 'POST', path: '/gpu/instance/migrate' } as const;
const full = status(400, 'MIGRATE_INSUFFICIENT_RESOURCE');
const instances = 40;

const lines = [
  { title: 'a reader that is gone from the start', line: '"$@" | true; exit ${PIPESTATUS[0]}' },
  { title: 'a reader that takes ten bytes', line: '"$@" | head -c 10; exit ${PIPESTATUS[0]}' },
  { title: 'a full disk', line: '"$@" > /dev/full' },
  { title: 'a closed stdout', line: '"$@" >&-' },
  { title: 'a full disk for both', line: '"$@" > /dev/full 2>&1' },
  { title: 'a log that nobody reads', line: '("$@" 3>&1 >&2 2>&3) | true; exit ${PIPESTATUS[0]}' },
  { title: 'a closed stderr', line: '"$@" 2>&-' },
];
const ends: readonly { readonly fault: Fault; readonly code: number }[] = [
  { fault: passOn, code: 0 },
  { fault: full, code: 21 },
];
const cases = lines.flatMap((line) =>
  ends.flatMap((end) => ['json', 'table'].map((format) => ({ ...line, ...end, format }))),
);
type Case = (typeof cases)[number];

describe('an output that cannot be written', function () {
  this.timeout(60_000);

  let resultOf: (each: Case) => ReturnType<typeof runInto>;
  before(() => {
    resultOf = startInParallel(cases, runInto);
  });
  after(removeFolders);

  for (const each of cases) {
    const { title, format, code } = each;
    it(`${title}: ${format}, exit ${code}, that of the run`, async () => {
      const { ended, posts } = await resultOf(each);
      expect(ended.code, ended.stderr).to.equal(code);
      expect(posts).to.equal(instances);
    });
  }
});

async function runInto({ line, fault, format }: Case) {
  const account = createAccount(numberedIds(instances).map(reclaimedRow));
  const proxy = await startFaultyProxy(account, [{ ...migrate, fault }]);
  const stateDir = newFolder();
  try {
    const environment = { ...quickEnvironment(proxy.baseUrl, stateDir), MIGRATION_MAX_CONCURRENT: '20' };
    const ended = await startInShell(line, ['migrate', '-o', format], environment).ended;
    expectNoLeak(ended, stateDir);
    return { ended, posts: proxy.posts() };
  } finally {
    await proxy.close();
  }
}
