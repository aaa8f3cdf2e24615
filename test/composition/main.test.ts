import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { main } from '../../src/main.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { fakeSystem, type FakeSystem } from './fakeSystem.js';

function reportOf(system: FakeSystem): Report {
  return JSON.parse(system.printed()) as Report;
}

describe('main, before there is a run', () => {
  it('prints the version and help on stdout', async () => {
    const system = fakeSystem();
    expect(await main(['--version'], system)).to.equal(0);
    expect(await main(['help', 'migrate'], system)).to.equal(0);
    expect(system.printed())
      .to.match(/^1\.2\.3\n/)
      .and.include('Exit status:');
    expect(system.logged()).to.equal('');
  });

  it('explains a bad command line on stderr', async () => {
    const system = fakeSystem();
    expect(await main(['migrat'], system)).to.equal(64);
    expect(system.printed()).to.equal('');
    expect(system.logged()).to.include('Did you mean migrate?');
  });

  for (const args of [
    ['list', '--nope', '-o', 'json'],
    ['list', '--nope', '-ojson'],
    ['--output=json', 'nope'],
  ]) {
    it(`prints a report of a bad command line: ${args.join(' ')}`, async () => {
      const system = fakeSystem();
      expect(await main(args, system)).to.equal(64);
      expect(reportOf(system)).to.deep.include({
        command: null,
        exitCode: 64,
        exitReason: 'usage',
        instances: [],
      });
      expect(reportOf(system).error?.code).to.equal('usage_invalid');
    });
  }

  it('names every problem of the configuration, in one line of log', async () => {
    const system = fakeSystem({
      environment: { MIGRATION_MAX_CONCURRENT: 'many', MIGRATION_DRYRUN: 'true' },
    });
    expect(await main(['migrate', '-o', 'json'], system)).to.equal(78);
    expect(reportOf(system).error?.message)
      .to.include('NOVITA_API_KEY')
      .and.include('MIGRATION_MAX_CONCURRENT');
    expect(reportOf(system).warnings.join()).to.include('MIGRATION_DRY_RUN');
    const events = system
      .logged()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).to.deep.equal(['config_warning', 'run_failed', 'summary']);
  });

  it('turns a bug into exit code 1, with its stack and without the key', async () => {
    const system = fakeSystem({ environment: { NOVITA_API_KEY: 'the-secret-key' } });
    const broken = {
      ...system,
      onSignal: () => {
        throw new Error('broken the-secret-key');
      },
    };
    expect(await main(['list', '-o', 'json'], broken)).to.equal(1);
    expect(system.logged())
      .to.include('Error: broken [redacted]')
      .and.match(/^ +at /m);
    expect(reportOf(system)).to.include({ exitCode: 1, exitReason: 'internal' });
  });
});

