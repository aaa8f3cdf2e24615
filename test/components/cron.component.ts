import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { journalLines } from '../support/journalLines.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const daemonScript = fileURLToPath(new URL('cron/daemon.sh', import.meta.url));
const example = readFileSync(join(checkout, 'crontab.example'), 'utf8');

const rightKey = 'sk_canary_right_Zm9vYmFy0123';
const wrongKey = 'sk_canary_wrong_Zm9vYmFy4567';
const keyFileOfExample = '/etc/novita-spot/api-key';
/** From the start of the daemon to the end of both runs: a minute at most until they begin. */
const patienceMs = 90_000;
/** How long cron may take to mail what a job printed, once the job has ended. */
const mailDelayMs = 2_000;

/** Puts something in the place of a text that stands there once: a change of the example must be noticed. */
function replaceOnce(text: string, from: string, to: string): string {
  expect(text.split(from), `how often "${from}" stands in the example`).to.have.lengthOf(2);
  return text.replace(from, () => to);
}

/** The example with what a user puts in, on a schedule that a test can wait for. */
function crontabFor(keyFile: string, baseUrl: string): string {
  const everyMinute = replaceOnce(example, '\n7-59/15 * * * * /', '\n* * * * * /');
  const setting = (path: string) => `\nNOVITA_API_KEY_FILE=${path}\n`;
  const withKey = replaceOnce(everyMinute, setting(keyFileOfExample), setting(keyFile));
  return `NOVITA_API_BASE_URL=${baseUrl}\n${withKey}`;
}

/** What root types to set up a user who follows the example. */
function installationOf(user: string, key: string, keyFile: string, exchange: string): string {
  const [, makeKeyFile = ''] = /^# {5}sudo (install .*)$/m.exec(example) ?? [];
  const [, installCrontab = ''] = /^# {5}(crontab .*)$/m.exec(example) ?? [];
  const mine = replaceOnce(installCrontab, 'crontab.example', `${exchange}/${user}.crontab`);
  return [
    `useradd --home-dir ${exchange}/${user} --create-home --shell /bin/sh ${user}`,
    replaceOnce(replaceOnce(makeKeyFile, '"$USER"', user), keyFileOfExample, keyFile),
    `printf %s ${key} >>${keyFile}`,
    `runuser --user ${user} -- ${mine}`,
    '',
  ].join('\n');
}

describe('crontab.example under a real cron daemon', function () {
  this.timeout(patienceMs + 30_000);
  let sandbox: Sandbox;
  let daemon: ChildProcess | undefined;
  let exchange: string;
  let said = '';

  const stateOf = (user: string): string => join(exchange, user, '.local/state/novita-spot');
  const hasEnded = (user: string): boolean =>
    existsSync(stateOf(user)) && journalLines(stateOf(user)).entries.some(({ type }) => type === 'run_end');
  const mails = (): readonly string[] =>
    readdirSync(join(exchange, 'mails'))
      .filter((name) => name.startsWith('mail.'))
      .map((name) => readFileSync(join(exchange, 'mails', name), 'utf8'));

  before(async () => {
    exchange = newFolder();
    sandbox = await startSandbox({ scenario: 'demo', apiKey: rightKey, now: () => Date.now() });
    const users = [
      ['spot-right', rightKey, keyFileOfExample],
      ['spot-wrong', wrongKey, '/etc/novita-spot/api-key-of-another'],
    ] as const;
    for (const [user, , keyFile] of users)
      writeFileSync(join(exchange, `${user}.crontab`), crontabFor(keyFile, sandbox.baseUrl));
    const steps = users.map(([user, key, keyFile]) => installationOf(user, key, keyFile, exchange));
    writeFileSync(join(exchange, 'install.sh'), `set -e\n${steps.join('')}`);
    mkdirSync(join(exchange, 'mails'));
    chmodSync(join(exchange, 'mails'), 0o777);
    chmodSync(exchange, 0o755);

    const isolated = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child'];
    daemon = spawn('unshare', [...isolated, 'bash', daemonScript, checkout, process.execPath, exchange], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [daemon.stdout, daemon.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text));

    const givesUpAt = performance.now() + patienceMs;
    while (!(hasEnded('spot-right') && hasEnded('spot-wrong') && mails().length > 0)) {
      if (performance.now() > givesUpAt || daemon.exitCode !== null)
        throw new Error(`It did not run: ${said}`);
      await sleep(100);
    }
    await sleep(mailDelayMs);
    await stopDaemon();
  });

  /** All that the daemon started ends with it. */
  async function stopDaemon(): Promise<void> {
    if (daemon?.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await ended;
  }

  after(async () => {
    await stopDaemon();
    await sandbox.close();
    removeFolders();
  });

  it('migrates everything that is eligible', () => {
    const migrated = sandbox.world.applied.map(({ instanceId }) => sandbox.world.find(instanceId)?.name);
    expect(migrated).to.have.members([
      'llama-finetune-2',
      'llama-finetune-3',
      'whisper-batch',
      'sdxl-training',
    ]);
    expect(journalLines(stateOf('spot-right')).entries.at(-1)).to.include({ type: 'run_end', exitCode: 0 });
  });

  it('mails nothing of a run that succeeds, and once of one that fails', () => {
    expect(journalLines(stateOf('spot-wrong')).entries.at(-1)).to.include({ type: 'run_end', exitCode: 77 });
    expect(mails(), mails().join('\n')).to.have.lengthOf(1);
    expect(said).to.equal('');
  });

  it('says in that mail what happened and what to do, in a few lines', () => {
    const [head = '', body = ''] = (mails()[0] ?? '').split(/\n\n([\s\S]*)/);
    expect(head).to.match(/^To: root$/m);
    expect(head).to.match(/^Subject: Cron <spot-wrong@.*> \/usr\/local\/bin\/novita-spot migrate --quiet$/m);
    expect(body).to.include('The API refused the key').and.include('Check that NOVITA_API_KEY');
    expect(body.trimEnd().split('\n').length, body).to.be.at.most(3);
  });

  it('gives the key away nowhere', () => {
    const texts = [
      said,
      ...mails(),
      ...['spot-right', 'spot-wrong'].flatMap((user) =>
        ['lock', 'journal.jsonl'].map((name) => readFileSync(join(stateOf(user), name), 'utf8')),
      ),
    ];
    for (const text of texts) expect(text).not.to.match(/canary|Zm9vYmFy/);
  });
});
