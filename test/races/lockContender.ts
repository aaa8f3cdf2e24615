// Takes the lock of the program as soon as it can get it, holds it for a moment and lets go of it.
// Writes what it does into a file that is only ever added to, so that its lines have one order for all processes.
import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '../../src/runtime/lock.js';

const [lockPath = '', diaryPath = '', holdMs, patienceMs] = process.argv.slice(2);
const { pid } = process;
const note = (event: string) => appendFileSync(diaryPath, `${event} ${pid}\n`);

const givesUpAt = Date.now() + Number(patienceMs);
let attempt = await acquireLock(lockPath, { pid, host: 'here', startedAt: new Date().toISOString() });
while (attempt.kind === 'held' && Date.now() < givesUpAt) {
  await sleep(Math.random() * 4);
  attempt = await acquireLock(lockPath, { pid, host: 'here', startedAt: new Date().toISOString() });
}
if (attempt.kind === 'acquired') {
  note('begin');
  process.stdout.write('holding\n');
  const endsAt = performance.now() + Number(holdMs);
  while (performance.now() < endsAt) {
    await sleep(1);
    note('beat');
  }
  note('end');
  attempt.release();
} else {
  process.exitCode = 1;
}
