import type { Invocation } from '../cli/invocation.js';
import type { Clock } from '../core/clock.js';
import { type Failure, failureOf } from '../core/failure.js';
import { type ScenarioName, scenarioNames } from '../sandbox/scenarioNames.js';
import { outputFailure } from './lostOutput.js';
import type { System } from './system.js';

const defaultScenario: ScenarioName = 'demo';

export interface OpenedSandbox {
  readonly baseUrl: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Serves the sandbox for the length of one run; null when the run is meant for the real API. */
export async function openSandbox({ scenario }: Invocation, clock: Clock): Promise<OpenedSandbox | null> {
  if (scenario === null) return null;
  const { startSandbox } = await import('../sandbox/server.js');
  return startSandbox({ scenario: scenarioNamed(scenario), now: () => clock.now() });
}

/** Where the runs of one invocation get their sandbox from. */
export interface SandboxSource {
  /** @param account - null when it has no name. @returns null when the run is meant for the real API */
  open(account: string | null): Promise<OpenedSandbox | null>;
}

/** Serves one sandbox for each account, and goes on with it from run to run until all are closed. */
export function keepSandboxes(
  invocation: Invocation,
  clock: Clock,
): SandboxSource & { close(): Promise<void> } {
  const kept = new Map<string | null, Promise<OpenedSandbox | null>>();
  return {
    open: async (account) => {
      const opened = kept.get(account) ?? openSandbox(invocation, clock);
      kept.set(account, opened);
      const sandbox = await opened;
      return sandbox === null ? null : { ...sandbox, close: () => Promise.resolve() };
    },
    close: async () => {
      for (const opened of kept.values()) await (await opened)?.close();
    },
  };
}

/**
 * Serves the sandbox until a signal comes. Prints what a client needs to use it, in the form of an env file.
 *
 * @returns why it could not be served; null when it was
 */
export async function serveSandbox(
  { scenario, port }: Invocation,
  system: System,
  clock: Clock,
): Promise<Failure | null> {
  const { startSandbox } = await import('../sandbox/server.js');
  let sandbox: OpenedSandbox;
  try {
    sandbox = await startSandbox({
      scenario: scenarioNamed(scenario ?? defaultScenario),
      port,
      now: () => clock.now(),
      onRequest: ({ method, path, status }) => system.stderr.write(`${method} ${path} ${status}\n`),
    });
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return failureOf('sandbox_unavailable', { detail: error.message });
  }
  // Whoever reads the lines below may stop the program at once.
  const stopped = new Promise<void>((resolve) => {
    const stopListening = system.onSignal(() => {
      stopListening();
      resolve();
    });
  });
  system.stdout.write(`NOVITA_API_BASE_URL=${sandbox.baseUrl}\nNOVITA_API_KEY=${sandbox.apiKey}\n`);
  const lostBy = await system.stdout.lost();
  if (lostBy === null) {
    system.stderr.write('Serving until stopped with Ctrl-C.\n');
    await stopped;
  }
  await sandbox.close();
  return lostBy === null ? null : outputFailure(lostBy);
}

/** The command line has already refused a name that is none. */
function scenarioNamed(name: string): ScenarioName {
  return scenarioNames.find((known) => known === name) ?? defaultScenario;
}
