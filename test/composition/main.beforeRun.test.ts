import { expect } from 'chai';
import { main } from '../../src/main.js';
import { fakeSystem, reportOf } from './fakeSystem.js';

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
