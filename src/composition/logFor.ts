import type { Invocation } from '../cli/invocation.js';
import type { Config } from '../config/config.js';
import type { Log } from '../core/log.js';
import { createLogger, type LogFormat } from '../runtime/logger.js';
import type { Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import type { System } from './system.js';
import { withoutRepetition } from './withoutRepetition.js';

export interface LogFor {
  readonly invocation: Invocation;
  readonly system: System;
  /** Null when it could not be loaded. */
  readonly config: Config | null;
  readonly scrub: Scrub;
  /** Null for what is about no single run. */
  readonly runId: string | null;
  /** Null when the account has no name. */
  readonly account: string | null;
}

/** The log of one run, on stderr. At a terminal that shows its screen as well, it does not repeat that. */
export function logFor({ invocation, system, config, scrub, runId, account }: LogFor): Log {
  const { stderr, environment } = system;
  // A configuration that could not be loaded still says how its own errors are to be written.
  const wanted = config?.logFormat ?? environment['MIGRATION_LOG_FORMAT'] ?? 'auto';
  const format: LogFormat =
    wanted === 'text' || wanted === 'json' ? wanted : stderr.isTerminal ? 'terminal' : 'json';
  const level = config?.logLevel ?? 'info';
  const log = createLogger({
    // A monitoring system may take what it reads on stderr for a part of the answer.
    level: invocation.quiet || invocation.monitor ? 'error' : level,
    format,
    runId,
    account,
    scrub,
    now: () => systemClock.now(),
    write: (line) => stderr.write(line),
  });
  const isReadWithScreen =
    format === 'terminal' &&
    system.stdout.isTerminal &&
    invocation.output === 'table' &&
    !invocation.quiet &&
    level !== 'debug';
  return isReadWithScreen ? withoutRepetition(log, account !== null) : log;
}
