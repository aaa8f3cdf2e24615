import type { Invocation } from '../cli/invocation.js';
import { systemClock } from '../runtime/systemClock.js';
import { loadRun } from './loadRun.js';
import { performRun } from './performRun.js';
import { renderReport } from './presenter.js';
import { runAccounts } from './runAccounts.js';
import { subjectOfRun } from './runSubject.js';
import { listenToSignals } from './signals.js';
import type { System } from './system.js';

/**
 * Runs list, check or migrate once, for one account or for each of a folder, and prints the result.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, system: System): Promise<number> {
  const signals = listenToSignals(system);
  const loaded = loadRun(invocation, system);
  const run = { invocation, system, signals };
  const config = 'config' in loaded ? loaded.config : null;
  if ('config' in loaded && loaded.config.accounts !== null) {
    return runAccounts({ ...run, loaded, accounts: loaded.config.accounts });
  }
  const monitored: { code: number | null } = { code: null };
  const { exitCode } = await performRun({
    ...run,
    alone: true,
    subject: subjectOfRun(loaded),
    present: async (report, scrub) => {
      if (invocation.monitor) {
        const { presentMonitor } = await import('./monitor.js');
        monitored.code = await presentMonitor([report], { ...run, config, scrub });
      } else system.stdout.write(scrub(await renderReport(report, invocation, system, systemClock.now())));
    },
  });
  return monitored.code ?? exitCode;
}
