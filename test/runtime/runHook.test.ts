import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { whyNotExecutable } from '../../src/runtime/executable.js';
import { type HookEnd, type HookInput, runHook } from '../../src/runtime/runHook.js';
import { until } from '../support/until.js';
import { executableScript } from '../support/executableScript.js';
import { useTemporaryFolder } from './temporaryFolder.js';

describe('runHook', () => {
  const folder = useTemporaryFolder();

  function run(script: string, changes: Partial<HookInput> = {}): Promise<HookEnd> {
    return runHook({
      program: executableScript(folder(), script),
      environment: { PATH: '/usr/bin:/bin', FOLDER: folder() },
      input: '',
      timeoutMs: 10_000,
      signal: new AbortController().signal,
      signalGroup: (pid, signal) => process.kill(-pid, signal),
      onStarted: () => undefined,
      ...changes,
    });
  }
  const left = (name: string): string => readFileSync(join(folder(), name), 'utf8');

  it('hands over the environment and standard input, and no arguments', async () => {
    const end = await run('cat > "$FOLDER/input"; echo "$NAME $#" > "$FOLDER/said"', {
      environment: { PATH: '/usr/bin:/bin', FOLDER: folder(), NAME: '$(touch /tmp/x); "quoted"' },
      input: 'a line\n',
    });
    expect(end).to.deep.equal({ error: null, output: '' });
    expect(left('input')).to.equal('a line\n');
    expect(left('said')).to.equal('$(touch /tmp/x); "quoted" 0\n');
  });

  const endings: readonly (readonly [string, string, HookEnd])[] = [
    ['says what it said', 'echo out; echo err >&2', { error: null, output: 'out\nerr\n' }],
    ['says how it ended', 'echo no space; exit 3', { error: 'exited with 3', output: 'no space\n' }],
    ['says which signal ended it', 'kill -9 $$', { error: 'was ended by SIGKILL', output: '' }],
  ];
  for (const [title, script, expected] of endings) {
    it(title, async () => expect(await run(script)).to.deep.equal(expected));
  }

  it('keeps the end of a long output', async () => {
    const { output } = await run('i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done');
    expect(output.length).to.equal(2_000);
    expect(output).to.match(/line 1999\n$/);
  });

  it('does not mind a program that does not read a large input', async () => {
    expect(await run('exit 0', { input: 'x'.repeat(1_000_000) })).to.deep.equal({ error: null, output: '' });
  });

  for (const [title, before] of [
    ['all that it started', ''],
    ['what it started and does not listen', 'trap "" TERM;'],
  ] as const) {
    it(`ends a program with ${title}`, async () => {
      const ending = new AbortController();
      const started = `sh -c '${before} echo $$ > "$FOLDER/pid"; exec sleep 60'`;
      const ended = run(`${started} & wait`, { signal: ending.signal });
      await until(() => existsSync(join(folder(), 'pid')) && left('pid') !== '');
      ending.abort();
      expect((await ended).error).to.equal('was ended with the run');
      await until(() => !isAlive(Number(left('pid'))));
    });
  }

  it('ends a program whose time is up', async () => {
    const end = await run('sleep 60', { timeoutMs: 100 });
    expect(end.error).to.equal('took longer than 100 ms and was ended');
  });

  it('kills a program that does not listen', async () => {
    const end = await run('trap "" TERM; while :; do sleep 1; done', { timeoutMs: 100 });
    expect(end.error).to.equal('took longer than 100 ms and was ended');
  });

  it('ends it with the run', async () => {
    const ending = new AbortController();
    const end = await run('sleep 60', { signal: ending.signal, onStarted: () => ending.abort() });
    expect(end.error).to.equal('was ended with the run');
  });

  it('does not wait for what a program leaves in the background, nor end it', async () => {
    const end = await run('(sleep 0.5; touch "$FOLDER/saved") & exit 0');
    expect(end).to.deep.equal({ error: null, output: '' });
    await until(() => existsSync(join(folder(), 'saved')));
  });

  it('says what cannot be run', async () => {
    let started = false;
    const end = await run('', { program: join(folder(), 'nothing'), onStarted: () => (started = true) });
    expect(end.error).to.equal('could not be run (ENOENT)');
    expect(started).to.equal(false);
  });

  it('says so, too, when the system refuses in another way', async () => {
    const end = await run('', { environment: { TOO_LONG: 'x'.repeat(4_000_000) } });
    expect(end).to.deep.equal({ error: 'could not be run (E2BIG)', output: '' });
  });
});

describe('whyNotExecutable', () => {
  const folder = useTemporaryFolder();

  it('tells apart what can be run and what cannot', () => {
    expect(whyNotExecutable(executableScript(folder(), ''))).to.equal(null);
    expect(whyNotExecutable(folder())).to.equal('is not a file');
    expect(whyNotExecutable('/nowhere/at/all')).to.equal('does not exist');
    expect(whyNotExecutable('/dev/null/x')).to.equal('does not exist');
    writeFileSync(join(folder(), 'text'), '');
    expect(whyNotExecutable(join(folder(), 'text'))).to.equal('is not executable by this user');
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
