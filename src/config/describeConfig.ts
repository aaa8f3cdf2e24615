import type { Config } from './config.js';

/**
 * The configuration for a log line: lists joined by commas, nothing of the key.
 * A value that happens to hold the key is left out as well.
 */
export function describeConfig(config: Config): Record<string, string | number | boolean> {
  const { apiKey, include, exclude, ...plain } = config;
  const shown = {
    apiKey: 'set (redacted)',
    ...plain,
    include: include.join(','),
    exclude: exclude.join(','),
  };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      const holdsKey = typeof value === 'string' && apiKey !== '' && value.includes(apiKey);
      return [name, holdsKey ? '(redacted)' : value];
    }),
  );
}
