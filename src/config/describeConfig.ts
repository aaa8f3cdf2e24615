import type { Config } from './config.js';

/**
 * The configuration for a log line: lists joined by commas, nothing of the key.
 * A value that happens to hold the key is left out as well.
 */
export function describeConfig(config: Config): Record<string, string | number | boolean | null> {
  const { apiKey, include, exclude, accounts, reporting, stateRoot, ...plain } = config;
  const { metricsFile, pushgatewayUrl, pingUrl, webhook, notifyOn, onNotice } = reporting;
  const shown = {
    apiKey: 'set (redacted)',
    ...plain,
    ...(stateRoot === plain.stateDir ? {} : { stateRoot }),
    ...(accounts === null ? {} : { accounts: accounts.directory }),
    ...(metricsFile === null ? {} : { metricsFile }),
    ...(pushgatewayUrl === null ? {} : { pushgatewayUrl: 'set (redacted)' }),
    ...(pingUrl === null ? {} : { pingUrl: 'set (redacted)' }),
    ...(webhook === null
      ? {}
      : { webhookUrl: 'set (redacted)', webhookFormat: webhook.format, notifyOn: notifyOn.join(',') }),
    ...(onNotice === null ? {} : { onNotice: onNotice.program, onNoticeTimeoutMs: onNotice.timeoutMs }),
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
