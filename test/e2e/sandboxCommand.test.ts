import type { ChildProcess } from 'node:child_process';
import { expect } from 'chai';
import { runProgram, startProgram } from '../support/runProgram.js';

const started: ChildProcess[] = [];

/** Waits until the program has printed what a client needs. */
async function serving(args: readonly string[]) {
  const { child, ended } = startProgram(['sandbox', ...args]);
  started.push(child);
  let printed = '';
  const environment = await new Promise<Record<string, string>>((resolve, reject) => {
    void ended.then(({ stderr }) => reject(new Error(stderr)));
    child.stdout?.on('data', (text: string) => {
      printed += text;
      const pairs = printed
        .trimEnd()
        .split('\n')
        .map((line) => line.split('=') as [string, string]);
      if (pairs.length === 2) resolve(Object.fromEntries(pairs));
    });
  });
  return { child, ended, environment };
}

describe('novita-spot sandbox', () => {
  afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

  it('serves other clients until it is stopped', async () => {
    const { child, ended, environment } = await serving(['--scenario', 'demo']);
    const { code, stdout } = await runProgram(['check'], { environment });
    expect(code).to.equal(0);
    expect(stdout).to.include('llama-finetune-2');
    child.kill('SIGTERM');
    const stopped = await ended;
    expect(stopped.code).to.equal(0);
    expect(stopped.stderr).to.include('GET /gpu-instance/openapi/v1/gpu/instances 200');
  });

  it('says so when the port is taken', async () => {
    const { child, ended, environment } = await serving([]);
    const { port } = new URL(environment['NOVITA_API_BASE_URL'] ?? '');
    const second = await runProgram(['sandbox', '--port', port]);
    expect(second.code).to.equal(69);
    expect(second.stderr)
      .to.include(port)
      .and.not.match(/^\s+at /m);
    child.kill('SIGINT');
    await ended;
  });
});
