import type { Reporting } from '../../src/config/reporting.js';
import { ConfigError } from '../../src/config/configError.js';
import { loadConfig, type Config, type ConfigSources } from '../../src/config/config.js';
import type { VariableName } from '../../src/config/variables.js';

export const key = 'sk_CanaryQ7xZ9wV3';

/** Sources with a key and a home directory, and no file that can be read. */
export function sourcesWith(changes: Partial<ConfigSources> = {}): ConfigSources {
  return {
    environment: { NOVITA_API_KEY: key },
    flags: {},
    envFile: null,
    sandbox: null,
    readTextFile: (path) => {
      throw nodeError('ENOENT', path);
    },
    homeDirectory: '/home/ada',
    ...changes,
  };
}

/** The configuration that an environment with a key gives. */
export function configWith(environment: Record<string, string | undefined>): Config {
  return loadConfig(sourcesWith({ environment: { NOVITA_API_KEY: key, ...environment } })).config;
}

export function errorOf(sources: ConfigSources): ConfigError {
  try {
    loadConfig(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

/** What is said of one variable of an environment with a key. */
export function messageFor(name: VariableName, value: string): string {
  const { problems } = errorOf(sourcesWith({ environment: { NOVITA_API_KEY: key, [name]: value } }));
  return problems
    .filter(({ variable }) => variable === name)
    .map(({ message }) => message)
    .join('\n');
}

export function readerOf(files: Readonly<Record<string, string>>): (path: string) => string {
  return (path) => {
    const text = files[path];
    if (text === undefined) throw nodeError('ENOENT', path);
    return text;
  };
}

/** An error as node:fs throws it. */
export function nodeError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: something about ${path}`), { code });
}

export const webhookUrl = 'https://hooks.example.com/Canary/T1?token=Canary';

/** Everybody who can be told; each secret says Canary. */
export const everybodyToTell = {
  MIGRATION_METRICS_FILE: '/metrics/spot.prom',
  MIGRATION_PUSHGATEWAY_URL: 'https://user:Canary@push.example.com/gateway',
  HEALTHCHECK_PING_URL: 'https://hc.example.com/Canary-Canary-Canary',
  NOTIFY_WEBHOOK_URL: webhookUrl,
  NOTIFY_WEBHOOK_SECRET: 'CanarySecret',
  NOTIFY_ON: 'failed,migrated',
  MIGRATION_ON_NOTICE: '/opt/save',
};

export function reportingWith(environment: Readonly<Record<string, string>>): Reporting {
  return configWith(environment).reporting;
}
