import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const page = fileURLToPath(new URL('../../man/novita-spot.1', import.meta.url));

describe('the man page', () => {
  it('has nothing that mandoc finds fault with, not even style', async () => {
    // mandoc exits with 2 and more for whatever it finds.
    const { stdout, stderr } = await run('mandoc', ['-Tlint', '-Wall', page]);
    expect(stdout + stderr).to.equal('');
  });

  for (const width of [80, 120]) {
    it(`reads well at ${width} columns`, async () => {
      const { stdout } = await run('mandoc', ['-Tutf8', `-Owidth=${width}`, page]);
      // Bold is a letter, a backspace and the letter again.
      const text = stdout.replaceAll(/.[\b]/g, '');
      expect(Math.max(...text.split('\n').map((line) => line.length))).to.be.at.most(width);
      expect(text)
        .to.match(/^NAME\n {5,}novita-spot . bring/m)
        .and.match(/^ {5,}-o, --output format$/m)
        .and.match(/^ {5,}novita-spot list --include 'llama-\*' -o json$/m)
        .and.not.match(/\\|\bf[BIR]\b/);
    });
  }
});
