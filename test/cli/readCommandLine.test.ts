import { expect } from 'chai';
import type { Invocation } from '../../src/cli/invocation.js';
import { readCommandLine } from '../../src/cli/program.js';

const facts = { version: '1.2.3', scenarios: ['demo', 'empty'], width: 100 };

function invocationOf(...args: readonly string[]): Invocation {
  const line = readCommandLine(args, facts);
  if (line.kind !== 'run') throw new Error(JSON.stringify(line));
  return line.invocation;
}

describe('readCommandLine', () => {
  const understood: readonly (readonly [readonly string[], Partial<Invocation>])[] = [
    [
      ['list'],
      { command: 'list', output: 'table', quiet: false, color: true, scenario: null, envFile: null },
    ],
    [['list', '-o', 'json'], { output: 'json' }],
    [['-o', 'json', 'list'], { output: 'json' }],
    [['check', '--output=markdown'], { output: 'markdown' }],
    [['check', 'i-1', 'i-2', '--detailed-exitcode'], { targets: ['i-1', 'i-2'], detailedExitCode: true }],
    [['migrate', '--dry-run'], { flags: { MIGRATION_DRY_RUN: 'true' } }],
    [['migrate', '-v'], { flags: { MIGRATION_LOG_LEVEL: 'debug' } }],
    [['migrate', '--max-concurrent', '3'], { flags: { MIGRATION_MAX_CONCURRENT: '3' } }],
    [['migrate', '--max-per-run=0'], { flags: { MIGRATION_MAX_PER_RUN: '0' } }],
    [['migrate', '--wait'], { flags: { MIGRATION_WAIT_SECONDS: '600' } }],
    [['migrate', '--wait', '90s'], { flags: { MIGRATION_WAIT_SECONDS: '90' } }],
    [['migrate', '--wait=30m'], { flags: { MIGRATION_WAIT_SECONDS: '1800' } }],
    [['migrate', '--wait', '45'], { flags: { MIGRATION_WAIT_SECONDS: '45' } }],
    [['migrate', '--wait', '--yes'], { flags: { MIGRATION_WAIT_SECONDS: '600' }, yes: true }],
    [['migrate', 'i-1', '--wait', '0H'], { targets: ['i-1'], flags: { MIGRATION_WAIT_SECONDS: '0' } }],
    [['migrate', 'i-1', '--force', '--yes'], { targets: ['i-1'], force: true, yes: true }],
    [['migrate', '--no-color', '-q', '--env-file', 'x.env'], { color: false, quiet: true, envFile: 'x.env' }],
    [['migrate', '--sandbox'], { scenario: 'demo' }],
    [['migrate', '--sandbox', 'empty'], { scenario: 'empty' }],
    [['--sandbox', 'list'], { command: 'list', scenario: 'demo' }],
    [['--sandbox', 'empty', 'list'], { command: 'list', scenario: 'empty' }],
    [['sandbox'], { command: 'sandbox', scenario: 'demo', port: 0 }],
    [['sandbox', '--scenario', 'empty', '--port', '8080'], { scenario: 'empty', port: 8080 }],
  ];
  for (const [args, expected] of understood) {
    it(`understands ${args.join(' ')}`, () => {
      expect(invocationOf(...args)).to.deep.include(expected);
    });
  }

  it('understands the filters of list', () => {
    const args = [
      'list',
      '--status',
      'exited',
      '--spot',
      '--eligible',
      '--include',
      'a*, b',
      '--exclude',
      ',c',
    ];
    expect(invocationOf(...args).filters).to.deep.equal({
      status: 'exited',
      spot: true,
      eligible: true,
      include: ['a*', 'b'],
      exclude: ['c'],
    });
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /command is missing/],
    [
      'help on an unknown command',
      ['help', 'migrat'],
      /unknown command 'migrat'\n\(Did you mean migrate\?\)$/,
    ],
    ['a file of the name help, and no command', ['--env-file', 'help'], /^a command is missing/],
    ['a mistyped option of all commands', ['list', '--ouptut=json'], /Did you mean --output\?/],
    ['a mistyped option before the command', ['--sandbxo', 'list'], /Did you mean --sandbox\?/],
    ['a mistyped format', ['list', '-o', 'jsno'], /Did you mean json\?/],
    ['a mistyped scenario', ['sandbox', '--scenario', 'fualts'], /Allowed choices are demo, empty\.$/],
    ['a scenario that is nearly one', ['list', '--sandbox', 'demmo'], /Did you mean demo\?/],
    ['a mistyped shell', ['completion', 'fsh'], /Did you mean fish\?/],
    ['completion for no shell', ['completion'], /missing required argument 'shell'/],
    ['an unknown command', ['migrat'], /unknown command 'migrat'[\s\S]*migrate/],
    ['an unknown option', ['migrate', '--dryrun'], /unknown option '--dryrun'[\s\S]*--dry-run/],
    ['an unknown format', ['list', '-o', 'xml'], /Allowed choices are table, json, markdown/],
    ['an unknown scenario', ['list', '--sandbox=nope'], /Allowed choices are demo, empty/],
    ['a wait that is too long', ['migrate', '--wait', '1h'], /'1h' is invalid.*0s to 30m/],
    [
      'an id in the place of a duration',
      ['migrate', '--wait', 'i-1'],
      /'i-1' is invalid.*Instances are named before/,
    ],
    ['half a second', ['migrate', '--wait', '0.5s'], /'0.5s' is invalid/],
    ['a wait below zero', ['migrate', '--wait=-5'], /'-5' is invalid/],
    ['a wait of nothing', ['migrate', '--wait='], /wait/],
    ['force without ids', ['migrate', '--force'], /--force.*needs the ids or names/],
    ['an empty name', ['migrate', '', '--force'], /an argument is empty/],
    ['too many arguments', ['list', 'i-1'], /too many arguments/],
    ['a port out of range', ['sandbox', '--port', '65536'], /0 to 65535/],
    ['a port that is no number', ['sandbox', '--port', '8e2'], /0 to 65535/],
    ['an option without its value', ['list', '--status'], /argument missing/],
  ];
  for (const [title, args, message] of refused) {
    it(`refuses ${title}`, () => {
      const line = readCommandLine(args, facts);
      expect(line.kind).to.equal('usage');
      expect(line).to.have.property('message').that.matches(message);
    });
  }

  for (const shell of ['bash', 'zsh', 'fish']) {
    it(`understands completion ${shell}`, () => {
      expect(readCommandLine(['completion', shell], facts)).to.deep.equal({ kind: 'completion', shell });
    });
  }

  const texts: readonly (readonly [readonly string[], RegExp])[] = [
    [['--version'], /^1\.2\.3\n$/],
    [['--help'], /migrate[\s\S]*Exit status:[\s\S]*78/],
    [['help', 'migrate'], /--dry-run[\s\S]*--sandbox[\s\S]*Exit status:[\s\S]*21/],
    [['migrate', '--help'], /--max-per-run/],
    [['--sandbox', 'help', 'migrate'], /--max-per-run/],
    [['list', '--version'], /^1\.2\.3\n$/],
  ];
  for (const [args, text] of texts) {
    it(`answers ${args.join(' ')}`, () => {
      const line = readCommandLine(args, facts);
      expect(line.kind).to.equal('text');
      expect(line).to.have.property('text').that.matches(text);
    });
  }
});
