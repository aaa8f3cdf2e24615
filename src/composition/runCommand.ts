import type { Invocation } from '../cli/invocation.js';
import { loadConfig, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import { systemClock } from '../runtime/systemClock.js';
import { performRun, type RunSubject } from './performRun.js';
import { renderReport } from './presenter.js';
import { runAccounts } from './runAccounts.js';
import { listenToSignals } from './signals.js';
import { subjectOfProblems } from './subjectOfProblems.js';
import type { System } from './system.js';

/** Where the sandbox is served is not known before it is. */
const notYetServed = { baseUrl: '', apiKey: '' };

/**
 * Runs list, check or migrate once, for one account or for each of a folder, and prints the result.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, system: System): Promise<number> {
  const signals = listenToSignals(system);
  const loaded = tryToLoadConfig(invocation, system);
  const run = { invocation, system, signals };
  const config = 'config' in loaded ? loaded.config : null;
  if ('config' in loaded && loaded.config.accounts !== null) {
    return runAccounts({ ...run, loaded, accounts: loaded.config.accounts });
  }
  const monitored: { code: number | null } = { code: null };
  const { exitCode } = await performRun({
    ...run,
    alone: true,
    subject: 'config' in loaded ? subjectOf(loaded) : subjectOfProblems(loaded),
    present: async (report, scrub) => {
      if (invocation.monitor) {
        const { presentMonitor } = await import('./monitor.js');
        monitored.code = presentMonitor([report], { ...run, config, scrub });
      } else system.stdout.write(scrub(await renderReport(report, invocation, system, systemClock.now())));
    },
  });
  return monitored.code ?? exitCode;
}

function tryToLoadConfig(
  { flags, envFile, scenario }: Invocation,
  { environment, homeDirectory, readTextFile }: System,
): LoadedConfig | ConfigError {
  const sandbox = scenario === null ? null : notYetServed;
  try {
    return loadConfig({ environment, flags, envFile, sandbox, homeDirectory, readTextFile });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function subjectOf({ config, warnings }: LoadedConfig): RunSubject {
  return { account: config.account, config, failure: null, reporting: config.reporting, warnings };
}
