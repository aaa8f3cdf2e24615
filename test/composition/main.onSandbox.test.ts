import { expect } from 'chai';
import { main } from '../../src/main.js';
import { fakeSystem, reportOf } from './fakeSystem.js';

describe('main, on the sandbox', () => {
  const footers = {
    list: '13 instances: 4 reclaimed and eligible, 1 reclaim notice in 42m, 8 exited',
    check: '13 instances, 8 exited: 4 eligible',
    migrate: '13 instances, 8 exited: 4 eligible',
  };
  for (const [command, footer] of Object.entries(footers)) {
    it(`runs ${command}`, async () => {
      const system = fakeSystem();
      expect(await main([command, '--sandbox'], system)).to.equal(0);
      expect(system.printed()).to.include('llama-finetune-2').and.include(footer);
    });
  }

  it('lists as wide as the terminal, in full with --wide, sorted and with times', async () => {
    const screenOf = async (...args: readonly string[]): Promise<readonly string[]> => {
      const system = fakeSystem({ terminal: true, width: 60 });
      expect(await main(['list', '--sandbox', '--no-color', ...args], system)).to.equal(0);
      return system.printed().trimEnd().split('\n');
    };
    const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));
    expect(widest(await screenOf())).to.be.at.most(60);
    const wide = await screenOf('--wide', '--sort', 'reclaim', '--verbose');
    expect(widest(wide)).to.be.greaterThan(130);
    expect(wide[0]).to.include('RECLAIM (UTC)');
    expect(wide[1]).to.include('!  embedding-server');
  });

  it('sorts for programs as well', async () => {
    const system = fakeSystem();
    await main(['list', '--sandbox', '-o', 'json', '--sort', 'name', '--eligible'], system);
    expect(reportOf(system).instances.map(({ name }) => name)).to.deep.equal([
      'llama-finetune-2',
      'llama-finetune-3',
      'sdxl-training',
      'whisper-batch',
    ]);
  });

  it('says that no instance matches, and that there are some', async () => {
    const system = fakeSystem();
    expect(await main(['list', '--sandbox', '--status', 'stopped'], system)).to.equal(0);
    expect(system.printed()).to.equal(
      'No instance matches --status stopped. The account has 13 instances: 8 exited, 4 running, 1 migrating.\n',
    );
  });

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

  it('shows the result beside a warning', async () => {
    const system = fakeSystem({ environment: { MIGRATION_FOO: '1' } });
    expect(await main(['migrate', '--sandbox', 'demo', 'nope'], system)).to.equal(21);
    expect(system.printed()).to.include('1 not found');
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
