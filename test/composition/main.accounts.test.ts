import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { System } from '../../src/composition/system.js';
import type { AccountsReport } from '../../src/core/accountsReport.js';
import { main } from '../../src/main.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { fakeSystem, type FakeSystem } from './fakeSystem.js';

const files = { '/accounts/amber': 'key-of-amber\n', '/accounts/blue': 'key-of-blue\n' };

function reportOf(system: FakeSystem): AccountsReport {
  return JSON.parse(system.printed()) as AccountsReport;
}

function endsOf(system: FakeSystem): readonly (readonly [string | null, number])[] {
  return reportOf(system).accounts.map(({ account, exitCode }) => [account, exitCode]);
}

describe('main, for several accounts', () => {
  const environment = { NOVITA_ACCOUNTS_DIR: '/accounts' };

  describe('on a terminal', () => {
    const question = (name: string): string => `Migrate these 4 instances of account ${name}?`;
    const asked = async (system: FakeSystem, times: number): Promise<void> => {
      while (system.logged().split('NOT KEPT').length <= times)
        await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 20));
    };

    it('asks for one account after the other: an answer is for one of them', async () => {
      const system = fakeSystem({ environment, files, terminal: true });
      const ended = main(['migrate', '--sandbox', '-o', 'json'], system);
      await asked(system, 1);
      expect(system.logged().split('NOT KEPT'), 'one plan is shown').to.have.length(2);
      system.keyboard.write('y\n');
      await asked(system, 2);
      system.keyboard.write('n\n');
      expect(await ended).to.equal(0);
      const [amber, blue] = reportOf(system).accounts;
      expect(amber?.summary).to.include({ migrated: 4, wouldMigrate: 0 });
      expect(blue?.summary).to.include({ migrated: 0, wouldMigrate: 4 });
    });

    it('says whose instances it asks about', async () => {
      const system = fakeSystem({ environment, files, terminal: true });
      let shown = '';
      const output = system.conversation?.output as NodeJS.ReadWriteStream;
      output.on('data', (text: Buffer) => (shown += text.toString()));
      system.keyboard.end();
      await main(['migrate', '--sandbox', '-o', 'json'], system);
      expect(shown).to.include(question('amber'));
    });

    it('asks nothing with --yes', async () => {
      const system = fakeSystem({ environment, files, terminal: true });
      expect(await main(['migrate', '--sandbox', '-o', 'json', '--yes'], system)).to.equal(0);
      expect(reportOf(system).summary).to.include({ migrated: 8 });
    });
  });

  it('turns a bug in one run into the end of that run alone', async () => {
    const system = fakeSystem({ environment, files });
    const { stderr } = system;
    let broken = false;
    const write = (text: string): void => {
      if (!broken && text.includes('"account":"amber","event":"summary"')) {
        broken = true;
        throw new Error('broken key-of-amber');
      }
      stderr.write(text);
    };
    const flawed: System = { ...system, stderr: { ...stderr, write } };
    expect(await main(['migrate', '--sandbox', '-o', 'json'], flawed)).to.equal(1);
    expect(endsOf(system)).to.deep.equal([
      ['amber', 1],
      ['blue', 0],
    ]);
    expect(system.logged()).to.include('Error: broken [redacted]').and.not.include('key-of');
    expect(system.printed()).to.include('internal_error').and.not.include('key-of');
  });

  it('has a signal end those that wait for their turn', async () => {
    const system = fakeSystem({ environment: { ...environment, MIGRATION_ACCOUNT_CONCURRENCY: '1' }, files });
    const onSignal: System['onSignal'] = (listener) => {
      // As soon as anybody listens: before that, it would end the process.
      queueMicrotask(() => system.send('SIGINT'));
      return system.onSignal(listener);
    };
    expect(await main(['migrate', '--sandbox', '-o', 'json'], { ...system, onSignal })).to.equal(130);
    expect(reportOf(system).accounts.map(({ exitReason }) => exitReason)).to.deep.equal([
      'interrupted',
      'interrupted',
    ]);
  });

  describe('with a state folder', () => {
    const at = useTemporaryFolder();
    let sandbox: Sandbox;
    before(async () => {
      sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: 'key-of-amber' });
    });
    after(() => sandbox.close());

    const run = async (): Promise<FakeSystem> => {
      const system = fakeSystem({
        environment: {
          ...environment,
          NOVITA_API_BASE_URL: sandbox.baseUrl,
          NOVITA_SPOT_STATE_DIR: at('state'),
        },
        files,
      });
      await main(['migrate', '-o', 'json'], system);
      return system;
    };

    it('makes every folder of it ours alone, also those that were there', async () => {
      mkdirSync(at('state', 'accounts'), { recursive: true, mode: 0o755 });
      await run();
      for (const folder of [at('state'), at('state', 'accounts'), at('state', 'accounts', 'amber')])
        expect((statSync(folder).mode & 0o777).toString(8), folder).to.equal('700');
    });

    it('does not follow a link that somebody put in the place of a folder', async () => {
      mkdirSync(at('state'));
      mkdirSync(at('elsewhere'));
      symlinkSync(at('elsewhere'), at('state', 'accounts'));
      expect(endsOf(await run())).to.deep.equal([
        ['amber', 73],
        ['blue', 73],
      ]);
      expect(readdirSync(at('elsewhere'))).to.deep.equal([]);
    });

    it('lets go of the lock of an account whose journal cannot be opened', async () => {
      const journal = at('state', 'accounts', 'amber', 'journal.jsonl');
      mkdirSync(journal, { recursive: true });
      for (const round of ['first', 'second'])
        expect(endsOf(await run())[0], round).to.deep.equal(['amber', 73]);
      rmSync(journal, { recursive: true });
      writeFileSync(journal, '');
      expect(endsOf(await run())[0]).to.deep.equal(['amber', 0]);
    });
  });
});
