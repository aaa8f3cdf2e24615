import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { programModel } from '../../src/cli/programModel.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
import { startInParallel } from '../support/inParallel.js';
import { runProgram, startProgram } from '../support/runProgram.js';

const program = programModel({ version: '', scenarios: scenarioNames, width: 80 });
const lines = new Set(
  [program, ...program.commands].flatMap((command) => command.examples.map(({ line }) => line)),
);
const forAnAccount = new Set(['list', 'check', 'migrate']);

/** What the program is started with, without what the shell does around it. */
function wordsOf(line: string): readonly string[] {
  const [, command = ''] = /novita-spot ([^>|)]+)/.exec(line) ?? [];
  return command
    .trim()
    .split(' ')
    .map((word) => word.replaceAll("'", ''));
}

/** Starts the sandbox, and stops it once it has printed what a client needs. */
async function serve(
  args: readonly string[],
  use: (printed: string) => Promise<void>,
): Promise<number | null> {
  const { child, ended } = startProgram(args);
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    void ended.then(({ stderr }) => reject(new Error(stderr)));
    child.stdout?.on('data', (text: string) => {
      printed += text;
      if (printed.split('\n').length > 2) resolve();
    });
  });
  try {
    await use(printed);
  } finally {
    child.kill('SIGTERM');
  }
  return (await ended).code;
}

/** Runs an example; those that need an account, on the sandbox. */
async function runExample(line: string, folder: string): Promise<number | null> {
  const words = wordsOf(line);
  const [command = ''] = words;
  if (words.includes('--plan')) return followPlan(words, folder);
  if (command === 'sandbox') return serve(words, () => Promise.resolve());
  if (!words.includes('sandbox.env')) {
    const onSandbox = forAnAccount.has(command) && !words.includes('--sandbox');
    return (await runProgram([...words, ...(onSandbox ? ['--sandbox'] : [])])).code;
  }
  let code: number | null = null;
  const file = join(folder, 'sandbox.env');
  await serve(['sandbox'], async (printed) => {
    writeFileSync(file, printed);
    code = (await runProgram(words.map((word) => (word === 'sandbox.env' ? file : word)))).code;
  });
  return code;
}

/** Writes a plan down and does it, in one account: that of --sandbox is new each time. */
async function followPlan(words: readonly string[], folder: string): Promise<number | null> {
  let code: number | null = null;
  const [env, plan] = ['plan.env', 'plan.json'].map((name) => join(folder, name)) as [string, string];
  await serve(['sandbox'], async (printed) => {
    writeFileSync(env, printed);
    const planned = await runProgram(['migrate', '--dry-run', '-o', 'json', '--env-file', env]);
    writeFileSync(plan, planned.stdout);
    const given = words.map((word) => (word === 'p.json' ? plan : word));
    code = (await runProgram([...given, '--env-file', env])).code;
  });
  return code;
}

describe('the examples of the help', () => {
  let folder: string;
  let codeOf: (line: string) => Promise<number | null>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-'));
    codeOf = startInParallel([...lines], (line) => runExample(line, folder));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are there for every command', () => {
    const without = program.commands.filter((command) => command.examples.length === 0);
    expect(without.map(({ name }) => name)).to.deep.equal(['help']);
  });

  /** There is no journal yet where these are run. */
  const expectedCode = (line: string): number => {
    if (line.startsWith('novita-spot status')) return 3;
    // It draws on a terminal, and here is none.
    if (line.includes('--watch')) return 64;
    // On the sandbox, an instance has been down for a day.
    return /--detailed-exitcode|--monitor/.test(line) ? 2 : 0;
  };

  for (const line of lines) {
    it(`work: ${line}`, async () => {
      expect(await codeOf(line)).to.equal(expectedCode(line));
    });
  }
});
