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
      const isLost = title.includes('full disk') && !title.includes('both');
      expect(ended.stderr.includes('"event":"output_lost"'), ended.stderr).to.equal(isLost);
    });
  }
});

/** Commands that do nothing but print, so that a result that is lost leaves nothing. */
const readings: readonly (readonly [title: string, line: string, args: readonly string[], code: number])[] = [
  ['list', '"$@" > /dev/full', ['list', '--sandbox'], 74],
  ['list as JSON', '"$@" > /dev/full', ['list', '--sandbox', '-o', 'json'], 74],
  ['check, with changes', '"$@" > /dev/full', ['check', '--sandbox', '--detailed-exitcode'], 74],
  ['a dry run', '"$@" > /dev/full', ['migrate', '--sandbox', '--dry-run', '-o', 'json'], 74],
  ['a file that is cut off', 'ulimit -f 4; "$@" > "$HOME/out.json"', ['list', '--sandbox', '-o', 'json'], 74],
  ['a check for monitoring', '"$@" > /dev/full', ['check', '--monitor', '--sandbox', 'empty'], 3],
  ['help', '"$@" > /dev/full', ['--help'], 74],
  ['completion', '"$@" > /dev/full', ['completion', 'bash'], 74],
  ['the sandbox', '"$@" > /dev/full', ['sandbox'], 74],
  ['no id, which fails anyway', '"$@" > /dev/full', ['check', 'nope', '--sandbox'], 21],
  ['status, which fails anyway', '"$@" > /dev/full', ['status'], 3],
  ['nothing to print', '"$@" > /dev/full', ['list', '--sandbox', '--quiet'], 0],
  [
    'a reader of ten bytes',
    '"$@" | head -c 10; exit ${PIPESTATUS[0]}',
    ['list', '--sandbox', '-o', 'json'],
    0,
  ],
];
type Reading = (typeof readings)[number];

describe('a result that cannot be written', function () {
  this.timeout(60_000);

  let resultOf: (each: Reading) => ReturnType<typeof read>;
  before(() => {
    resultOf = startInParallel(readings, read);
  });
  after(removeFolders);

  for (const each of readings) {
    const [title, line, args, code] = each;
    it(`${title}: exit ${code}`, async () => {
      const ended = await resultOf(each);
      expect(ended.code, ended.stderr).to.equal(code);
      const isLost = !line.includes('| head') && !args.includes('--quiet');
      expect(ended.stderr.includes('output_unwritable'), ended.stderr).to.equal(isLost);
      if (isLost) expect(ended.stderr).to.match(/ENOSPC, the disk is full|EFBIG, the file would be larger/);
    });
  }
});

function read([, line, args]: Reading) {
  return startInShell(line, args, { HOME: newFolder(), MIGRATION_LOG_FORMAT: 'json' }).ended;
}

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
