import type { ListOrder } from '../core/listOrder.js';
import type { Shell } from './shells.js';

export type CommandName = 'list' | 'check' | 'migrate' | 'status' | 'sandbox';

export const outputFormats = ['table', 'json', 'markdown'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** What the command line asks for. Options that are also variables of the configuration stand under `flags`. */
export interface Invocation {
  readonly command: CommandName;
  /** Ids and names of instances; empty for all. */
  readonly targets: readonly string[];
  readonly output: OutputFormat;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** False with --no-color. */
  readonly color: boolean;
  readonly envFile: string | null;
  /** The scenario of --sandbox, or of the sandbox command. */
  readonly scenario: string | null;
  readonly flags: Readonly<Record<string, string>>;
  readonly yes: boolean;
  readonly force: boolean;
  readonly detailedExitCode: boolean;
  /** `check` prints one line for a monitoring system, with its exit codes. */
  readonly monitor: boolean;
  /** The path of a plan to follow, `-` for standard input; null without one. */
  readonly plan: string | null;
  readonly filters: ListFilters;
  /** What `list` is sorted by; null leaves the order of the API. */
  readonly sort: ListOrder | null;
  /** Nothing is shortened or left out to fit the terminal. */
  readonly wide: boolean;
  /** How many seconds lie between two looks of `list`; null for one look. */
  readonly watchSeconds: number | null;
  /** How many past runs `status` shows. */
  readonly limit: number;
  readonly port: number;
}

/** True when all instances of the account are considered: none is named, and no plan names any. */
export function isForWholeAccount({ targets, plan }: Pick<Invocation, 'targets' | 'plan'>): boolean {
  return targets.length === 0 && plan === null;
}

/** Which instances `list` shows. Null or empty shows all. */
export interface ListFilters {
  readonly status: string | null;
  readonly spot: boolean;
  readonly eligible: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What reading a command line leads to. */
export type CommandLine =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'completion'; readonly shell: Shell }
  /** Help or version, for stdout. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'usage';
      readonly message: string;
      /** The command that was meant; null when there is none that is known. */
      readonly command: string | null;
      /** The help, where it is what was looked for. */
      readonly help: string | null;
    };
