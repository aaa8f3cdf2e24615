import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AccountsReport } from '../../src/core/accountsReport.js';
import type { Report } from '../../src/core/report.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { type AccountsServer, type AccountsServerOptions, startAccountsServer } from './accountsServer.js';
import { newFolder, quickEnvironment, removeFolders } from './migrateRun.js';
import { type Ended, startProgram } from './runProgram.js';

/** Part of every key; it must never come out again. */
const canary = 'sk_canary_';

/** The key of an account. */
export function keyOf(name: string): string {
  return `${canary}${name}_Zm9vYmFy0123456789`;
}

export interface AccountsSetting {
  readonly server: AccountsServer;
  /** The folder of accounts. */
  readonly folder: string;
  readonly stateDir: string;
  readonly stateOf: (name: string) => string;
  readonly environment: Readonly<Record<string, string>>;
}

const servers = new Set<AccountsServer>();
const children = new Set<ChildProcess>();

/** A server and a folder of keys for accounts of these names and scenarios. `closeSettings` ends it. */
export async function accountsSetting(
  scenarios: Readonly<Record<string, ScenarioName>>,
  delayMs?: AccountsServerOptions['delayMs'],
): Promise<AccountsSetting> {
  const byKey = Object.entries(scenarios).map(([name, scenario]) => [keyOf(name), scenario] as const);
  const server = await startAccountsServer({
    scenarios: Object.fromEntries(byKey),
    ...(delayMs ? { delayMs } : {}),
  });
  servers.add(server);
  const folder = newFolder();
  for (const name of Object.keys(scenarios)) writeFileSync(join(folder, name), `${keyOf(name)}\n`);
  const stateDir = join(newFolder(), 'state');
  // An empty variable counts as unset.
  const quick = { ...quickEnvironment(server.baseUrl, stateDir), NOVITA_API_KEY: '' };
  return {
    server,
    folder,
    stateDir,
    stateOf: (name) => join(stateDir, 'accounts', name),
    environment: { ...quick, NOVITA_ACCOUNTS_DIR: folder },
  };
}

/** Ends every server, and every program that a test left behind. */
export async function closeSettings(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const server of servers) await server.close();
  servers.clear();
  removeFolders();
}

export interface AccountsRun extends Ended {
  readonly report: AccountsReport;
  readonly runs: Readonly<Record<string, Report>>;
  readonly log: readonly Readonly<Record<string, unknown>>[];
}

/** Starts the built program for a folder of accounts; the end checks what holds for every such run. */
export function startAccounts(
  setting: AccountsSetting,
  args: readonly string[] = ['migrate', '-o', 'json'],
  environment: Readonly<Record<string, string>> = {},
) {
  const started = startProgram(args, { environment: { ...setting.environment, ...environment } });
  children.add(started.child);
  const ended = started.ended.then((end) => {
    children.delete(started.child);
    expectNoKey(end, setting);
    return end;
  });
  return { child: started.child, ended };
}

/** Runs it to its end and reads its report. */
export async function runAccounts(...parameters: Parameters<typeof startAccounts>): Promise<AccountsRun> {
  return readAccountsRun(await startAccounts(...parameters).ended);
}

export function readAccountsRun(ended: Ended): AccountsRun {
  const report = JSON.parse(ended.stdout) as AccountsReport;
  expect(report.exitCode, 'exit code of the report').to.equal(ended.code);
  const lines = ended.stderr.split('\n').filter((line) => line !== '');
  return {
    ...ended,
    report,
    runs: Object.fromEntries(report.accounts.map((run) => [run.account ?? '', run])),
    log: lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
  };
}

/** No key of any account is anywhere, in no form, and nothing looks like a warning of node. */
function expectNoKey({ stdout, stderr }: Ended, { stateDir }: AccountsSetting): void {
  const texts = { stdout, stderr, ...everyFileBelow(stateDir) };
  const forms = [
    canary,
    Buffer.from(canary).toString('hex'),
    Buffer.from(canary).toString('base64').slice(0, -2),
  ];
  for (const [where, text] of Object.entries(texts)) {
    for (const form of forms) expect(text.includes(form), `a key in ${where}`).to.be.false;
    expect(text, where).not.to.match(/Warning:|Uncaught/);
  }
}

function everyFileBelow(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')]),
  );
}

/** The exit code of each account. */
export function codesOf(runs: AccountsRun['runs']): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(runs).map(([name, { exitCode }]) => [name, exitCode]));
}
