import type { AccountsReport } from '../core/accountsReport.js';
import { exitCodes } from '../core/exitCode.js';
import type { Log } from '../core/log.js';

const fine: ReadonlySet<number> = new Set([exitCodes.ok, exitCodes.changes]);

/** Logs how the runs of several accounts ended, in one line: how many of them ended in which way. */
export function logAccounts({ accounts, durationMs, exitCode, exitReason }: AccountsReport, log: Log): void {
  const counts = new Map<string, number>();
  for (const each of accounts) counts.set(each.exitReason, (counts.get(each.exitReason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`);
  const total = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;
  log.info('accounts_summary', [total, ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': '), {
    accounts: accounts.length,
    failed: accounts.filter((each) => !fine.has(each.exitCode)).length,
    durationMs,
    exitCode,
    exitReason,
  });
}
