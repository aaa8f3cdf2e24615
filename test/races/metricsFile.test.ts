import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { until } from '../support/until.js';

const writer = new URL('../../dist/runtime/atomicFile.js', import.meta.url).href;
const ways = {
  atomically: `import { writeFileAtomically } from ${JSON.stringify(writer)};
    const write = (text) => writeFileAtomically(path, text, 0o644);`,
  inPlace: `import { writeFileSync } from 'node:fs'; const write = (text) => writeFileSync(path, text);`,
};
const lines = 20_000;
const readsWanted = 3_000;

/** Reads a file as fast as it can while another process rewrites it: each text is one number, on many lines. */
async function readWhileWritten(path: string, way: keyof typeof ways) {
  const script = `const path = ${JSON.stringify(path)}; ${ways[way]}
    for (let count = 1; ; count += 1) write((String(count).padStart(9, '0') + '\\n').repeat(${lines}));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
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
    for (let reads = 0; reads < readsWanted; reads += 1) {
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
