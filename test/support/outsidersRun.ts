import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { canaryKey, expectNoLeak, filesOf, newFolder, oneDocument, removeFolders } from './migrateRun.js';
import { type Answer, type Receiver, startReceiver } from './receiver.js';
import { type Ended, runProgram, startProgram } from './runProgram.js';

/** Part of every address that a run is given to tell; it must not come out. */
export const secretPath = '/ping-key-0123456789';

type Environment = Readonly<Record<string, string>>;

/** For each test of the describe block a sandbox, a state folder, and somebody who is told how its runs went. */
export function useOutsiders() {
  let sandbox: Sandbox | undefined;
  let receiver: Receiver | undefined;
  let stateDir = '';
  afterEach(async () => {
    await sandbox?.close();
    await receiver?.close();
    removeFolders();
  });

  async function open(scenario: ScenarioName = 'demo', answers: readonly Answer[] = []): Promise<Receiver> {
    stateDir = newFolder();
    sandbox = await startSandbox({
      scenario,
      apiKey: canaryKey,
      now: () => Date.now(),
      migrationSeconds: 0,
    });
    receiver = await startReceiver(answers);
    return receiver;
  }

  const environmentOf = (environment: Environment): Environment => ({
    NOVITA_API_KEY: canaryKey,
    NOVITA_API_BASE_URL: sandbox?.baseUrl ?? '',
    NOVITA_SPOT_STATE_DIR: stateDir,
    MIGRATION_RETRY_BASE_MS: '1',
    ...environment,
  });

  /** Runs the program and checks that no secret came out anywhere. */
  async function run(
    environment: Environment,
    args: readonly string[] = ['migrate'],
  ): Promise<Ended & { readonly report: Report }> {
    const ended = await runProgram([...args, '-o', 'json'], { environment: environmentOf(environment) });
    expectNoLeak(ended, stateDir);
    for (const text of [ended.stdout, ended.stderr, ...Object.values(filesOf(stateDir))]) {
      expect(text).not.to.include(secretPath);
    }
    return { ...ended, report: oneDocument(ended) };
  }

  return {
    open,
    run,
    /** Starts `migrate`, for somebody who does not let it run to its end. */
    start: (environment: Environment) =>
      startProgram(['migrate', '-o', 'json'], { environment: environmentOf(environment) }),
    address: () => `${receiver?.url ?? ''}${secretPath}`,
    received: () => receiver?.received ?? [],
    applied: () => sandbox?.world.applied.length ?? 0,
    stateDir: () => stateDir,
  };
}

/** The event of a line of the log. */
export function eventOf(line: string): string {
  return (JSON.parse(line) as { readonly event: string }).event;
}