describe('main, on the sandbox', () => {
  for (const command of ['list', 'check', 'migrate'] as const) {
    it(`runs ${command}`, async () => {
      const system = fakeSystem();
      expect(await main([command, '--sandbox'], system)).to.equal(0);
      expect(system.printed())
        .to.include('llama-finetune-2')
        .and.include('13 instances, 8 exited: 4 eligible');
    });
  }

  it('uses colour on a terminal', async () => {
    const system = fakeSystem({ terminal: true });
    await main(['list', '--sandbox'], system);
    expect(system.printed()).to.include('\u001b[32m');
    const uncoloured = fakeSystem({ terminal: true });
    await main(['list', '--sandbox', '--no-color'], uncoloured);
    expect(uncoloured.printed()).not.to.include('\u001b');
  });

  it('takes variables from an env file', async () => {
    const system = fakeSystem({ files: { '/spot.env': 'MIGRATION_MAX_PER_RUN=1\n' } });
    expect(await main(['migrate', '--sandbox', '--env-file', '/spot.env', '-o', 'json'], system)).to.equal(
      20,
    );
    expect(reportOf(system).summary).to.include({ migrated: 1, deferred: 3 });
  });

  const answers: readonly (readonly [string, string, number])[] = [
    ['y\n', 'migrated', 4],
    ['YES\n', 'migrated', 4],
    ['n\n', 'wouldMigrate', 4],
    ['\n', 'wouldMigrate', 4],
    ['yellow\n', 'wouldMigrate', 4],
  ];
  for (const [answer, count, expected] of answers) {
    it(`asks on a terminal, and takes ${JSON.stringify(answer)} for an answer`, async () => {
      const system = fakeSystem({ terminal: true });
      system.keyboard.write(answer);
      expect(await main(['migrate', '--sandbox', '-o', 'json'], system)).to.equal(0);
      expect(reportOf(system).summary).to.include({ [count]: expected });
      expect(system.logged()).to.include('sdxl-training').and.include('NOT KEPT');
    });
  }

  it('takes the end of the input for a no', async () => {
    const system = fakeSystem({ terminal: true });
    system.keyboard.end();
    expect(await main(['migrate', '--sandbox', '-o', 'json'], system)).to.equal(0);
    expect(reportOf(system).summary).to.include({ migrated: 0, wouldMigrate: 4 });
  });

  it('does not ask with --yes', async () => {
    const system = fakeSystem({ terminal: true });
    await main(['migrate', '--sandbox', '-o', 'json', '--yes'], system);
    expect(reportOf(system).summary).to.include({ migrated: 4 });
  });

  it('ends the question when a signal comes', async () => {
    const system = fakeSystem({ terminal: true });
    const ended = main(['migrate', '--sandbox', '-o', 'json'], system);
    while (!system.logged().includes('NOT KEPT')) await new Promise((resolve) => setTimeout(resolve, 5));
    system.send('SIGINT');
    expect(await ended).to.equal(130);
    expect(reportOf(system).summary).to.include({ migrated: 0, notStarted: 4 });
  });

  it('serves it until a signal comes', async () => {
    const system = fakeSystem();
    const ended = main(['sandbox'], system);
    while (!system.printed().includes('NOVITA_API_KEY='))
      await new Promise((resolve) => setTimeout(resolve, 5));
    const [, baseUrl = ''] = /NOVITA_API_BASE_URL=(\S+)/.exec(system.printed()) ?? [];
    expect((await fetch(`${baseUrl}/gpu-instance/openapi/v1/jobs`)).status).to.equal(401);
    const second = fakeSystem();
    expect(await main(['sandbox', '--port', new URL(baseUrl).port], second)).to.equal(69);
    system.send('SIGTERM');
    expect(await ended).to.equal(0);
  });
});

