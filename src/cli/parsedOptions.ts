import type { VariableName } from '../config/variables.js';
import { waitByDefaultSeconds } from './wait.js';
import type { ListOrder } from '../core/listOrder.js';
import type { CommandName, Invocation, OutputFormat } from './invocation.js';

/** The options of all commands, as commander hands them over. */
export interface ParsedOptions {
  readonly output: OutputFormat;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
  readonly envFile?: string;
  readonly accountsDir?: string;
  readonly account?: string;
  readonly metricsFile?: string;
  readonly pushgatewayUrl?: string;
  readonly onNotice?: string;
  readonly sandbox?: string | true;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly detailedExitcode?: boolean;
  readonly monitor?: boolean;
  readonly plan?: string;
  readonly maxConcurrent?: string;
  readonly maxPerRun?: string;
  readonly saveData?: string;
  readonly fallback?: string;
  /** Seconds, as text; true without a value. */
  readonly wait?: string | true;
  readonly status?: string;
  readonly spot?: boolean;
  readonly eligible?: boolean;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly sort?: ListOrder;
  readonly wide?: boolean;
  readonly watch?: number;
  readonly limit?: number;
  readonly port?: number;
  readonly scenario?: string;
}

/** Puts what commander found into the form that the program works with. */
export function invocationOf(
  command: CommandName,
  targets: readonly string[],
  options: ParsedOptions,
): Invocation {
  const scenario = options.sandbox === true ? 'demo' : (options.scenario ?? options.sandbox ?? null);
  return {
    command,
    targets,
    output: options.output,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    color: options.color,
    envFile: options.envFile ?? null,
    scenario,
    flags: flagsOf(options),
    yes: options.yes ?? false,
    force: options.force ?? false,
    detailedExitCode: options.detailedExitcode ?? false,
    monitor: options.monitor ?? false,
    plan: options.plan ?? null,
    filters: {
      status: options.status ?? null,
      spot: options.spot ?? false,
      eligible: options.eligible ?? false,
      include: options.include ?? [],
      exclude: options.exclude ?? [],
    },
    sort: options.sort ?? null,
    wide: options.wide ?? false,
    watchSeconds: options.watch ?? null,
    limit: options.limit ?? 0,
    port: options.port ?? 0,
  };
}

/** Flags that stand for a variable of the configuration, under the name of that variable. */
function flagsOf(options: ParsedOptions): Readonly<Record<string, string>> {
  const { verbose, dryRun } = options;
  const flags = {
    MIGRATION_LOG_LEVEL: verbose ? 'debug' : undefined,
    MIGRATION_DRY_RUN: dryRun ? 'true' : undefined,
    MIGRATION_MAX_CONCURRENT: options.maxConcurrent,
    MIGRATION_MAX_PER_RUN: options.maxPerRun,
    MIGRATION_SAVE_DATA: options.saveData,
    MIGRATION_FALLBACK: options.fallback,
    MIGRATION_WAIT_SECONDS: options.wait === true ? String(waitByDefaultSeconds) : options.wait,
    NOVITA_ACCOUNTS_DIR: options.accountsDir,
    NOVITA_ACCOUNT: options.account,
    MIGRATION_METRICS_FILE: options.metricsFile,
    MIGRATION_PUSHGATEWAY_URL: options.pushgatewayUrl,
    MIGRATION_ON_NOTICE: options.onNotice,
  } satisfies Partial<Record<VariableName, string | undefined>>;
  const given = Object.entries(flags).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}
