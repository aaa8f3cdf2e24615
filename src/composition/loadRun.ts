import type { Invocation } from '../cli/invocation.js';
import { loadConfig, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import type { System } from './system.js';

/** Where the sandbox is served is not known before it is. */
const notYetServed = { baseUrl: '', apiKey: '' };

/** Reads the configuration of an invocation, or finds what is wrong with it. */
export function loadRun(
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
