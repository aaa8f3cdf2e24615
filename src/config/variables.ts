import { noticeTypes } from '../core/notice.js';
import { fallbackModes } from '../core/fallback.js';
import { saveDataModes } from '../core/saveData.js';
import {
  boolean,
  choice,
  choices,
  hidden,
  number,
  patterns,
  secret,
  type Variable,
} from './variableKinds.js';

/** Every variable that the program reads, in the order in which people are shown them. */
export const variables = {
  NOVITA_API_KEY: secret(
    'required',
    'printable ASCII characters without spaces',
    'API key; this, NOVITA_API_KEY_FILE or NOVITA_ACCOUNTS_DIR is required, except with --sandbox',
  ),
  NOVITA_API_KEY_FILE: hidden(
    'unset',
    'the path of a readable file that holds the key and nothing else',
    'File that holds the API key, instead of NOVITA_API_KEY',
  ),
  NOVITA_ACCOUNTS_DIR: hidden(
    'unset',
    'the path of a folder with one file an account, named after the account, that holds its API key',
    'Folder of API keys, one file an account: each account is a run of its own',
  ),
  NOVITA_ACCOUNT: hidden(
    'unset',
    'a name of letters, digits, dots, dashes and underscores',
    'Name of the account, for logs, reports and metrics; with NOVITA_ACCOUNTS_DIR, only this account',
  ),
  NOVITA_ACCOUNT_INDEX: number(
    '$JOB_COMPLETION_INDEX',
    0,
    99_999,
    'With NOVITA_ACCOUNTS_DIR, only the account at this place, in the order of the names, from 0',
  ),
  NOVITA_ACCOUNT_INDEXES: number(
    'unset',
    1,
    100_000,
    'How many indexes share the accounts: each index then also takes every account this many places further on',
  ),
  NOVITA_API_BASE_URL: hidden(
    'https://api.novita.ai',
    'an https:// URL (http:// only to localhost, 127.0.0.0/8 or [::1])',
    'Where the API is, without credentials, query or fragment',
  ),
  MIGRATION_ENABLED: boolean('true', 'With false, `migrate` says so, calls nothing and exits 0'),
  MIGRATION_INTERVAL_MINUTES: number(
    '15',
    1,
    60,
    'How often the scheduler runs novita-spot: for alerts and notifications',
  ),
  MIGRATION_JOB_TIMEOUT_MS: number('600000', 1_000, 1_800_000, 'Deadline of a whole run'),
  MIGRATION_REQUEST_TIMEOUT_MS: number('30000', 100, 120_000, 'Time limit of one HTTP attempt'),
  MIGRATION_MAX_CONCURRENT: number('5', 1, 20, 'Migrations in flight at once'),
  MIGRATION_ACCOUNT_CONCURRENCY: number('4', 1, 32, 'Accounts of NOVITA_ACCOUNTS_DIR that run at once'),
  MIGRATION_PAGE_CONCURRENCY: number('8', 1, 32, 'Pages of the instance list in flight at once'),
  MIGRATION_MAX_PER_RUN: number(
    '100',
    0,
    100_000,
    'Migrations in one run, 0 for no cap; the next run takes the rest',
  ),
  MIGRATION_DRY_RUN: boolean('false', 'With true, `migrate` shows what it would do and changes nothing'),
  MIGRATION_RETRY_FAILED: boolean('true', 'With false, one attempt only, in this run and in later ones'),
  MIGRATION_RETRY_BASE_MS: number('500', 1, 60_000, 'Base of the growing, random delay between attempts'),
  MIGRATION_COOLDOWN_MINUTES: number('60', 0, 10_080, 'Rest of an instance after a successful migration'),
  MIGRATION_MAX_ATTEMPTS: number(
    '5',
    1,
    100,
    'Failed migrations of one instance in 24 hours before it is quarantined',
  ),
  MIGRATION_STUCK_MINUTES: number(
    '60',
    10,
    1_440,
    'How long a migration may be under way before it is reported as stuck',
  ),
  MIGRATION_LOCAL_DATA: choice(
    'warn',
    ['warn', 'hold'],
    'What to do with instances with a local volume, whose data a migration does not keep',
  ),
  MIGRATION_SAVE_DATA: choice(
    'off',
    saveDataModes,
    'Whether to ask that a migration keeps the data on the disks: `try` goes on without, `require` does not',
  ),
  MIGRATION_FALLBACK: choice(
    'none',
    fallbackModes,
    'What to do when no node has room for a migration: `start` starts the instance on its own node',
  ),
  MIGRATION_INCLUDE: patterns('Only these instances, by name pattern or exact id; empty for all'),
  MIGRATION_EXCLUDE: patterns(
    'Never these instances, by name pattern or exact id; wins over MIGRATION_INCLUDE',
  ),
  MIGRATION_WAIT_SECONDS: number(
    '0',
    0,
    1_800,
    'How long to follow accepted migrations until their instances run; 0 for not at all',
  ),
  MIGRATION_LOG_LEVEL: choice(
    'info',
    ['debug', 'info', 'warn', 'error'],
    'The least important log lines to write',
  ),
  MIGRATION_LOG_FORMAT: choice(
    'auto',
    ['text', 'json', 'auto'],
    'Form of log lines; auto is json off a terminal',
  ),
  MIGRATION_METRICS_FILE: hidden(
    'unset',
    'the path of a file, which ends in .prom to be read by node_exporter',
    "File for metrics, for node_exporter's textfile collector; `{account}` stands for the account",
  ),
  MIGRATION_PUSHGATEWAY_URL: secret(
    'unset',
    'an http:// or https:// URL without a query',
    'Prometheus Pushgateway that metrics are pushed to',
  ),
  HEALTHCHECK_PING_URL: secret(
    'unset',
    'an http:// or https:// URL',
    'URL to ping as each run starts and ends, such as one of healthchecks.io; `{account}` stands for the account',
  ),
  HEALTHCHECK_PING_URL_FILE: hidden(
    'unset',
    'the path of a readable file that holds the URL and nothing else',
    'File that holds the URL, instead of HEALTHCHECK_PING_URL',
  ),
  NOTIFY_WEBHOOK_URL: secret('unset', 'an http:// or https:// URL', 'URL that notifications are sent to'),
  NOTIFY_WEBHOOK_URL_FILE: hidden(
    'unset',
    'the path of a readable file that holds the URL and nothing else',
    'File that holds the URL, instead of NOTIFY_WEBHOOK_URL',
  ),
  NOTIFY_WEBHOOK_SECRET: secret(
    'unset',
    'printable ASCII characters without spaces',
    'Secret that notifications in JSON are signed with',
  ),
  NOTIFY_WEBHOOK_SECRET_FILE: hidden(
    'unset',
    'the path of a readable file that holds the secret and nothing else',
    'File that holds the secret, instead of NOTIFY_WEBHOOK_SECRET',
  ),
  NOTIFY_FORMAT: choice(
    'auto',
    ['auto', 'json', 'slack', 'discord'],
    'Form of notifications; auto is by the host of the URL, and else json',
  ),
  NOTIFY_ON: choices(noticeTypes, 'What is notified of'),
  MIGRATION_ON_NOTICE: hidden(
    'unset',
    'the absolute path of a program, which is run without arguments and never by a shell',
    'Program to run once for each reclaim notice, such as to save the work of the instance',
  ),
  MIGRATION_ON_NOTICE_TIMEOUT_MS: number('60000', 1_000, 600_000, 'How long that program may take'),
  NOVITA_SPOT_STATE_DIR: hidden(
    '$STATE_DIRECTORY, else $XDG_STATE_HOME/novita-spot, else ~/.local/state/novita-spot',
    'an absolute path',
    'Folder for the lock and the journal',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

export const variableNames = Object.keys(variables) as readonly VariableName[];

/** The variables whose values no output may hold. */
export const secretVariables = variableNames.filter((name) => {
  const variable: Variable = variables[name];
  return variable.kind === 'private' && variable.secret;
});
