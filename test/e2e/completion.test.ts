import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { runProgram } from '../support/runProgram.js';

/** Makes node refuse to load the file that holds the HTTP library. */
const withoutHttp = `--import=data:text/javascript,${encodeURIComponent(
  `import Module from 'node:module';
   const load = Module._load;
   Module._load = (request, ...rest) => {
     if (request === './got.js') throw new Error('got was loaded');
     return load(request, ...rest);
   };`,
)}`;

describe('novita-spot completion', () => {
  for (const [shell, file] of [
    ['bash', 'novita-spot.bash'],
    ['zsh', '_novita-spot'],
    ['fish', 'novita-spot.fish'],
  ] as const) {
    it(`prints the script for ${shell} that the package holds, and needs no key, configuration or API client`, async () => {
      const environment = { NODE_OPTIONS: withoutHttp, MIGRATION_MAX_CONCURRENT: 'many' };
      const { code, stdout, stderr } = await runProgram(['completion', shell], { environment });
      expect(stderr).to.equal('');
      expect(code).to.equal(0);
      expect(stdout).to.equal(readFileSync(new URL(`../../completions/${file}`, import.meta.url), 'utf8'));
    });
  }

  it('would show it if the API client were loaded', async () => {
    const { code, stderr } = await runProgram(['list', '--sandbox'], {
      environment: { NODE_OPTIONS: withoutHttp },
    });
    expect(code).to.equal(1);
    expect(stderr).to.include('got was loaded');
  });
});
