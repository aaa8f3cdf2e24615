import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { build } from 'esbuild';
import { bundle, projectFolder } from '../../build/bundle.js';
import { bundledPackages } from '../../build/bundledPackages.js';
import { leaveOut } from '../../build/leftOut.js';
import { makeLate } from '../../build/madeLate.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { execute } from '../support/execute.js';

describe('what is left out of the bundle', () => {
  const at = useTemporaryFolder();

  /** Runs a script that was bundled as the program is. */
  async function runBundled(script: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents: script, resolveDir: projectFolder },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      plugins: [leaveOut, makeLate],
      write: false,
    });
    writeFileSync(at('script.cjs'), outputFiles[0]?.contents ?? '');
    const ended = await execute(process.execPath, [at('script.cjs')], { folder: at(), environment: {} });
    expect(ended.code, ended.stderr).to.equal(0);
    return ended.stdout;
  }

  const used: readonly (readonly [string, string, string])[] = [
    ['HTTP/2', "got('https://127.0.0.1:9', { http2: true, retry: { limit: 0 } })", 'HTTP/2'],
    [
      'a cache',
      "got('http://127.0.0.1:9', { cache: new Map(), retry: { limit: 0 } })",
      'The cache of answers',
    ],
    [
      'a cache of addresses',
      "Promise.resolve().then(() => got('http://localhost:9', { dnsCache: true }))",
      'The cache of addresses',
    ],
    [
      'a form',
      "got.post('http://127.0.0.1:9', { body: new FormData(), retry: { limit: 0 } })",
      'Sending forms',
    ],
  ];
  for (const [title, call, name] of used) {
    it(`says so when it is used all the same: ${title}`, async () => {
      const script = `import { got } from 'got'; ${call}.catch(({ message }) => process.stdout.write(message));`;
      expect(await runBundled(script)).to.equal(`${name}: left out of this bundle`);
    });
  }

  it('is not missed by an ordinary request, and a wrong option is still told in words', async () => {
    const script = `import { got } from 'got';
      got('http://127.0.0.1:9', { retry: { limit: 0 } }).catch(({ code }) => {
        try { got('http://127.0.0.1:9', { timeout: 'soon' }).catch(({ message }) => process.stdout.write(code + ' ' + message)); }
        catch ({ message }) { process.stdout.write(code + ' ' + message); }
      });`;
    expect(await runBundled(script)).to.match(/^ECONNREFUSED .*Expected value which is/);
  });

  it('leaves text as wide as it is', async () => {
    const script = `import stringWidth from 'string-width'; process.stdout.write(String(stringWidth('古👩‍👩‍👦e\\u0301')));`;
    expect(await runBundled(script)).to.equal('5');
  });

  it('is not in dist', async () => {
    const { metafile } = await bundle();
    const names = bundledPackages(metafile, projectFolder).map(({ name }) => name);
    expect(names).to.include('got');
    const out = ['http2-wrapper', 'cacheable-request', 'cacheable-lookup', 'form-data-encoder', 'keyv'];
    expect(names.filter((name) => out.includes(name))).to.deep.equal([]);
  });
});
