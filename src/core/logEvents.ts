/** Every event of the log by its stable name, with what it says. */
export const logEvents = {
  run_started: 'A run begins; the fields are its configuration without secrets',
  config_warning: 'Something about the configuration is odd',
  disabled: 'MIGRATION_ENABLED is false, so nothing is done',
  not_implemented: 'A setting has no effect in this version',
  journal_warning: 'Something about the journal needs attention, such as a request of a run that was killed',
  observation_warning: 'The account could not be observed as it should be',
  request_answered: 'The API answered a read (debug)',
  request_retried: 'A read failed and is sent again',
  decided: 'What was decided about an instance, and why',
  plan_outdated:
    'Instances of the plan file have changed since and are left alone, or nobody planned for them',
  prices_unknown: 'The prices of a plan could not be read, and are left out',
  plan_declined: 'The plan was declined at the prompt',
  migrate_requested: 'A migrate request is sent',
  migrate_answered: 'The API answered a migrate request (debug)',
  migrate_retried: 'A migrate request certainly had no effect and is sent again',
  migrate_settling: 'A read after a migrate request without a usable answer, and what it showed',
  data_not_kept: 'The provider does not keep the data of an instance, which is migrated without',
  stopping: 'The run has to end and waits for the requests that are in flight',
  migrate_result: 'What became of an instance',
  run_failed: 'What ended the run before its time, and what to do',
  not_found: 'Ids and names that were asked for and are not in the list',
  ambiguous_name: 'A name that was asked for and that several instances carry, with their ids',
  not_migrated: 'Eligible instances that were not migrated',
  delivery_failed: 'A ping, metrics or a notification did not get through',
  notices_not_remembered: 'What was notified of could not be written down; it may be told again',
  bug: 'An error that nobody expected, with its stack',
  summary: 'The counts of the run, its exit code and duration; always the last line of a run',
  accounts_summary: 'How the runs of several accounts ended; the last line of the program',
} as const;

export type LogEvent = keyof typeof logEvents;
