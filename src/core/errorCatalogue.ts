import type { ExitReason } from './exitCode.js';

export type ErrorCategory =
  | 'usage'
  | 'config'
  | 'auth'
  | 'account'
  | 'capacity'
  | 'conflict'
  | 'permanent'
  | 'migration'
  | 'rate_limit'
  | 'server'
  | 'network'
  | 'timeout'
  | 'protocol'
  | 'aborted'
  | 'state'
  | 'output'
  | 'internal';

interface CatalogueEntry {
  readonly category: ErrorCategory;
  readonly message: string;
  readonly nextStep: string;
  /** True when the same request may work on another attempt. */
  readonly retryable: boolean;
  /** How a run ends that this error stops. */
  readonly exitReason: ExitReason;
}

function entry(
  category: ErrorCategory,
  exitReason: ExitReason,
  message: string,
  nextStep: string,
  retryable = false,
): CatalogueEntry {
  return { category, exitReason, message, nextStep, retryable };
}

const checkBaseUrl =
  'Check NOVITA_API_BASE_URL and any proxy on the way; if both are right, the API has changed.';
/** The next step after what passes by itself. */
export const nothingToDo = 'Nothing to do: a later run tries again.';

/** Every error that the program can report: what it means, what to do next, and how it ends a run. */
export const errorCatalogue = {
  usage_invalid: entry(
    'usage',
    'usage',
    'The command line is not valid',
    'Run novita-spot --help for the commands and options.',
  ),
  config_invalid: entry(
    'config',
    'config',
    'The configuration is not valid',
    'Correct the variables named above and run again.',
  ),
  auth_refused: entry(
    'auth',
    'auth',
    'The API refused the key',
    'Check that NOVITA_API_KEY (or the file behind NOVITA_API_KEY_FILE) holds a current key of this account.',
  ),
  account_blocked: entry(
    'account',
    'auth',
    'The API refused the account',
    'Look at the account in the Novita console or ask Novita support; no instance can be migrated until then.',
  ),
  balance_too_low: entry(
    'account',
    'auth',
    'The balance or budget of the account does not allow it',
    'Top up the balance or raise the budget in the Novita console; the next run goes on by itself.',
  ),
  no_capacity: entry(
    'capacity',
    'protocol',
    'No node of this product has room at the moment',
    'Nothing to do: a later run tries again when capacity returns.',
  ),
  state_conflict: entry(
    'conflict',
    'protocol',
    'The instance is in a state that does not allow it now',
    'Nothing to do: a later run looks at the instance again.',
  ),
  migration_failed: entry(
    'migration',
    'failed',
    'The provider accepted the migration, and then it failed',
    'Nothing to do: a later run tries again, up to MIGRATION_MAX_ATTEMPTS failed migrations in 24 hours.',
  ),
  instance_gone: entry(
    'permanent',
    'protocol',
    'The instance does not exist any more',
    'Nothing to do if it was removed on purpose.',
  ),
  not_found: entry(
    'permanent',
    'partial',
    'No instance of this account has this id or name',
    'Run novita-spot list for the ids and names of this account.',
  ),
  ambiguous_name: entry(
    'permanent',
    'partial',
    'Several instances have this name, so none of them was looked at',
    'Give the id of the one that is meant; novita-spot list shows it.',
  ),
  incompatible: entry(
    'permanent',
    'protocol',
    'The instance cannot be migrated as it is',
    'Look at the instance in the Novita console: its billing mode or CUDA version rules a migration out.',
  ),
  request_rejected: entry(
    'permanent',
    'protocol',
    'The API rejected the request',
    'If it goes on, report it with the message above: the API may have changed.',
  ),
  data_not_kept: entry(
    'permanent',
    'protocol',
    'The platform refuses to keep the data of this instance in a migration',
    'Save what matters elsewhere, or let it go: MIGRATION_SAVE_DATA=try or off migrates without the data.',
  ),
  save_data_unavailable: entry(
    'permanent',
    'protocol',
    'The API does not know the request for a migration that keeps data',
    'Check that NOVITA_API_BASE_URL leads to version 2 of the API as well; MIGRATION_SAVE_DATA=off does without it.',
  ),
  rate_limited: entry('rate_limit', 'unavailable', 'The API asked for fewer requests', nothingToDo, true),
  server_error: entry('server', 'unavailable', 'The API failed to answer the request', nothingToDo, true),
  network_unreachable: entry(
    'network',
    'unavailable',
    'No connection to the API could be made',
    'Check the network, DNS and NOVITA_API_BASE_URL; a later run tries again.',
    true,
  ),
  connection_lost: entry(
    'network',
    'unavailable',
    'The connection broke before the answer was complete',
    nothingToDo,
    true,
  ),
  tls_failed: entry(
    'network',
    'unavailable',
    'The API did not present a certificate that this machine trusts',
    'Check the clock, NOVITA_API_BASE_URL and any proxy; a private authority goes into NODE_EXTRA_CA_CERTS.',
  ),
  request_timeout: entry(
    'timeout',
    'unavailable',
    'The API did not answer in time',
    'A later run tries again; if it goes on, raise MIGRATION_REQUEST_TIMEOUT_MS.',
    true,
  ),
  unreadable_answer: entry(
    'protocol',
    'protocol',
    'The answer of the API could not be understood',
    checkBaseUrl,
  ),
  answer_too_large: entry('protocol', 'protocol', 'The answer of the API is larger than 8 MiB', checkBaseUrl),
  wrong_address: entry(
    'protocol',
    'protocol',
    'What answered is not the GPU instance API of Novita',
    'Correct NOVITA_API_BASE_URL: unless you were given another one, leave it out (https://api.novita.ai).',
  ),
  web_page_answer: entry(
    'protocol',
    'protocol',
    'A web page came back in place of an answer of the API',
    'Check NOVITA_API_BASE_URL. If it is right, a proxy, firewall or sign-in page answered in place of the API: ask whoever runs the network to let its host pass.',
  ),
  proxy_in_the_way: entry(
    'network',
    'unavailable',
    'A proxy on the way to the API refused the request',
    'Ask whoever runs the network to let the host of the API pass: novita-spot connects directly and cannot sign in to a proxy.',
  ),
  redirect_refused: entry(
    'protocol',
    'protocol',
    'The API answered with a redirect, which is never followed',
    checkBaseUrl,
  ),
  instance_changed: entry(
    'conflict',
    'protocol',
    'The instance changed after it was listed, so it was left alone',
    'Nothing to do: a later run looks at the instance again.',
  ),
  circuit_open: entry(
    'server',
    'unavailable',
    'The API failed three times in a row, so nothing more was started',
    nothingToDo,
  ),
  state_unusable: entry(
    'state',
    'state',
    'The state folder cannot be used',
    'Make the folder writable for this user alone, or point NOVITA_SPOT_STATE_DIR to another one.',
  ),
  lock_held: entry(
    'state',
    'locked',
    'Another run holds the lock',
    'Nothing to do while that run goes on. If it hangs, end the process that the message names.',
  ),
  interrupted: entry('aborted', 'interrupted', 'The run was stopped by SIGINT', nothingToDo),
  terminated: entry('aborted', 'terminated', 'The run was stopped by SIGTERM', nothingToDo),
  hung_up: entry('aborted', 'hangup', 'The run was stopped by SIGHUP', nothingToDo),
  deadline_reached: entry(
    'aborted',
    'deadline',
    'The run reached its deadline',
    'The next run goes on. If it happens often, raise MIGRATION_JOB_TIMEOUT_MS or MIGRATION_MAX_CONCURRENT.',
  ),
  output_unwritable: entry(
    'output',
    'output',
    'The result could not be written to standard output',
    'Make room where it is written to, then run the command again.',
  ),
  sandbox_unavailable: entry(
    'internal',
    'unavailable',
    'The sandbox could not be served',
    'Choose another --port, or leave it out to take any free one.',
  ),
  internal_error: entry(
    'internal',
    'internal',
    'A bug in novita-spot stopped the run',
    'Please report it with the text above.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
