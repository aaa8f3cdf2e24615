import type { ConfigProblem } from './configError.js';
import type { CheckedSettings } from './checkSettings.js';
import { needsAccount } from './reporting.js';
import { mentionsSecret } from './secrecy.js';
import type { Settings } from './settings.js';
import type { VariableName } from './variables.js';

type Values = Settings['values'];

/** Settings of which one at most may be given. */
const exclusive: readonly (readonly VariableName[])[] = [
  ['NOVITA_API_KEY', 'NOVITA_API_KEY_FILE', 'NOVITA_ACCOUNTS_DIR'],
  ['NOVITA_ACCOUNT', 'NOVITA_ACCOUNT_INDEX'],
  ['HEALTHCHECK_PING_URL', 'HEALTHCHECK_PING_URL_FILE'],
  ['NOTIFY_WEBHOOK_URL', 'NOTIFY_WEBHOOK_URL_FILE'],
  ['NOTIFY_WEBHOOK_SECRET', 'NOTIFY_WEBHOOK_SECRET_FILE'],
];

/** Where several accounts would overwrite each other. */
const placesToReportTo = [
  'MIGRATION_METRICS_FILE',
  'HEALTHCHECK_PING_URL',
  'HEALTHCHECK_PING_URL_FILE',
] as const satisfies readonly VariableName[];

/** Settings that rule each other out. */
export function conflicts(values: Values): readonly ConfigProblem[] {
  return exclusive.flatMap((names) => {
    const [first, ...others] = names.filter((name) => values[name] !== undefined);
    if (first === undefined || others.length === 0) return [];
    const message = `is set together with ${others.join(' and ')}: unset ${others.length === 1 ? 'one of them' : 'all but one of them'}`;
    return [{ variable: first, message }];
  });
}

/** A name that holds a secret: metrics, paths and reports show the name of an account. */
export function secretAccountName(
  { NOVITA_ACCOUNT }: Partial<CheckedSettings>,
  secrets: readonly string[],
): readonly ConfigProblem[] {
  const message = 'holds a key or another secret: give the account a name of its own';
  const holdsSecret = NOVITA_ACCOUNT !== undefined && mentionsSecret(NOVITA_ACCOUNT, secrets);
  return holdsSecret ? [{ variable: 'NOVITA_ACCOUNT', message }] : [];
}

/** Settings that pick accounts and lack what they pick from or by: more accounts than meant would be run. */
export function unusedSelection(values: Values): readonly ConfigProblem[] {
  const { NOVITA_ACCOUNTS_DIR, NOVITA_ACCOUNT, NOVITA_ACCOUNT_INDEX, NOVITA_ACCOUNT_INDEXES } = values;
  if (NOVITA_ACCOUNTS_DIR === undefined) {
    const message = 'needs NOVITA_ACCOUNTS_DIR, the folder that it picks from: set it or unset this';
    const given = { NOVITA_ACCOUNT_INDEX, NOVITA_ACCOUNT_INDEXES };
    return Object.entries(given).flatMap(([variable, value]) =>
      value === undefined ? [] : [{ variable, message }],
    );
  }
  const picked = NOVITA_ACCOUNT ?? NOVITA_ACCOUNT_INDEX;
  if (NOVITA_ACCOUNT_INDEXES === undefined || picked !== undefined) return [];
  const message = 'needs NOVITA_ACCOUNT_INDEX, or each index would run every account: set it or unset this';
  return [{ variable: 'NOVITA_ACCOUNT_INDEXES', message }];
}

/**
 * Settings that tell where to report to and do not fit the accounts: several would overwrite each other there,
 * and a place for a name needs one.
 *
 * @param usable - the settings without a problem: what matters is the URL in a file, not its path
 */
export function misplacedAccounts(
  { NOVITA_ACCOUNTS_DIR, NOVITA_ACCOUNT }: Values,
  usable: Partial<CheckedSettings>,
): readonly ConfigProblem[] {
  const several = NOVITA_ACCOUNTS_DIR !== undefined && NOVITA_ACCOUNT === undefined;
  const none = NOVITA_ACCOUNTS_DIR === undefined && NOVITA_ACCOUNT === undefined;
  return placesToReportTo.flatMap((variable) => {
    const value = usable[variable];
    if (value === undefined) return [];
    if (several && !needsAccount(value)) {
      return [
        { variable, message: 'must hold {account}, or each account would overwrite the one before it' },
      ];
    }
    return none && needsAccount(value)
      ? [
          {
            variable,
            message: 'holds {account}, but there is none: set NOVITA_ACCOUNT or NOVITA_ACCOUNTS_DIR',
          },
        ]
      : [];
  });
}

/**
 * Settings that have no default here and were not given.
 *
 * @param keyNeeded - false with a sandbox, which has its own key
 * @param defaultDirectory - the default state folder; null when there is no place for one
 */
export function missing(
  values: Values,
  keyNeeded: boolean,
  defaultDirectory: string | null,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const keys = [values.NOVITA_API_KEY, values.NOVITA_API_KEY_FILE, values.NOVITA_ACCOUNTS_DIR];
  if (keyNeeded && keys.every((key) => key === undefined)) {
    const message =
      'is required: set it, NOVITA_API_KEY_FILE or NOVITA_ACCOUNTS_DIR, or try the program out with --sandbox';
    problems.push({ variable: 'NOVITA_API_KEY', message });
  }
  if (defaultDirectory === null && values.NOVITA_SPOT_STATE_DIR === undefined) {
    const message = 'must be set to an absolute path, because this user has no home directory';
    problems.push({ variable: 'NOVITA_SPOT_STATE_DIR', message });
  }
  return problems;
}
