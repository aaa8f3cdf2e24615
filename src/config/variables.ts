interface Described {
  /** As shown to people; for numbers, booleans, choices and URLs it is also what the program reads. */
  readonly default: string;
  /** One sentence, without the final stop. */
  readonly meaning: string;
}
export interface NumberVariable extends Described {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
}
export interface BooleanVariable extends Described {
  readonly kind: 'boolean';
}
export interface ChoiceVariable<Choice extends string = string> extends Described {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}
/** A comma-separated list of instance name patterns and ids. */
export interface PatternsVariable extends Described {
  readonly kind: 'patterns';
}
/** A key, URL or path: its value may be or hold a secret, so no message repeats it. */
export interface PrivateVariable extends Described {
  readonly kind: 'private';
  /** What a good value is, as in "must be ...". */
  readonly expected: string;
}
export type Variable = NumberVariable | BooleanVariable | ChoiceVariable | PatternsVariable | PrivateVariable;

function number(byDefault: string, minimum: number, maximum: number, meaning: string): NumberVariable {
  return { kind: 'number', default: byDefault, minimum, maximum, meaning };
}
function boolean(byDefault: 'true' | 'false', meaning: string): BooleanVariable {
  return { kind: 'boolean', default: byDefault, meaning };
}
function choice<const Choice extends string>(
  byDefault: NoInfer<Choice>,
  choices: readonly Choice[],
  meaning: string,
): ChoiceVariable<Choice> {
  return { kind: 'choice', default: byDefault, choices, meaning };
}
function patterns(meaning: string): PatternsVariable {
  return { kind: 'patterns', default: 'empty', meaning };
}
function hidden(byDefault: string, expected: string, meaning: string): PrivateVariable {
  return { kind: 'private', default: byDefault, expected, meaning };
}

/** Every variable that the program reads, in the order in which people are shown them. */
export const variables = {
  NOVITA_API_KEY: hidden(
    'required',
    'printable ASCII characters without spaces',
    'API key; this or NOVITA_API_KEY_FILE is required, except with --sandbox',
  ),
  NOVITA_API_KEY_FILE: hidden(
    'unset',
    'the path of a readable file that holds the key and nothing else',
    'File that holds the API key, instead of NOVITA_API_KEY',
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
    'How often the scheduler runs novita-spot; not in effect yet',
  ),
  MIGRATION_JOB_TIMEOUT_MS: number('600000', 1_000, 1_800_000, 'Deadline of a whole run'),
  MIGRATION_REQUEST_TIMEOUT_MS: number('30000', 100, 120_000, 'Time limit of one HTTP attempt'),
  MIGRATION_MAX_CONCURRENT: number('5', 1, 20, 'Migrations in flight at once'),
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
  MIGRATION_LOCAL_DATA: choice(
    'warn',
    ['warn', 'hold'],
    'What to do with instances with a local volume, whose data a migration does not keep',
  ),
  MIGRATION_INCLUDE: patterns('Only these instances, by name pattern or exact id; empty for all'),
  MIGRATION_EXCLUDE: patterns(
    'Never these instances, by name pattern or exact id; wins over MIGRATION_INCLUDE',
  ),
  MIGRATION_WAIT_SECONDS: number('0', 0, 1_800, 'How long to follow accepted migrations; not in effect yet'),
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
  NOVITA_SPOT_STATE_DIR: hidden(
    '$STATE_DIRECTORY, else $XDG_STATE_HOME/novita-spot, else ~/.local/state/novita-spot',
    'an absolute path',
    'Folder for the lock and the journal',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

export const variableNames = Object.keys(variables) as readonly VariableName[];

/** What a value of the variable has to be, to be read after "must be". */
export function expectedValue(variable: Variable): string {
  switch (variable.kind) {
    case 'number':
      return `a whole number from ${variable.minimum} to ${variable.maximum}, in digits only`;
    case 'boolean':
      return 'true or false (1, 0, yes and no do as well)';
    case 'choice':
      return `one of ${variable.choices.join(', ')}`;
    case 'patterns':
      return 'a comma-separated list of name patterns or instance ids';
    case 'private':
      return variable.expected;
  }
}
