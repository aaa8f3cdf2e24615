import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { journalText } from '../support/pastRuns.js';
import { runProgram } from '../support/runProgram.js';

const document = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8');
const examples = [...document.matchAll(/^novita-spot (.+) \| jq (-r )?'(.+)'$/gm)];

/** What each example finds on the sandbox, or in a journal of two runs. */
const expected: readonly RegExp[] = [
  /^d06052c629ce00fc\nafb762eba98069f5\n3c899f74fba791fd\n8087770afb8c5af4\n$/,
  /^fault-capacity\tno_capacity\tno_capacity\t[A-Z][^\t]+\.$/m,
  /^fault-none\trecovered\t\d+$/m,
  /^$/,
  /^4 not_exited$/m,
  /^embedding-server\t\d{4}-\d\d-\d\dT/,
  /^comfyui-render-2\tcooldown\ttime\t\d{4}-[^\t]+Z$/m,
  /^comfyui-render-2\t\d{4}-[^\t]+Z\tsuccess\t$/m,
  /^"7febff25a2729d50","llama-finetune-1","running","not_exited"$/m,
  /^[1-9]\d?(\.\d+)?\n$/,
  /^\d+(\.\d+)?\n$/,
  /^\d{4}-[^\t]+\tended\tpartial\n$/,
];

describe('the examples with jq', () => {
  afterEach(removeFolders);

  it('are as many as are tried', () => expect(examples).to.have.length(expected.length));

  for (const [index, [, commandLine = '', raw = '', filter = '']] of examples.entries()) {
    it(`work: ${filter}`, async () => {
      const stateDir = newFolder();
      const runs = [
        { id: 'a', startedAtMs: Date.now() - 120_000, exitCode: 20 },
        { id: 'b', startedAtMs: Date.now() - 60_000, exitCode: 0 },
      ];
      writeFileSync(join(stateDir, 'journal.jsonl'), journalText(runs));
      const words = commandLine.split(' ');
      const [command] = words;
      const sandbox = command === 'status' ? [] : ['--sandbox', command === 'migrate' ? 'faults' : 'demo'];
      const { stdout } = await runProgram([...words, ...sandbox], {
        environment: { NOVITA_SPOT_STATE_DIR: stateDir, MIGRATION_RETRY_BASE_MS: '1' },
      });
      const flags = raw === '' ? [] : ['-r'];
      const jq = spawnSync('jq', [...flags, filter], { input: stdout, encoding: 'utf8' });
      expect(jq.stderr).to.equal('');
      expect(jq.stdout).to.match(expected[index] ?? /^$/);
    });
  }
});
