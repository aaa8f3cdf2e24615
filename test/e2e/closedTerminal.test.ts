import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { openTerminal } from '../support/onTerminal.js';
import { until } from '../support/until.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

describe('a terminal that is closed', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  const cases: readonly (readonly [string, string, string, number])[] = [
    ['ends a run that asks', 'migrate --sandbox', '[y/N]', 129],
    ['does not end one that has begun to act', 'migrate --sandbox --yes --wait 5m', 'Following', 0],
  ];
  for (const [title, args, sign, expected] of cases) {
    it(`${title}: exit ${expected}`, async () => {
      const command = `${process.execPath} -- ${program} ${args}`;
      // The kernel sends SIGHUP to the shell alone, which stays and writes down how the command ended.
      const terminal = openTerminal(`cd ${folder()}; trap '' HUP; ${command}; echo $? > code`, {
        width: 90,
        environment: { PATH: '/usr/bin:/bin', HOME: folder(), TERM: 'xterm-256color' },
      });
      await until(() => terminal.shown().includes(sign));
      terminal.vanish();
      await terminal.ended;
      const code = join(folder(), 'code');
      await until(() => existsSync(code) && readFileSync(code, 'utf8').trim() !== '');
      expect(readFileSync(code, 'utf8')).to.equal(`${expected}\n`);
    });
  }
});
