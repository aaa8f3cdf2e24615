import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { System } from '../../src/composition/system.js';
import { main } from '../../src/main.js';
import { acquireLock } from '../../src/runtime/lock.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { type FakeSystem, fakeSystem } from '../composition/fakeSystem.js';
import { journalText } from '../support/pastRuns.js';
import { masked } from './masked.js';
import type { Screen, Shot, Terminal } from './screen.js';
import { screenTimeMs } from './screenTime.js';
import { inOwnTime } from './standingTime.js';

/** Runs the program in this process as if it were on a terminal. To be called in standing time. */
export function takeShot(screen: Screen, terminal: Terminal): Promise<Shot> {
  return inOwnTime(async () => {
    // Of a length that is the same everywhere, since texts with it may be wrapped.
    const folder = mkdtempSync('/tmp/novita-spot-');
    const place = await prepare(screen, folder);
    try {
      const written: string[] = [];
      const system = systemOn(terminal, screen, place, (text) => written.push(text));
      const ended = main(screen.args, system);
      if (screen.args[0] === 'sandbox') await stopOnceServing(system, written);
      const exitCode = await ended;
      return { text: masked(written.join('').replaceAll('\r\n', '\n')), exitCode };
    } finally {
      await place.close();
      rmSync(folder, { recursive: true });
    }
  });
}

interface Place {
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

async function prepare(
  { journal, locked, served, planned, files = {} }: Screen,
  folder: string,
): Promise<Place> {
  const stateDir = join(folder, 'state');
  if (journal !== undefined || locked) mkdirSync(stateDir, { mode: 0o700 });
  if (journal !== undefined) writeFileSync(join(stateDir, 'journal.jsonl'), journalText(journal));
  const startedAt = new Date(screenTimeMs - 30_000).toISOString();
  const lock = locked
    ? await acquireLock(join(stateDir, 'lock'), { pid: 31_415, host: 'gpu-operations', startedAt })
    : null;
  const sandbox: Sandbox | null = served
    ? await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: served.apiKey })
    : null;
  const plan = planned ? { [planned.path]: planned.since(await planDemo()) } : {};
  return {
    files: { ...files, ...plan },
    environment: {
      NOVITA_SPOT_STATE_DIR: stateDir,
      ...(sandbox === null ? {} : { NOVITA_API_BASE_URL: sandbox.baseUrl }),
    },
    close: async () => {
      if (lock?.kind === 'acquired') lock.release();
      await sandbox?.close();
    },
  };
}

async function planDemo(): Promise<string> {
  const system = fakeSystem();
  await main(['migrate', '--sandbox', '--dry-run', '-o', 'json'], system);
  return system.printed();
}

function systemOn(
  { width, colour }: Terminal,
  { answer, environment = {} }: Screen,
  place: Place,
  write: (text: string) => void,
): FakeSystem {
  const noColour: Readonly<Record<string, string>> = colour ? {} : { NO_COLOR: '1' };
  const base = fakeSystem({
    terminal: true,
    // The progress of a run is drawn by the clock; CI switches it off, and tests of its own look at it.
    environment: { TERM: 'xterm-256color', CI: 'true', ...noColour, ...place.environment, ...environment },
    files: place.files,
  });
  const output = { ...base.stdout, width, write };
  const conversation = { input: base.keyboard, output: screenWithKeyboard(base, answer, write) };
  return { ...base, stdout: output, stderr: output, conversation } satisfies System;
}

/** Shows a question, and the answer that is typed as soon as it stands there. */
function screenWithKeyboard(
  { keyboard, send }: FakeSystem,
  answer: string | undefined,
  show: (text: string) => void,
): NodeJS.WritableStream {
  return new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      show(text);
      if (text.includes('[y/N]')) {
        if (answer === 'Ctrl-C') send('SIGINT');
        else {
          show(`${answer ?? ''}\n`);
          keyboard.write(`${answer ?? ''}\n`);
        }
      }
      done();
    },
  });
}

async function stopOnceServing({ send }: FakeSystem, written: readonly string[]): Promise<void> {
  while (!written.join('').includes('NOVITA_API_KEY='))
    await new Promise((resolve) => setTimeout(resolve, 5));
  send('SIGTERM');
}
