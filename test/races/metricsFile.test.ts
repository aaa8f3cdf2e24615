import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { bundledScript } from '../support/bundledScript.js';
import { until } from '../support/until.js';

const writer = bundledScript(new URL('./metricsWriter.ts', import.meta.url));
const lines = 20_000;
const readsWanted = 3_000;

/** Reads a file as fast as it can while another process rewrites it: each text is one number, on many lines. */
async function readWhileWritten(path: string, way: 'atomically' | 'inPlace') {
  const child = spawn(process.execPath, [writer, path, way, String(lines)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const read = (): string => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  try {
    await until(() => read() !== '');
    let torn = 0;
    const versions = new Set<string>();
    // What only may happen is waited for: on a busy machine the other process gets its turn late.
    const givesUpAt = performance.now() + 15_000;
    const isEnough = (reads: number): boolean =>
      way === 'inPlace' ? torn > 0 : reads >= readsWanted && versions.size > 20;
    for (let reads = 0; !isEnough(reads) && performance.now() < givesUpAt; reads += 1) {
      const text = read();
      const first = text.slice(0, 10);
      versions.add(first);
      if (text !== first.repeat(lines)) torn += 1;
    }
    return { torn, versions: versions.size };
  } finally {
    child.kill('SIGKILL');
  }
}

describe('A file that is rewritten while it is read', () => {
  const at = useTemporaryFolder();

  it('is never seen in part', async () => {
    const { torn, versions } = await readWhileWritten(at('spot.prom'), 'atomically');
    expect(versions).to.be.above(20);
    expect(torn).to.equal(0);
  });

  it('would be, if it were written in place', async () => {
    expect((await readWhileWritten(at('spot.prom'), 'inPlace')).torn).to.be.above(0);
  });
});
