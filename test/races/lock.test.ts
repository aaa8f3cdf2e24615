import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { bundledScript } from '../support/bundledScript.js';
import { startInParallel } from '../support/inParallel.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { doubleHolders } from './lockDiary.js';
import { raceCount } from './raceCount.js';

const contender = bundledScript(new URL('./lockContender.ts', import.meta.url));
const holdMs = 12;
const patienceMs = 20_000;

type Attack = 'none' | 'kill' | 'stop' | 'stop_and_kill';
const attacks: readonly Attack[] = ['none', 'kill', 'stop', 'stop_and_kill'];

describe('the lock between two processes', function () {
  this.timeout(120_000);
  after(removeFolders);

  const variants = [
    { name: 'the flock program', path: '/usr/bin:/bin', count: raceCount },
    {
      name: 'an abstract socket, where flock is missing',
      path: '/nonexistent',
      count: Math.ceil(raceCount / 10),
    },
  ];
  for (const { name, path, count } of variants) {
    it(`never has two holders, nor is it ever lost: ${count} races with ${name}`, async () => {
      const numbers = Array.from({ length: count }, (_, index) => index);
      const resultOf = startInParallel(numbers, (number) =>
        race(attacks[number % attacks.length] ?? 'none', path),
      );
      for (const number of numbers) {
        const { problems, holders } = await resultOf(number);
        expect(problems, `race ${number}`).to.deep.equal([]);
        expect(holders, `race ${number}: holders, one after the other`).to.equal(2);
      }
    });
  }
});

/** Two processes want one lock; the first to hold it is attacked at a random moment. */
async function race(attack: Attack, path: string) {
  const folder = newFolder();
  const diaryPath = join(folder, 'diary');
  const children = [1, 2].map(() =>
    spawn(
      process.execPath,
      [contender, join(folder, 'lock'), diaryPath, String(holdMs), String(patienceMs)],
      {
        env: { PATH: path },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  );
  const ended = children.map((child) => once(child, 'close'));
  const holding = children.map(async (child) => once(child.stdout, 'data').then(() => child));
  try {
    const nobody = Promise.all(ended).then(() => Promise.reject(new Error('Neither process got the lock.')));
    const holder = await Promise.race([...holding, nobody]);
    nobody.catch(() => undefined);
    await sleep(Math.random() * holdMs);
    await strike(holder, attack, diaryPath);
    await Promise.all(ended);
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
  const diary = readFileSync(diaryPath, 'utf8');
  return { problems: doubleHolders(diary), holders: diary.match(/^begin /gm)?.length ?? 0 };
}

async function strike(holder: ChildProcess, attack: Attack, diaryPath: string): Promise<void> {
  if (attack === 'stop' || attack === 'stop_and_kill') {
    holder.kill('SIGSTOP');
    await sleep(25);
  }
  if (attack === 'kill' || attack === 'stop_and_kill') {
    appendFileSync(diaryPath, `kill ${holder.pid ?? ''}\n`);
    holder.kill('SIGKILL');
  }
  if (attack === 'stop') holder.kill('SIGCONT');
}
