import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/main.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { until } from '../support/until.js';
import { reportOf } from './fakeSystem.js';
import { useSharedSandbox } from './onSharedSandbox.js';

describe('main, with a state folder', () => {
  const { at, system } = useSharedSandbox();
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

  it('writes down whether the run was for the whole account', async () => {
    await main(['migrate'], system());
    await main(['migrate', 'no-such-name'], system());
    const starts = journal().filter(({ type }) => type === 'run_start');
    expect(starts.map(({ wholeAccount }) => wholeAccount)).to.deep.equal([true, false]);
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
    const slow = await startSandbox({
      scenario: 'demo',
      now: () => Date.now(),
      apiKey: 'the-key',
      latencyMs: 60_000,
    });
    const holding = system({ NOVITA_API_BASE_URL: slow.baseUrl });
    const first = main(['migrate'], holding);
    await until(() => existsSync(at('state', 'journal.jsonl')));
    const second = system();
    expect(await main(['migrate', '-o', 'json'], second)).to.equal(75);
    expect(reportOf(second).error?.message).to.include('pid 4711');
    expect(await main(['migrate', '--dry-run'], system())).to.equal(0);
    holding.send('SIGTERM');
    expect(await first).to.equal(143);
    expect(await main(['migrate'], system())).to.equal(0);
    await slow.close();
  });

  it('remembers what was refused for what it is, also when it only looks', async () => {
    const fresh = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: 'the-key' });
    const onFresh = { NOVITA_API_BASE_URL: fresh.baseUrl };
    const looked = system(onFresh);
    await main(['list', '-o', 'json'], looked);
    const id = reportOf(looked).instances.find(({ verdict }) => verdict === 'eligible')?.id;
    const time = new Date().toISOString();
    const line = {
      type: 'result',
      time,
      runId: 'r',
      instanceId: id,
      outcome: 'rejected',
      error: 'incompatible',
    };
    mkdirSync(at('state'));
    writeFileSync(at('state', 'journal.jsonl'), `${JSON.stringify(line)}\n`);
    for (const command of ['list', 'check', 'migrate']) {
      const told = system(onFresh);
      await main([command, '-o', 'json'], told);
      const instance = reportOf(told).instances.find((each) => each.id === id);
      expect(instance, command).to.include({ verdict: 'skipped', reason: 'quarantined', outcome: null });
    }
    await fresh.close();
  });

  it('says when the folder cannot be used', async () => {
    writeFileSync(at('state'), 'a file');
    const first = system();
    expect(await main(['migrate', '-o', 'json'], first)).to.equal(73);
    expect(reportOf(first).error).to.include({ code: 'state_unusable', category: 'state' });
  });

  for (const flag of ['--dry-run', '--sandbox'])
    it(`leaves no trace of a run with ${flag}`, async () => {
      expect(await main(['migrate', flag], system())).to.equal(0);
      expect(existsSync(at('state'))).to.equal(false);
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
    expect(() => readFileSync(at('state', 'lock'))).to.throw('ENOENT');
  });
});
