import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, reclaimedRow } from '../../support/account.js';
import { journalText } from '../../support/pastRuns.js';
import { failingFolder, failingLookup, preload } from '../../support/preload.js';
import { account, always, type Api, page } from './api.js';

/** What an operator gets into, and what is typed or scheduled then. */
export interface Situation {
  readonly title: string;
  readonly args: readonly string[];
  /** Nobody answers without one. */
  readonly api?: Api;
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes the state folder what it shall be. */
  readonly prepare?: (stateDir: string) => void;
  /** Another run goes on. */
  readonly locked?: boolean;
  /** How the shell starts it, when not plainly. */
  readonly shell?: string;
  readonly code: number;
}

const minute = 60_000;
const ago = (minutes: number): string => String(Math.floor((Date.now() - minutes * minute) / 1000));
const iso = (minutes: number): string => new Date(Date.now() - minutes * minute).toISOString();

function failedJob(instanceId: string, minutes: number): Row {
  const state = { state: 'fail', error: 'NO_ROOM', errorMessage: 'no node has room' };
  return {
    Id: `job-${instanceId}-${minutes}`,
    instanceId,
    type: 'instanceMigrate',
    state,
    createdAt: ago(minutes),
  };
}

const downForLong = (id: string): Row => ({ ...reclaimedRow(id), spotReclaimTime: ago(600) });
const openJob: Row = { Id: 'job-1', instanceId: 'i-1', type: 'instanceMigrate', state: { state: 'running' } };
const migrating: Row = { ...downForLong('i-1'), status: 'migrating' };

function journalOf(stateDir: string, entries: readonly object[]): void {
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
  writeFileSync(join(stateDir, 'journal.jsonl'), lines.join(''));
}

const intent = { type: 'intent', time: iso(20), runId: 'run-1', instanceId: 'i-1', attempt: 1 };
const accepted = {
  type: 'result',
  time: iso(20),
  runId: 'run-1',
  instanceId: 'i-1',
  outcome: 'migrated',
  error: null,
  jobId: 'job-i-1-20',
};

const keyFile = '/etc/novita-spot/api-key';
const noKey = { NOVITA_API_KEY: '' };
const fullDisk = preload(
  'fs',
  `target.writeSync = () => { throw Object.assign(new Error('write'), { code: 'ENOSPC' }); };`,
);
const quiet = ['migrate', '--quiet'];

