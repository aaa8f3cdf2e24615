import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { fakeSystem, type FakeSystem } from './fakeSystem.js';

/**
 * Starts a sandbox for all tests of the describe block: what one of them has migrated is so for the next. Each has a
 * state folder of its own.
 */
export function useSharedSandbox() {
  const at = useTemporaryFolder();
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: 'the-key' });
  });
  after(() => sandbox.close());

  const system = (changes: Readonly<Record<string, string>> = {}): FakeSystem =>
    fakeSystem({
      environment: {
        NOVITA_API_KEY: 'the-key',
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_SPOT_STATE_DIR: at('state'),
        MIGRATION_RETRY_BASE_MS: '1',
        ...changes,
      },
    });
  return { at, system };
}
