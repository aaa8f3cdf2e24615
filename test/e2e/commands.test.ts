import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, type SandboxRequest, startSandbox } from '../../src/sandbox/server.js';
import { type Ended, runProgram } from '../support/runProgram.js';

function reportOf({ stdout }: Ended): Report {
  return JSON.parse(stdout) as Report;
}

function outcomesOf({ instances }: Report): Record<string, string | null> {
  return Object.fromEntries(instances.map(({ name, outcome }) => [name, outcome]));
}

const migratedInDemo = {
  'llama-finetune-2': 'migrated',
  'llama-finetune-3': 'migrated',
  'whisper-batch': 'migrated',
  'sdxl-training': 'migrated',
};
const leftAloneInDemo = {
  'comfyui-render-2': null,
  'eval-harness': null,
  'rlhf-experiment': null,
  notebook: null,
};

describe('the built program, with --sandbox', () => {
  it('migrates what was reclaimed and nothing else', async () => {
    const ended = await runProgram(['migrate', '--sandbox', '-o', 'json']);
    const report = reportOf(ended);
    expect(ended.code).to.equal(0);
    expect(outcomesOf(report)).to.deep.equal({ ...migratedInDemo, ...leftAloneInDemo });
    expect(report.summary).to.include({ total: 13, exited: 8, eligible: 4, migrated: 4, skipped: 4 });
    expect(report).to.deep.include({
      exitCode: 0,
      exitReason: 'ok',
      error: null,
      dryRun: false,
      listComplete: true,
    });
  });

  it('ends with one summary line', async () => {
    const { stderr } = await runProgram(['migrate', '--sandbox']);
    const last = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(last).to.include({
      event: 'summary',
      total: 13,
      eligible: 4,
      migrated: 4,
      exitCode: 0,
      exitReason: 'ok',
    });
  });

  it('prints nothing with --quiet when all went well', async () => {
    expect(await runProgram(['migrate', '--sandbox', '--quiet'])).to.include({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('prints one line with --quiet when something went wrong', async () => {
    const environment = { MIGRATION_LOG_FORMAT: 'text', MIGRATION_RETRY_BASE_MS: '1' };
    const { code, stdout, stderr } = await runProgram(['migrate', '--sandbox', 'faults', '--quiet'], {
      environment,
    });
    expect(code).to.equal(20);
    expect(stdout).to.equal('');
    expect(stderr.trimEnd().split('\n')).to.have.length(1);
    expect(stderr).to.include('fault-capacity (fault-capacity) no_capacity');
  });

  it('tells each fault by its outcome', async () => {
    const environment = { MIGRATION_RETRY_BASE_MS: '1' };
    const ended = await runProgram(['migrate', '--sandbox', 'faults', '-o', 'json'], { environment });
    expect(outcomesOf(reportOf(ended))).to.deep.equal({
      'fault-none': 'migrated',
      'fault-capacity': 'no_capacity',
      'fault-conflict': 'rejected',
      'fault-gone': 'gone',
      'fault-rate-limit-once': 'migrated',
      'fault-error-once': 'migrated',
      'fault-error-applied': 'migrated',
      'fault-reset-applied': 'migrated',
      'fault-html-applied': 'migrated',
      'fault-broken-answer': 'unknown',
      'fault-slow': 'migrated',
      'fault-job-fails': 'migrated',
    });
    expect(ended.code).to.equal(20);
  });

  it('has nothing to do in an empty account', async () => {
    const ended = await runProgram(['migrate', '--sandbox', 'empty', '-o', 'json']);
    expect(ended.code).to.equal(0);
    expect(reportOf(ended).instances).to.deep.equal([]);
  });

  it('lists ten thousand instances', async () => {
    const report = reportOf(await runProgram(['list', '--sandbox', 'large', '-o', 'json']));
    expect(report.instances).to.have.length(10_000);
    expect(report.summary).to.include({ total: 10_000, exited: 100, eligible: 33 });
  });

  it('shows the instances that the filters of list leave', async () => {
    const args = ['list', '--sandbox', '-o', 'json', '--status', 'exited', '--spot', '--eligible'];
    const report = reportOf(await runProgram([...args, '--include', 'llama*', '--exclude', '*-3']));
    expect(report.instances.map(({ name }) => name)).to.deep.equal(['llama-finetune-2']);
    expect(report.summary.total).to.equal(13);
  });

  it('considers only the ids that were asked for, and names those that it does not find', async () => {
    const [first] = reportOf(await runProgram(['list', '--sandbox', '-o', 'json', '--eligible'])).instances;
    const ended = await runProgram(['check', '--sandbox', '-o', 'json', '--', first?.id ?? '', 'nope']);
    const report = reportOf(ended);
    expect(report.instances.map(({ id }) => id)).to.deep.equal([first?.id]);
    expect(report.notFound).to.deep.equal(['nope']);
    expect(ended.code).to.equal(20);
  });

  it('passes over a cooldown with --force', async () => {
    const { instances } = reportOf(await runProgram(['check', '--sandbox', '-o', 'json']));
    const resting = instances.find(({ reason }) => reason === 'cooldown')?.id ?? '';
    const plain = reportOf(await runProgram(['migrate', resting, '--sandbox', '-o', 'json']));
    const forced = reportOf(await runProgram(['migrate', resting, '--force', '--sandbox', '-o', 'json']));
    expect(plain.instances[0]).to.include({ verdict: 'skipped', reason: 'cooldown', outcome: null });
    expect(forced.instances[0]).to.deep.include({
      verdict: 'eligible',
      forcedPast: ['cooldown'],
      outcome: 'migrated',
    });
  });

  const exitCodes: readonly (readonly [
    string,
    readonly string[],
    Readonly<Record<string, string>>,
    number,
  ])[] = [
    ['check', ['check', '--sandbox'], {}, 0],
    ['check --detailed-exitcode', ['check', '--sandbox', '--detailed-exitcode'], {}, 2],
    ['an empty account in detail', ['check', '--sandbox=empty', '--detailed-exitcode'], {}, 0],
    ['a dry run in detail', ['migrate', '--sandbox', '--dry-run', '--detailed-exitcode'], {}, 2],
    ['a limit of one', ['migrate', '--sandbox', '--max-per-run', '1'], {}, 20],
    ['a limit from the environment', ['migrate', '--sandbox'], { MIGRATION_MAX_PER_RUN: '1' }, 20],
    [
      'a flag that beats the environment',
      ['migrate', '--sandbox', '--max-per-run', '0'],
      { MIGRATION_MAX_PER_RUN: '1' },
      0,
    ],
    ['disabled', ['migrate'], { MIGRATION_ENABLED: 'FALSE', NOVITA_API_KEY: 'key' }, 0],
    ['an unknown command', ['migrat'], {}, 64],
    ['detail without a dry run', ['migrate', '--sandbox', '--detailed-exitcode'], {}, 64],
    ['no key', ['migrate'], {}, 78],
    ['a bad number', ['migrate', '--sandbox', '--max-concurrent', '1e1'], {}, 78],
    [
      'a closed port',
      ['list'],
      { NOVITA_API_KEY: 'key', NOVITA_API_BASE_URL: 'http://127.0.0.1:1', MIGRATION_RETRY_BASE_MS: '1' },
      69,
    ],
    ['the version', ['--version'], {}, 0],
  ];
  for (const [title, args, environment, expected] of exitCodes) {
    it(`exits with ${expected}: ${title}`, async () => {
      const { code, stderr } = await runProgram(args, { environment });
      expect(code, stderr).to.equal(expected);
      expect(stderr).not.to.match(/^\s+at /m);
    });
  }
});

describe('the built program, against the sandbox on a port', () => {
  let sandbox: Sandbox;
  let requests: SandboxRequest[];
  let environment: Record<string, string>;

  beforeEach(async () => {
    requests = [];
    const onRequest = (request: SandboxRequest): number => requests.push(request);
    sandbox = await startSandbox({ scenario: 'demo', apiKey: 'the-key', now: () => Date.now(), onRequest });
    environment = { NOVITA_API_KEY: 'the-key', NOVITA_API_BASE_URL: sandbox.baseUrl };
  });
  afterEach(() => sandbox.close());

  it('sends no migrate request in a dry run', async () => {
    const { code } = await runProgram(['migrate', '--dry-run'], { environment });
    expect(code).to.equal(0);
    expect(requests.map(({ method }) => method)).to.deep.equal(['GET', 'GET', 'GET']);
    expect(sandbox.world.applied).to.deep.equal([]);
  });

  it('sends no request when it is disabled', async () => {
    await runProgram(['migrate'], { environment: { ...environment, MIGRATION_ENABLED: 'no' } });
    expect(requests).to.deep.equal([]);
  });

  it('exits with 77 when the key is refused, and says what to do', async () => {
    const ended = await runProgram(['migrate', '-o', 'json'], {
      environment: { ...environment, NOVITA_API_KEY: 'other' },
    });
    expect(ended.code).to.equal(77);
    expect(reportOf(ended).error).to.include({ code: 'auth_refused', category: 'auth', retryable: false });
    expect(requests.map(({ status }) => status)).to.deep.equal([401]);
  });

  it('exits with 76 when something else than the API answers', async () => {
    const notTheApi = { ...environment, NOVITA_API_BASE_URL: `${sandbox.baseUrl}/elsewhere` };
    expect((await runProgram(['list'], { environment: notTheApi })).code).to.equal(76);
  });
});
