import { expect } from 'chai';
import { main } from '../../src/main.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { screenOfTerminal } from '../support/screenOfTerminal.js';
import { until } from '../support/until.js';
import { fakeSystem, type FakeSystem } from './fakeSystem.js';

const hideCursor = '\u001b[?25l';
const migrate = ['migrate', '--yes'];

describe('main, watched at a terminal', () => {
  const at = useTemporaryFolder();
  let sandbox: Sandbox;
  const serve = async (latencyMs: number, scenario: 'demo' | 'busy' = 'demo'): Promise<void> => {
    sandbox = await startSandbox({ scenario, now: () => Date.now(), apiKey: 'the-key', latencyMs });
  };
  afterEach(() => sandbox.close());

  const system = (
    environment: Readonly<Record<string, string>> = {},
    { terminal = true, files = {} }: { terminal?: boolean; files?: Readonly<Record<string, string>> } = {},
  ): FakeSystem =>
    fakeSystem({
      terminal,
      files,
      environment: {
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_SPOT_STATE_DIR: at('state'),
        MIGRATION_RETRY_BASE_MS: '1',
        ...(Object.keys(files).length === 0 ? { NOVITA_API_KEY: 'the-key' } : {}),
        ...environment,
      },
    });

  it('shows how the run goes on, and leaves nothing of it but the log', async () => {
    await serve(200);
    const watched = system();
    expect(await main(migrate, watched)).to.equal(0);
    expect(watched.logged())
      .to.match(/sdxl-training +sending +0s\n/)
      .and.include('0/4  ');
    const { lines, cursor } = screenOfTerminal(watched.logged());
    expect(cursor).to.equal(true);
    const log = lines.filter((line) => line !== '');
    expect(log.filter((line) => line.endsWith(': migrated'))).to.have.length(4);
    for (const line of log) expect(line).to.match(/^\d\d:\d\d:\d\d (info|warn) /);
  });

  for (const command of ['list', 'check'] as const) {
    it(`says that ${command} is reading when that takes a while, and leaves nothing of it`, async () => {
      await serve(600);
      const watched = system();
      expect(await main([command], watched)).to.equal(0);
      expect(watched.logged()).to.match(/Reading instances {2}\ds\n/);
      expect(screenOfTerminal(watched.logged())).to.deep.equal({ lines: [''], cursor: true });
    });
  }

  it('says so until all is read that the question is about', async () => {
    await serve(450);
    const watched = system();
    const ended = main(['migrate'], watched);
    await until(() => watched.logged().includes('Together'));
    watched.keyboard.write('n\r');
    expect(await ended).to.equal(0);
    const shown = watched.logged();
    expect(shown).to.include('Reading instances  1s\n');
    expect(screenOfTerminal(shown.slice(0, shown.indexOf('Together'))).cursor).to.equal(true);
    expect(shown.slice(shown.indexOf('Together'))).not.to.include('Reading');
  });

  it('leaves the terminal in order when reading ends in a failure', async () => {
    await serve(600);
    const watched = system({ NOVITA_API_KEY: 'another-key' });
    expect(await main(['list'], watched)).to.equal(77);
    const { lines, cursor } = screenOfTerminal(watched.logged());
    expect(cursor).to.equal(true);
    expect(lines[0]).to.include('error The API refused the key');
    expect(lines.join('\n')).not.to.include('Reading');
  });

  const unwatched: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
    ['with --quiet', ['--quiet'], {}],
    ['with --verbose', ['--verbose'], {}],
    ['in CI', [], { CI: 'true' }],
    ['on a terminal that can do nothing', [], { TERM: 'dumb' }],
    ['with a log in JSON', [], { MIGRATION_LOG_FORMAT: 'json' }],
    ['with a log for files', [], { MIGRATION_LOG_FORMAT: 'text' }],
    ['in a dry run', ['--dry-run'], {}],
    ['when nothing is eligible', [], { MIGRATION_EXCLUDE: '*' }],
  ];
  for (const [title, flags, environment] of unwatched) {
    it(`draws nothing ${title}`, async () => {
      await serve(0);
      const here = system(environment);
      expect(await main([...migrate, ...flags], here)).to.equal(0);
      expect(here.logged()).not.to.include('\u001b[');
    });
  }

  it('draws nothing off a terminal', async () => {
    await serve(0);
    const here = system({}, { terminal: false });
    expect(await main(migrate, here)).to.equal(0);
    expect(here.logged()).to.include('"event":"migrate_result"').and.not.include('\u001b[');
  });

  it('draws nothing when the API is not there', async () => {
    await serve(0);
    await sandbox.close();
    const here = system();
    expect(await main(migrate, here)).to.equal(69);
    expect(here.logged()).not.to.include(hideCursor);
  });

  it('says on Ctrl-C what it waits for, and gives the terminal back', async () => {
    await serve(400);
    const watched = system();
    const ended = main([...migrate, '--max-concurrent', '2'], watched);
    await until(() => watched.logged().includes('sending'));
    watched.send('SIGINT');
    expect(await ended).to.equal(130);
    expect(watched.logged())
      .to.match(/Stopping: waiting for \d requests? in flight; Ctrl-C again to leave at once\n/)
      .and.match(/stopping, \d in flight\n/);
    const { lines, cursor } = screenOfTerminal(watched.logged());
    expect([cursor, lines.some((line) => line.includes('in flight\n') || line.includes('█'))]).to.deep.equal([
      true,
      false,
    ]);
  });

  it('leaves at once on a second Ctrl-C, with the terminal as it was', async () => {
    await serve(0, 'busy');
    const watched = system();
    const ended = main(migrate, watched);
    await until(() => watched.logged().includes('sending'));
    watched.send('SIGINT');
    watched.send('SIGINT');
    expect(await ended).to.equal(130);
    expect(watched.printed()).to.match(/\bunknown\b/);
    expect(screenOfTerminal(watched.logged()).cursor).to.equal(true);
  });

  const files = { '/keys/amber': 'the-key', '/keys/blue': 'the-key-of-blue' };
  const accounts = ['migrate', '--accounts-dir', '/keys'];

  it('draws nothing of several accounts at once, which would share the terminal', async () => {
    await serve(0);
    const here = system({}, { files });
    await main([...accounts, '--yes'], here);
    expect(here.logged()).to.include(': migrated').and.not.include(hideCursor);
  });

  it('shows accounts that go one by one, since each asks', async () => {
    await serve(0);
    const here = system({}, { files });
    here.keyboard.write('y\n');
    await main(accounts, here);
    expect(here.logged()).to.include(': migrated').and.include(hideCursor);
    expect(screenOfTerminal(here.logged()).cursor).to.equal(true);
  });
});
