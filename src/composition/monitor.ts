import type { Invocation } from '../cli/invocation.js';
import type { Config } from '../config/config.js';
import { variables } from '../config/variables.js';
import { judgeAccount } from '../core/accountHealth.js';
import type { Report } from '../core/report.js';
import { healthCodes, successLimitMs, worstHealth } from '../core/runHealth.js';
import { renderMonitorLine } from '../report/monitorLine.js';
import type { Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import type { System } from './system.js';

export interface PresentMonitor {
  readonly invocation: Pick<Invocation, 'quiet'>;
  readonly system: Pick<System, 'stdout'>;
  /** Null when it could not be loaded; then every report says so. */
  readonly config: Pick<Config, 'intervalMinutes' | 'jobTimeoutMs' | 'cooldownMinutes'> | null;
  readonly scrub: Scrub;
}

/**
 * Prints what a check found as the one line of a monitoring plugin.
 *
 * @param reports - of each account
 * @returns the exit code of the plugin
 */
export async function presentMonitor(
  reports: readonly Report[],
  { invocation, system, config, scrub }: PresentMonitor,
): Promise<number> {
  const limits = {
    nowSeconds: Math.floor(systemClock.now() / 1000),
    limitSeconds: successLimitMs(config ?? defaults) / 1000,
    cooldownSeconds: (config ?? defaults).cooldownMinutes * 60,
  };
  const accounts = reports.map((report) => judgeAccount(report, limits));
  const state = worstHealth(accounts.map((account) => account.state));
  if (!invocation.quiet || state !== 'healthy') system.stdout.write(scrub(renderMonitorLine(accounts)));
  // A state that nobody reads must not be taken for another one.
  return (await system.stdout.lost()) === null ? healthCodes[state] : healthCodes.unknown;
}

const defaults = {
  intervalMinutes: Number(variables.MIGRATION_INTERVAL_MINUTES.default),
  jobTimeoutMs: Number(variables.MIGRATION_JOB_TIMEOUT_MS.default),
  cooldownMinutes: Number(variables.MIGRATION_COOLDOWN_MINUTES.default),
};
