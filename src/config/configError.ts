import { type Reporting, reportingOf } from './reporting.js';

export interface ConfigProblem {
  /** The name of the variable, or --env-file. */
  readonly variable: string;
  /** What is expected and what to do. Holds no part of a secret. */
  readonly message: string;
}

/** Everything that is wrong with the configuration. The message has one line for each problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  /** What a configuration without these problems would have warned of: a misspelt name may be the cause. */
  readonly warnings: readonly string[];
  /** Private, because it holds secrets and errors get printed. */
  readonly #reporting: Reporting;
  /** Private, because it may be a secret in the wrong place. */
  readonly #account: string | null;

  constructor(
    problems: readonly ConfigProblem[],
    warnings: readonly string[] = [],
    reporting: Reporting = reportingOf({}),
    account: string | null = null,
  ) {
    super(problems.map(({ variable, message }) => `${variable}: ${message}`).join('\n'));
    this.problems = Object.freeze([...problems]);
    this.warnings = Object.freeze([...warnings]);
    this.#reporting = reporting;
    this.#account = account;
  }

  /** Whom to tell of the problems, as far as that could be read. */
  get reporting(): Reporting {
    return this.#reporting;
  }

  /** The name of the account; null when it has none, or when it cannot be told from a key in the wrong place. */
  get account(): string | null {
    return this.#account;
  }
}
