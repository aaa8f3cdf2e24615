import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemsOf } from '../schemas/reportSchema.js';
import { startInParallel } from '../support/inParallel.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { journalText } from '../support/pastRuns.js';
import { type Ended, runProgram } from '../support/runProgram.js';

type Environment = Readonly<Record<string, string>>;

const escape = '\u001b[';
const commands: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['list', ['list', '--sandbox']],
  ['check', ['check', '--sandbox']],
  ['migrate', ['migrate', '--sandbox', '--dry-run']],
  ['status', ['status']],
];

/** What off a terminal makes output coloured, and what does not. */
const settings: readonly (readonly [string, Environment, readonly string[], boolean])[] = [
  ['off a terminal', {}, [], false],
  ['in CI', { CI: 'true' }, [], false],
  ['with a capable TERM', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, [], false],
  ['with TERM=dumb', { TERM: 'dumb' }, [], false],
  ['with NO_COLOR', { NO_COLOR: '1' }, [], false],
  ['with FORCE_COLOR', { FORCE_COLOR: '1' }, [], true],
  ['with FORCE_COLOR in CI', { FORCE_COLOR: '1', CI: 'true' }, [], true],
  ['with FORCE_COLOR and TERM=dumb', { FORCE_COLOR: '1', TERM: 'dumb' }, [], true],
  ['with FORCE_COLOR=0', { FORCE_COLOR: '0' }, [], false],
  ['with FORCE_COLOR and NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
  ['with FORCE_COLOR and --no-color', { FORCE_COLOR: '1' }, ['--no-color'], false],
  ['with FORCE_COLOR, as JSON', { FORCE_COLOR: '1' }, ['-o', 'json'], false],
  ['with FORCE_COLOR, as Markdown', { FORCE_COLOR: '1' }, ['-o', 'markdown'], false],
];

interface Run {
  readonly title: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly coloured: boolean;
}

const runs: readonly Run[] = commands.flatMap(([name, args]) =>
  settings.map(([setting, environment, more, coloured]) => ({
    title: `${name} ${setting}`,
    args: [...args, ...more],
    environment,
    coloured,
  })),
);

/** Runs of each command that fail, and with which exit code. */
const failures: readonly (readonly [readonly string[], Environment, number])[] = [
  ...commands.map(
    ([name]) =>
      [[name, '--accounts-dir', '/dev/null/none'], {}, 78] as readonly [
        readonly string[],
        Environment,
        number,
      ],
  ),
  [['list'], {}, 78],
  [['check', 'nope', '--sandbox'], {}, 21],
  [['migrate', '--plan', '/dev/null', '--sandbox'], {}, 64],
  [['migrate', '--plan', 'p.json', 'an-id'], {}, 64],
  [['status'], {}, 3],
  [['status', '--limit', 'all'], {}, 64],
];

describe('the output of the built program', () => {
  let healthy: string;
  let resultOf: (run: Run) => Promise<Ended>;
  before(() => {
    healthy = newFolder();
    const runsBefore = [{ id: 'a', startedAtMs: Date.now() - 60_000, exitCode: 0 }];
    writeFileSync(join(healthy, 'journal.jsonl'), journalText(runsBefore));
    resultOf = startInParallel(runs, ({ args, environment }) =>
      runProgram(args, { environment: { NOVITA_SPOT_STATE_DIR: healthy, ...environment } }),
    );
  });
  after(removeFolders);

  for (const run of runs) {
    it(`is ${run.coloured ? 'coloured' : 'plain'}: ${run.title}`, async () => {
      const { code, stdout, stderr } = await resultOf(run);
      expect(code).to.equal(0);
      expect(stdout).not.to.equal('');
      expect(stdout.includes(escape), stdout).to.equal(run.coloured);
      // Logs off a terminal are for programs.
      expect(stderr).not.to.include(escape);
    });
  }

  for (const [args, environment, code] of failures) {
    it(`is one document when it fails: ${args.join(' ')}`, async () => {
      const ended = await runProgram([...args, '-o', 'json'], { environment });
      expect(ended.code).to.equal(code);
      expect(ended.stdout).to.match(/^\{[^]*\}\n$/);
      const document = JSON.parse(ended.stdout) as { readonly exitCode: number };
      expect(problemsOf(document)).to.deep.equal([]);
      expect(document.exitCode).to.equal(code);
    });
  }

  for (const [name, args] of commands) {
    it(`is nothing with --quiet when all is well: ${name}`, async () => {
      const environment = { NOVITA_SPOT_STATE_DIR: healthy };
      expect(await runProgram([...args, '--quiet'], { environment })).to.include({
        code: 0,
        stdout: '',
        stderr: '',
      });
    });
  }

  it('has the same fields in every row', async () => {
    const { stdout } = await runProgram(['list', '--sandbox', '-o', 'json']);
    const { instances } = JSON.parse(stdout) as { readonly instances: readonly object[] };
    const fields = new Set(instances.map((instance) => Object.keys(instance).join()));
    expect(instances).to.have.length(13);
    expect(fields.size).to.equal(1);
  });
});
