import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

/** Runs the file itself, as a shell does. */
function launch(
  path: string,
  args: readonly string[],
): Promise<{ readonly code: unknown; readonly stderr: string }> {
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, MIGRATION_LOG_FORMAT: 'text' };
  return new Promise((resolve) => {
    execFile(path, args, { env }, (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }));
  });
}

describe('the file of the program', () => {
  const at = useTemporaryFolder();

  it('runs by itself and through a link, as npm installs it', async () => {
    symlinkSync(program, at('novita-spot'));
    for (const path of [program, at('novita-spot')])
      expect((await launch(path, ['--version'])).code).to.equal(0);
  });

  it('keeps node from taking our --env-file for its own', async () => {
    const { code, stderr } = await launch(program, ['check', '--sandbox', '--env-file', at('missing')]);
    expect(code).to.equal(78);
    expect(stderr).to.include('--env-file').and.include('does not exist');
  });
});
