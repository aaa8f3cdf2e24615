import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { bundledScript } from '../support/bundledScript.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { raceCount } from './raceCount.js';

const maker = bundledScript(new URL('./folderMaker.ts', import.meta.url));

describe('the state folder between two processes', function () {
  this.timeout(30_000);
  after(removeFolders);

  it(`can be made by both at once: ${raceCount} first runs`, async () => {
    const args = [maker, newFolder(), String(Date.now() + 400), String(raceCount)];
    const run = promisify(execFile);
    const ends = await Promise.allSettled([run(process.execPath, args), run(process.execPath, args)]);
    const problems = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
    expect(problems).to.deep.equal([]);
  });
});
