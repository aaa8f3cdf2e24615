import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { readCommandLine } from '../../src/cli/program.js';
import type { Invocation } from '../../src/cli/invocation.js';
import { runWatch } from '../../src/composition/runWatch.js';
import { main } from '../../src/main.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { fakeSystem, type FakeSystem } from './fakeSystem.js';

function invocationOf(...args: readonly string[]): Invocation {
  const line = readCommandLine(['list', '--watch', ...args], {
    version: '',
    scenarios: scenarioNames,
    width: 80,
  });
  if (line.kind !== 'run') throw new Error(JSON.stringify(line));
  return line.invocation;
}

const left = '\u001b[?1049l\u001b[?25h';

/** What was drawn, one after the other, and what stays on the terminal at the end. */
function drawnOn(system: FakeSystem): { readonly frames: readonly string[]; readonly kept: string } {
  const [drawn = '', kept = ''] = system.printed().split(left);
  const frames = drawn
    .split('\u001b[H')
    .slice(1)
    .map((frame) => stripVTControlCharacters(frame));
  return { frames, kept: stripVTControlCharacters(kept) };
}

/** Watches, and does one thing after each look; the last one ends it. */
function watch(
  invocation: Invocation,
  system: FakeSystem,
  afterEach: readonly (() => Promise<void> | void)[],
): Promise<number> {
  let looks = 0;
  return runWatch(invocation, system, 30, async (ms) => {
    expect(ms).to.equal(30_000);
    const act = afterEach[looks];
    looks += 1;
    if (act === undefined) throw new Error('It looked more often than expected.');
    await act();
  });
}

