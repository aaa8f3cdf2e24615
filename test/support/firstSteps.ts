export interface FirstStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly code: number;
  /** What it prints, on whichever stream. */
  readonly prints: RegExp;
}

const closedPort = {
  NOVITA_API_KEY: 'sk_first-steps',
  NOVITA_API_BASE_URL: 'http://127.0.0.1:9',
  MIGRATION_RETRY_BASE_MS: '1',
};

/** What shows that an installation of the program is whole: each command, each file of it, good ends and bad ones. */
export const firstSteps: readonly FirstStep[] = [
  { title: '--version', args: ['--version'], code: 0, prints: /^\d+\.\d+\.\d+\n$/ },
  { title: '--help', args: ['--help'], code: 0, prints: /^Brings reclaimed/ },
  {
    title: 'list',
    args: ['list', '--sandbox'],
    code: 0,
    prints: /\n13 instances: 4 reclaimed and eligible, /,
  },
  { title: 'check', args: ['check', '--sandbox'], code: 0, prints: /eligible: reclaimed/ },
  {
    title: 'check in detail',
    args: ['check', '--sandbox', '--detailed-exitcode', '--output', 'json'],
    code: 2,
    prints: /"exitReason": "changes"/,
  },
  { title: 'migrate', args: ['migrate', '--sandbox'], code: 0, prints: /4 eligible, 4 migrated\./ },
  {
    title: 'migrate, some',
    args: ['migrate', '--sandbox', '--max-per-run', '1'],
    code: 20,
    prints: /1 migrated, 3 deferred/,
  },
  {
    title: 'metrics',
    args: ['check', '--sandbox', '--metrics-file', 'spot.prom', '--output', 'json'],
    code: 0,
    prints: /"channel": "metrics_file"[^}]*"delivered": true/,
  },
  { title: 'completion', args: ['completion', 'bash'], code: 0, prints: /\ncomplete .*novita-spot\n/ },
  {
    title: 'markdown',
    args: ['migrate', '--sandbox', '--dry-run', '--output', 'markdown'],
    code: 0,
    prints: /^## Dry run, nothing was changed\./,
  },
  { title: 'a wrong command', args: ['mirgate'], code: 64, prints: /Did you mean migrate/ },
  { title: 'a closed port', args: ['list'], environment: closedPort, code: 69, prints: /ECONNREFUSED/ },
  { title: 'a missing key', args: ['list'], code: 78, prints: /NOVITA_API_KEY is required/ },
];
