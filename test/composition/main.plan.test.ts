import { expect } from 'chai';
import { main } from '../../src/main.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { type FakeSystem, fakeSystem, reportOf } from './fakeSystem.js';

describe('main, with a plan', () => {
  let sandbox: Sandbox;
  let environment: Readonly<Record<string, string>>;
  const started = Date.now();

  beforeEach(async () => {
    sandbox = await startSandbox({ scenario: 'demo', apiKey: 'a-key', now: () => started });
    environment = {
      NOVITA_API_BASE_URL: sandbox.baseUrl,
      NOVITA_API_KEY: 'a-key',
      NOVITA_SPOT_STATE_DIR: newFolder(),
    };
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  async function plan(...args: readonly string[]): Promise<string> {
    const system = fakeSystem({ environment });
    await main(['migrate', '--dry-run', '-o', 'json', ...args], system);
    return system.printed();
  }

  async function follow(
    text: string,
    args: readonly string[] = [],
    options: { readonly terminal?: boolean; readonly answer?: string } = {},
  ): Promise<{ readonly code: number; readonly system: FakeSystem }> {
    const files = { '/plan.json': text, '-': text };
    const system = fakeSystem({ environment, files, terminal: options.terminal ?? false });
    if (options.answer !== undefined) system.keyboard.write(options.answer);
    const named = args.includes('--plan') ? [] : ['--plan', '/plan.json'];
    return { code: await main(['migrate', '-o', 'json', ...named, ...args], system), system };
  }

  it('asks on a terminal before it does what was planned', async () => {
    const text = await plan();
    const declined = await follow(text, [], { terminal: true, answer: 'n\n' });
    expect(reportOf(declined.system).summary).to.include({ migrated: 0, wouldMigrate: 4 });
    expect(declined.system.logged())
      .to.include('sdxl-training')
      .and.include('Declined, nothing was changed.');
    expect(reportOf(declined.system)).to.include({ dryRun: true, declined: true });
    const agreed = await follow(text, [], { terminal: true, answer: 'y\n' });
    expect(reportOf(agreed.system).summary).to.include({ total: 4, migrated: 4 });
  });

  it('does not ask with --yes', async () => {
    const { code, system } = await follow(await plan(), ['--yes'], { terminal: true });
    expect([code, reportOf(system).summary.migrated]).to.deep.equal([0, 4]);
  });

  it('reads standard input', async () => {
    const { code, system } = await follow(await plan(), ['--plan', '-']);
    expect([code, reportOf(system).summary.migrated]).to.deep.equal([0, 4]);
  });

  it('names each instance that has changed, and shows why', async () => {
    const text = await plan();
    await follow(text);
    const { code, system } = await follow(text);
    expect(code).to.equal(21);
    expect(reportOf(system).instances.map(({ reason }) => reason)).to.deep.equal(
      Array.from({ length: 4 }, () => 'plan_outdated'),
    );
    expect(system.logged().match(/"level":"error"[^\n]+status was exited, is \w+/g)).to.have.length(4);
  });

  it('counts what is eligible and was not planned', async () => {
    const { system } = await follow(await plan('--max-per-run', '3'));
    expect(reportOf(system).warnings).to.deep.equal([
      '1 eligible instance is not in the plan and left alone.',
    ]);
    const one = await follow(await plan('--max-per-run', '0', '--account', 'x'), ['--account', 'x']);
    expect(reportOf(one.system).warnings).to.deep.equal([]);
  });

  const refused: readonly (readonly [string, () => Promise<string>, readonly string[], RegExp])[] = [
    ['that is not there', () => plan(), ['--plan', '/none.json'], /the plan does not exist/],
    ['of no account', () => plan(), ['--account', 'x'], /an account without a name.*account "x"/],
    ['made by force', () => plan('358b05c80a469d3f', '--force'), [], /made with --force/],
    ['that is none', () => Promise.resolve('[]'), [], /not a report of novita-spot/],
  ];
  for (const [title, text, args, problem] of refused) {
    it(`refuses a plan ${title}`, async () => {
      const { code, system } = await follow(await text(), args);
      expect(code).to.equal(64);
      expect(reportOf(system).error?.message).to.match(problem);
    });
  }
});