describe('list --watch', () => {
  const environmentOf = ({ baseUrl, apiKey }: Pick<Sandbox, 'baseUrl' | 'apiKey'>) => ({
    NOVITA_API_BASE_URL: baseUrl,
    NOVITA_API_KEY: apiKey,
    MIGRATION_RETRY_BASE_MS: '1',
  });
  const nothing = (): void => undefined;

  it('looks again until Ctrl-C, which is a success, and gives the terminal back', async () => {
    const system = fakeSystem({ terminal: true, height: 40 });
    const code = await watch(invocationOf('--sandbox'), system, [
      nothing,
      nothing,
      () => system.send('SIGINT'),
    ]);
    expect(code).to.equal(0);
    const { frames, kept } = drawnOn(system);
    expect(frames[0]).to.include('reading');
    expect(frames.at(-1)).to.include('read at').and.include('embedding-server');
    expect(kept)
      .to.match(/^novita-spot list: read at [\d:]+ UTC\.\n/)
      .and.include('13 instances');
    expect(system.printed().split(left)).to.have.length(2);
    expect(system.logged(), 'no log on a terminal that is drawn on').to.equal('');
  });

  for (const [signal, expected] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`ends with ${expected} on ${signal}`, async () => {
      const system = fakeSystem({ terminal: true });
      expect(await watch(invocationOf('--sandbox'), system, [() => system.send(signal)])).to.equal(expected);
      expect(system.printed()).to.include(left);
    });
  }

  it('ends when what it draws arrives nowhere', async () => {
    const terminal = fakeSystem({ terminal: true });
    const system = { ...terminal, stdout: { ...terminal.stdout, lost: () => Promise.resolve('EIO') } };
    expect(await watch(invocationOf('--sandbox'), system, [])).to.equal(74);
  });

  it('ends in the middle of a look as well', async () => {
    const system = fakeSystem({ terminal: true });
    const ended = watch(invocationOf('--sandbox', 'large'), system, []);
    setImmediate(() => system.send('SIGINT'));
    expect(await ended).to.equal(0);
    expect(drawnOn(system).kept, 'there is no list to keep').to.equal('');
    expect(system.logged()).to.equal('');
  });

  it('goes on with the last list when a look fails, says what went wrong, and forgets it when it is over', async () => {
    let sandbox = await startSandbox({ scenario: 'demo', now: Date.now });
    const system = fakeSystem({ terminal: true, height: 40, environment: environmentOf(sandbox) });
    const port = Number(new URL(sandbox.baseUrl).port);
    const code = await watch(invocationOf('--eligible'), system, [
      () => sandbox.close(),
      async () => {
        const frame = drawnOn(system).frames.at(-1);
        expect(frame)
          .to.include('Not read at')
          .and.include('ECONNREFUSED')
          .and.include('What is shown is of')
          .and.include('llama-finetune-2');
        sandbox = await startSandbox({ scenario: 'demo', now: Date.now, port });
      },
      async () => {
        expect(drawnOn(system).frames.at(-1)).to.include('llama-finetune-2').and.not.include('Not read');
        await sandbox.close();
        system.send('SIGINT');
      },
    ]);
    expect(code).to.equal(0);
    expect(system.logged()).to.equal('');
  });

  it('waits for an API that cannot be reached yet', async () => {
    const system = fakeSystem({
      terminal: true,
      environment: environmentOf({ baseUrl: 'http://127.0.0.1:9', apiKey: 'sk_some-key' }),
    });
    expect(await watch(invocationOf(), system, [nothing, () => system.send('SIGINT')])).to.equal(0);
    expect(drawnOn(system).frames.at(-1)).to.include('not read yet').and.include('ECONNREFUSED');
  });

  /** What is logged in two looks at the sandbox, by a program whose log goes elsewhere. */
  async function logOfTwoLooks(
    options: Parameters<typeof fakeSystem>[0],
  ): Promise<readonly Record<string, unknown>[]> {
    const terminal = fakeSystem({ terminal: true, ...options });
    const logged: string[] = [];
    const stderr = { ...terminal.stderr, isTerminal: false, write: (text: string) => logged.push(text) };
    const system = { ...terminal, stderr };
    await watch(invocationOf('--sandbox', '--verbose'), system, [nothing, () => system.send('SIGINT')]);
    const lines = logged.join('').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('reads the list once a look, from one sandbox', async () => {
    const lines = await logOfTwoLooks({});
    const addresses = lines.filter(({ event }) => event === 'run_started').map(({ baseUrl }) => baseUrl);
    expect(addresses).to.have.length(2);
    expect(new Set(addresses)).to.have.property('size', 1);
    const lists = lines.filter(({ message }) =>
      String(message).startsWith('GET /gpu-instance/openapi/v1/gpu/instances'),
    );
    expect(lists).to.have.length(2);
  });

  it('ends at once when the key is refused, and says so as list does', async () => {
    const sandbox = await startSandbox({ scenario: 'demo', now: Date.now });
    const environment = { ...environmentOf(sandbox), NOVITA_API_KEY: 'sk_of-nobody-at-all' };
    const system = fakeSystem({ terminal: true, environment });
    expect(await watch(invocationOf(), system, [])).to.equal(77);
    await sandbox.close();
    expect(system.printed().endsWith(left), 'nothing is kept').to.be.true;
    expect(system.logged()).to.include('error').and.include('401').and.not.include('sk_of-nobody-at-all');
  });

  it('ends at once without a key', async () => {
    const system = fakeSystem({ terminal: true });
    expect(await watch(invocationOf(), system, [])).to.equal(78);
    expect(system.logged()).to.include('NOVITA_API_KEY is required');
  });

  it('watches every account of a folder', async () => {
    const files = { '/accounts/amber': 'key-of-amber\n', '/accounts/blue': 'key-of-blue\n' };
    const environment = { NOVITA_ACCOUNTS_DIR: '/accounts' };
    const system = fakeSystem({ terminal: true, height: 60, environment, files });
    expect(await watch(invocationOf('--sandbox'), system, [nothing, () => system.send('SIGINT')])).to.equal(
      0,
    );
    expect(drawnOn(system).frames.at(-1)).to.match(
      /Account amber[^]*13 instances[^]*Account blue[^]*13 instances/,
    );
  });

  it('goes on with the sandbox of each account', async () => {
    const files = { '/accounts/amber': 'key-of-amber\n', '/accounts/blue': 'key-of-blue\n' };
    const lines = await logOfTwoLooks({ environment: { NOVITA_ACCOUNTS_DIR: '/accounts' }, files });
    const started = lines.filter(({ event }) => event === 'run_started');
    expect(started).to.have.length(4);
    const addresses = started.map(({ account, baseUrl }) => `${String(account)} ${String(baseUrl)}`);
    expect(new Set(addresses)).to.have.property('size', 2);
  });

  it('says which filter matches nothing', async () => {
    const system = fakeSystem({ terminal: true });
    await watch(invocationOf('--sandbox', '--status', 'stopped'), system, [() => system.send('SIGINT')]);
    expect(drawnOn(system).kept).to.include('No instance matches --status stopped.');
  });

  const refused: readonly (readonly [string, readonly string[], Parameters<typeof fakeSystem>[0], string])[] =
    [
      ['off a terminal', [], {}, 'goes somewhere else'],
      ['on one that cannot draw', [], { terminal: true, environment: { TERM: 'dumb' } }, 'can draw in place'],
      ['for programs', ['-o', 'json'], { terminal: true }, "cannot be used with '--output json'"],
      ['for a summary', ['-o', 'markdown'], { terminal: true }, "cannot be used with '--output markdown'"],
      ['in silence', ['-q'], { terminal: true }, "cannot be used with '--quiet'"],
      ['in full', ['--wide'], { terminal: true }, "cannot be used with '--wide'"],
      ['too often', ['--watch', '4'], { terminal: true }, 'from 5 to 3600'],
      ['too seldom', ['--watch', '3601'], { terminal: true }, 'from 5 to 3600'],
      ['by no number', ['--watch', '5s'], { terminal: true }, 'from 5 to 3600'],
    ];
  for (const [title, args, options, message] of refused) {
    it(`is refused ${title}`, async () => {
      const system = fakeSystem(options);
      expect(await main(['list', '--sandbox', '--watch', ...args], system)).to.equal(64);
      expect(system.logged()).to.include(message);
    });
  }

  it('looks every 30 seconds unless told otherwise', () => {
    expect(invocationOf().watchSeconds).to.equal(30);
    expect(invocationOf('--watch', '3600').watchSeconds).to.equal(3_600);
  });
});