describe('main, with a state folder', () => {
  const at = useTemporaryFolder();
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: 'the-key' });
  });
  after(() => sandbox.close());

  const system = (changes: Readonly<Record<string, string>> = {}): FakeSystem =>
    fakeSystem({
      environment: {
        NOVITA_API_KEY: 'the-key',
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_SPOT_STATE_DIR: at('state'),
        MIGRATION_RETRY_BASE_MS: '1',
        ...changes,
      },
    });
  const journal = (): readonly Record<string, unknown>[] =>
    readFileSync(at('state', 'journal.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('writes down the run, each intent and each result', async () => {
    expect(await main(['migrate'], system())).to.equal(0);
    const entries = journal();
    expect(entries.map(({ type }) => type).sort()).to.deep.equal(
      ['run_start', ...Array<string>(4).fill('intent'), ...Array<string>(4).fill('result'), 'run_end'].sort(),
    );
    expect(entries[0]).to.include({ type: 'run_start', pid: 4711, version: '1.2.3' });
    expect(entries.at(-1)).to.include({ type: 'run_end', exitCode: 0, exitReason: 'ok' });
  });

  it('names the intents that an earlier run left without a result, once', async () => {
    await main(['migrate'], system());
    const time = '2026-11-24T12:00:00.000Z';
    const intent = { type: 'intent', time, runId: 'earlier', instanceId: 'i-lost', attempt: 1 };
    writeFileSync(at('state', 'journal.jsonl'), `${JSON.stringify(intent)}\ntorn`);
    const first = system();
    await main(['migrate', '-o', 'json'], first);
    expect(reportOf(first).warnings).to.have.length(2);
    expect(reportOf(first).warnings.join()).to.include('i-lost');
    const second = system();
    await main(['migrate', '-o', 'json'], second);
    expect(reportOf(second).warnings.join()).not.to.include('i-lost');
  });

  it('does nothing while another run holds the lock', async () => {
    let waiting = true;
    const slow = await startSandbox({
      scenario: 'demo',
      now: () => Date.now(),
      apiKey: 'the-key',
      latencyMs: 300,
    });
    const first = main(['migrate'], system({ NOVITA_API_BASE_URL: slow.baseUrl })).finally(
      () => (waiting = false),
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    const second = system();
    expect(waiting).to.equal(true);
    expect(await main(['migrate', '-o', 'json'], second)).to.equal(75);
    expect(reportOf(second).error?.message).to.include('pid 4711');
    expect(await main(['migrate', '--dry-run'], system())).to.equal(0);
    expect(await first).to.equal(0);
    await slow.close();
  });

  it('says when the folder cannot be used', async () => {
    writeFileSync(at('state'), 'a file');
    const first = system();
    expect(await main(['migrate', '-o', 'json'], first)).to.equal(73);
    expect(reportOf(first).error).to.include({ code: 'state_unusable', category: 'state' });
  });

  it('leaves no trace of a dry run', async () => {
    await main(['migrate', '--dry-run'], system());
    expect(() => readFileSync(at('state', 'lock'))).to.throw('ENOENT');
  });

  it('ends with 143 when a signal comes, and gives up at the second one', async () => {
    const slow = await startSandbox({
      scenario: 'demo',
      now: () => Date.now(),
      apiKey: 'the-key',
      latencyMs: 500,
    });
    const stopped = system({ NOVITA_API_BASE_URL: slow.baseUrl });
    const ended = main(['migrate', '-o', 'json'], stopped);
    while (!stopped.logged().includes('migrate_requested'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    stopped.send('SIGTERM');
    stopped.send('SIGTERM');
    expect(await ended).to.equal(143);
    expect(reportOf(stopped)).to.include({ exitReason: 'interrupted' });
    expect(reportOf(stopped).summary).to.include({ migrated: 0, eligible: 4 });
    await slow.close();
  });

  it('ends with 124 at its deadline', async () => {
    const slow = await startSandbox({
      scenario: 'demo',
      now: () => Date.now(),
      apiKey: 'the-key',
      latencyMs: 5000,
    });
    const late = system({ NOVITA_API_BASE_URL: slow.baseUrl, MIGRATION_JOB_TIMEOUT_MS: '1000' });
    expect(await main(['migrate', '-o', 'json'], late)).to.equal(124);
    expect(reportOf(late).error?.code).to.equal('deadline_reached');
    await slow.close();
  });

  it('says what keeps it from using the sandbox on a closed port', async () => {
    const closed = system({ NOVITA_API_BASE_URL: 'http://127.0.0.1:1' });
    expect(await main(['check', 'i-1', '-o', 'json'], closed)).to.equal(69);
    expect(reportOf(closed)).to.deep.include({ listComplete: false, instances: [] });
  });

  it('calls nothing when it is disabled, and refuses detail without a dry run', async () => {
    expect(
      await main(
        ['migrate'],
        system({ MIGRATION_ENABLED: 'false', NOVITA_API_BASE_URL: 'http://127.0.0.1:1' }),
      ),
    ).to.equal(0);
    expect(await main(['migrate', '--detailed-exitcode'], system())).to.equal(64);
  });
});