/** Each symptom of docs/troubleshooting.md that can be brought about. */
export const situations: readonly Situation[] = [
  { title: 'no run yet', args: ['status'], code: 3 },
  {
    title: 'runs for named instances alone',
    args: ['status'],
    prepare: (stateDir) => {
      const run = { id: 'a', startedAtMs: Date.now() - 5 * minute, exitCode: 0, wholeAccount: false };
      writeFileSync(join(stateDir, 'journal.jsonl'), journalText([run]));
    },
    code: 3,
  },
  {
    title: 'runs that fail',
    args: ['status'],
    prepare: (stateDir) => {
      const hours = (count: number): number => Date.now() - count * 60 * minute;
      const runs = [
        { id: 'a', startedAtMs: hours(5), exitCode: 0 },
        { id: 'b', startedAtMs: hours(0.1), exitCode: 77, exitReason: 'auth' },
      ];
      writeFileSync(join(stateDir, 'journal.jsonl'), journalText(runs));
    },
    code: 2,
  },
  { title: 'paused', args: ['migrate'], environment: { MIGRATION_ENABLED: 'false' }, code: 0 },
  {
    title: 'a run that finds another one',
    args: quiet,
    locked: true,
    code: 75,
  },
  { title: 'no node', args: quiet, shell: 'PATH=/nonexistent; shift; exec /bin/sh "$@"', code: 127 },
  { title: 'no key', args: quiet, environment: noKey, code: 78 },
  {
    title: 'a key file of somebody else',
    args: quiet,
    environment: {
      ...noKey,
      NOVITA_API_KEY_FILE: keyFile,
      NODE_OPTIONS: failingFolder(keyFile, 'EACCES'),
    },
    code: 78,
  },
  {
    title: 'no key file',
    args: quiet,
    environment: { ...noKey, NOVITA_API_KEY_FILE: '/run/secrets/nothing/api-key' },
    code: 78,
  },
  {
    title: 'a key with a line break',
    args: quiet,
    environment: { NOVITA_API_KEY: 'key-of-an-operator\n' },
    code: 78,
  },
  { title: 'the demo account', args: ['check', '--sandbox'], code: 0 },
  { title: 'an empty account', args: ['list', '--sandbox', 'empty'], code: 0 },
  { title: 'a name that is not there', args: ['check', '--sandbox', 'demo', 'whisper-bach'], code: 21 },
  {
    title: 'failed migrations',
    args: ['check'],
    api: account(
      [downForLong('i-1'), downForLong('i-2')],
      [failedJob('i-1', 5), ...[10, 20, 30, 40, 50].map((minutes) => failedJob('i-2', minutes))],
    ),
    code: 0,
  },
  {
    title: 'an instance that is refused as it is',
    args: ['check'],
    api: account([downForLong('i-1')]),
    prepare: (stateDir) =>
      journalOf(stateDir, [{ ...accepted, outcome: 'rejected', error: 'incompatible', jobId: null }]),
    code: 0,
  },
  {
    title: 'a migration of an earlier run that failed',
    args: ['migrate'],
    api: account([downForLong('i-1')], [failedJob('i-1', 20)]),
    prepare: (stateDir) => journalOf(stateDir, [intent, accepted]),
    code: 0,
  },
  {
    title: 'a migration that does not end',
    args: ['migrate'],
    api: account([migrating], [{ ...openJob, createdAt: ago(300) }]),
    prepare: (stateDir) => journalOf(stateDir, [intent]),
    code: 0,
  },
  { title: 'requests without an answer', args: ['migrate', '--sandbox', 'faults', '--quiet'], code: 20 },
  {
    title: 'no host of this name',
    args: quiet,
    environment: { NOVITA_API_BASE_URL: 'https://api.novita.ai', NODE_OPTIONS: failingLookup('ENOTFOUND') },
    code: 69,
  },
  { title: 'a proxy', args: quiet, environment: { HTTPS_PROXY: 'http://proxy:3128' }, code: 69 },
  {
    title: 'a connection that is opened on the way',
    args: quiet,
    api: { ...account([]), tls: true },
    code: 69,
  },
  { title: 'a page to sign in', args: quiet, api: page('Sign in'), code: 76 },
  { title: 'another API', args: quiet, api: always(200, { object: 'list', data: [] }), code: 76 },
  { title: 'an API that fails', args: quiet, api: always(500, { message: 'no' }), code: 69 },
  {
    title: 'a wrong key',
    args: quiet,
    api: always(401, { code: 401, reason: 'INVALID_API_KEY', message: 'no' }),
    code: 77,
  },
  {
    title: 'a state folder that is used for something else',
    args: quiet,
    prepare: (stateDir) => {
      mkdirSync(join(stateDir, 'shared'), { mode: 0o755 });
      closeSync(openSync(join(stateDir, 'shared', 'of-somebody'), 'w'));
    },
    environment: { STATE: 'shared' },
    code: 73,
  },
  {
    title: 'a full disk',
    args: ['migrate'],
    api: account([]),
    environment: { NODE_OPTIONS: fullDisk },
    code: 0,
  },
  { title: 'output to a full disk', args: ['list', '--sandbox'], shell: '"$@" > /dev/full', code: 74 },
  {
    title: 'a clock that is wrong',
    args: ['list'],
    api: {
      answer: (request, response) => {
        response.setHeader('date', new Date(Date.now() - 60 * minute).toUTCString());
        account([]).answer(request, response);
      },
    },
    code: 0,
  },
  {
    title: 'an API that does not answer',
    args: quiet,
    api: { answer: () => undefined },
    environment: { MIGRATION_JOB_TIMEOUT_MS: '1000' },
    code: 124,
  },
  {
    title: 'a ping that gets nowhere',
    args: quiet,
    api: account([]),
    environment: { HEALTHCHECK_PING_URL: 'http://127.0.0.1:9/ping' },
    code: 0,
  },
];
