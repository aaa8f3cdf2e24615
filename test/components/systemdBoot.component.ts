import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { journalLines } from '../support/journalLines.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const scripts = fileURLToPath(new URL('systemd/', import.meta.url));

const rightKey = 'sk_canary_right_Zm9vYmFy0123';
const wrongKey = 'sk_canary_wrong_Zm9vYmFy4567';
/** The user ids of services with DynamicUser=. */
const dynamicUsers = { from: 61_184, to: 65_519 };

/** The steps of the README, for a shell of root's; the right key in the place of an editor. */
function installation(): string {
  const readme = readFileSync(join(checkout, 'deploy/systemd/README.md'), 'utf8');
  const [, block = ''] = /Then, .*\n\n```\n([^`]*)```/.exec(readme) ?? [];
  const steps = block.replaceAll(/^sudo /gm, '').replace(/^editor (.*)$/m, 'cat /exchange/right-key >$1');
  expect(steps).to.include('>/etc/novita-spot/api-key').and.include('systemctl enable --now');
  return steps;
}

describe('deploy/systemd, installed as its README says, under a real systemd', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let exchange: string;
  const result = (name: string): string => readFileSync(join(exchange, 'results', name), 'utf8');
  const linesOf = (name: string): readonly string[] => result(name).trimEnd().split('\n');

  before(async () => {
    exchange = newFolder();
    sandbox = await startSandbox({ scenario: 'demo', apiKey: rightKey, now: () => Date.now() });
    const settings = join(exchange, 'files/etc/novita-spot');
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, 'environment'), `NOVITA_API_BASE_URL=${sandbox.baseUrl}\n`);
    writeFileSync(join(exchange, 'right-key'), rightKey, { mode: 0o600 });
    writeFileSync(join(exchange, 'wrong-key'), wrongKey, { mode: 0o600 });
    writeFileSync(join(exchange, 'install.sh'), installation());
    cpSync(join(scripts, 'proof.sh'), join(exchange, 'script.sh'));
    await boot();
  });
  after(async () => {
    await sandbox.close();
    removeFolders();
  });

  /** Until the system has switched itself off, which is done for it when it takes too long. */
  async function boot(): Promise<void> {
    const isolated = ['--mount', '--propagation', 'private'];
    const script = [join(scripts, 'boot.sh'), checkout, process.execPath, exchange];
    const system = spawn('unshare', [...isolated, 'bash', ...script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [system.stdout, system.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(system, 'close')) as [number | null];
    expect(code, said).to.equal(0);
    expect(result('stderr').replace(/^Created symlink .*\n/, '')).to.equal('');
  }

  it('makes up for a run that was missed, and waits for the next', () => {
    expect(result('by-timer')).to.include('Result=success').and.include('ExecMainStatus=0');
    expect(result('timer')).to.match(/^NextElapseUSecRealtime=.* \d\d:(07|22|37|52):00 /);
  });

  it('migrates everything that is eligible, and logs it', () => {
    expect(sandbox.world.applied).to.have.lengthOf(4);
    expect(result('log')).to.include('13 instances, 8 exited: 4 eligible, 4 migrated.');
    expect(result('log'), 'the table for people').not.to.include('VERDICT').and.not.to.include('RECLAIM ');
  });

  it('keeps its state for itself, as a user who is not root', () => {
    const [, mode, owner] = /^directory (\d+) (\d+)$/m.exec(result('folder')) ?? [];
    expect(mode).to.equal('700');
    expect(Number(owner)).to.be.within(dynamicUsers.from, dynamicUsers.to);
    const files = linesOf('files').map((line) => line.replace('/var/lib/private/novita-spot/', ''));
    expect(files).to.deep.equal(['journal.jsonl 600', 'lock 600']);
    const exitCodes = journalLines(join(exchange, 'results/state')).entries.flatMap((entry) =>
      entry.type === 'run_end' ? [entry.exitCode] : [],
    );
    expect(exitCodes).to.deep.equal([0, 77]);
  });

  it('counts a run that found the lock held as a success', () => {
    expect(linesOf('locked')).to.include.members([
      'Result=success',
      'ExecMainStatus=75',
      'ActiveState=inactive',
    ]);
    expect(result('locked.start')).to.equal('');
  });

  it('fails when the key is refused, and says so in the log', () => {
    expect(linesOf('refused')).to.include.members([
      'Result=exit-code',
      'ExecMainStatus=77',
      'ActiveState=failed',
    ]);
    expect(result('log')).to.match(/ error The API refused the key.*Check that NOVITA_API_KEY/);
  });

  it('gives the key away nowhere', () => {
    const files = readdirSync(join(exchange, 'results'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).to.be.at.least(10);
    for (const file of files) expect(readFileSync(file, 'latin1'), file).not.to.match(/canary|Zm9vYmFy/);
  });
});
