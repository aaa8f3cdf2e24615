import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readCommandLine } from '../../src/cli/program.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
import { exampleDocuments } from '../screens/documentExamples.js';
import { codeBlocksOf, commandLinesOf, npmScriptsOf } from '../support/documentCode.js';
import { type Execution, execute } from '../support/execute.js';

const project = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, project), 'utf8');

const readme = textOf('README.md');
const blocks = codeBlocksOf(readme);

/** Compared with what the program prints: test/docs/documentExamples.test.ts. */
const isExample = (block: string): boolean => block.trimStart().startsWith('$ novita-spot ');

/** Installing and building anew would pull the program away under the other tests: .ci/run does it in a clean checkout. */
const isForCi = (line: string): boolean => line.startsWith('npm ');

/** What a reader types for the start with an account: run here, in one shell, in the order of the README. */
const firstWordsOfStart = ['mkdir', 'touch', '"${EDITOR:-vi}"', 'export', 'novita-spot'];
const isOfStart = (line: string): boolean => firstWordsOfStart.includes(line.split(' ')[0] ?? '');

const typed = blocks.filter((block) => !isExample(block)).flatMap((block) => block.trimEnd().split('\n'));
const start = typed.filter(isOfStart);

describe('what the README tells to type', () => {
  it('is run by something, all of it', () => {
    expect(typed.filter((line) => !isForCi(line) && !isOfStart(line))).to.deep.equal([]);
    expect(start).to.include.members(['novita-spot migrate --dry-run', 'novita-spot migrate']);
    expect(start.indexOf('novita-spot migrate --dry-run')).to.be.below(start.indexOf('novita-spot migrate'));
  });

  const steps = textOf('.ci/run').match(/^step .*$/gm) ?? [];
  for (const line of typed.filter(isForCi)) {
    it(`is run by .ci/run: ${line}`, () => {
      for (const command of line.split(' && ')) {
        // `npm cit` begins with `npm ci`, in name and in deed.
        const isStep = steps.some((step) => step.includes(` ${command}`));
        expect(isStep, command).to.equal(true);
      }
    });
  }
});

describe('the start with an account, as the README tells it', () => {
  const apiKey = 'sk_of-the-start-0123456789';
  let folder: string;
  let sandbox: Sandbox;
  let ended: Execution;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-start-'));
    sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey });
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const program = fileURLToPath(new URL('bin/novita-spot.js', project));
    script(join(bin, 'novita-spot'), `exec '${process.execPath}' -- '${program}' "$@"`);
    script(join(bin, 'editor'), `printf '%s\\n' '${apiKey}' >"$1"`);
    const environment = {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: join(folder, 'home'),
      EDITOR: join(bin, 'editor'),
      NOVITA_API_BASE_URL: sandbox.baseUrl,
    };
    const session = start.map((line) => `echo '== ${line.replaceAll("'", '')}'\n${line}\n`).join('');
    ended = await execute('bash', ['-euc', session], { folder, environment });
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const printed: readonly (readonly [line: string, text: RegExp])[] = [
    ['novita-spot list', /13 instances: 4 reclaimed and eligible/],
    ['novita-spot check', /13 instances, 8 exited: 4 eligible\./],
    ['novita-spot migrate --dry-run', /Dry run, nothing was changed\..* 4 would be migrated\./],
    ['novita-spot migrate', /13 instances, 8 exited: 4 eligible, 4 migrated\./],
  ];
  for (const [line, text] of printed) {
    it(`prints what is to be expected: ${line}`, () => {
      const [, output = ''] = `${ended.stdout}== end`.split(`== ${line}\n`);
      expect(output.split('\n== ')[0], ended.stderr).to.match(text);
    });
  }

  it('ends well, and shows the key to nobody', () => {
    expect(ended.code, ended.stderr).to.equal(0);
    expect(ended.stdout + ended.stderr).not.to.include(apiKey);
  });
});

function script(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

describe('commands in the documents', () => {
  const facts = { version: '', scenarios: scenarioNames, width: 80 };
  const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Record<string, string> };
  for (const { path, text } of exampleDocuments()) {
    it(`are understood by the program: ${path}`, () => {
      const refused = commandLinesOf(text).filter(
        (words) => !['run', 'text', 'completion'].includes(readCommandLine(words, facts).kind),
      );
      expect(refused.map((words) => words.join(' '))).to.deep.equal([]);
    });
    it(`are scripts of package.json: ${path}`, () => {
      expect(npmScriptsOf(text).filter((name) => !(name in scripts))).to.deep.equal([]);
    });
  }
});
