import { type NoticeType, noticeTypes } from '../core/notice.js';
import { isAccountName } from './accountName.js';
import type { CheckedSettings } from './checkSettings.js';
import { variables } from './variables.js';

/** Whom a run tells how it went, besides its own output. Null for nobody. */
export interface Reporting {
  /** May hold `{account}`. */
  readonly metricsFile: string | null;
  /** A secret: it may hold credentials. */
  readonly pushgatewayUrl: string | null;
  /** A secret; may hold `{account}`. */
  readonly pingUrl: string | null;
  readonly webhook: Webhook | null;
  readonly notifyOn: readonly NoticeType[];
  /** What to run for each reclaim notice. */
  readonly onNotice: NoticeProgram | null;
}

export interface NoticeProgram {
  /** An absolute path. */
  readonly program: string;
  readonly timeoutMs: number;
}

export interface Webhook {
  /** A secret. */
  readonly url: string;
  /** A secret; null when notifications are not signed. */
  readonly secret: string | null;
  readonly format: 'json' | 'slack' | 'discord';
}

/** What stands for the name of the account in a file name and a URL. */
export const accountPlaceholder = '{account}';

/**
 * Whom to tell. A setting that was rejected counts as not given, so that those that are good still serve to tell of it.
 */
export function reportingOf(settings: Partial<CheckedSettings>): Reporting {
  const url = settings.NOTIFY_WEBHOOK_URL ?? settings.NOTIFY_WEBHOOK_URL_FILE ?? null;
  return Object.freeze({
    metricsFile: settings.MIGRATION_METRICS_FILE ?? null,
    pushgatewayUrl: settings.MIGRATION_PUSHGATEWAY_URL ?? null,
    pingUrl: settings.HEALTHCHECK_PING_URL ?? settings.HEALTHCHECK_PING_URL_FILE ?? null,
    webhook:
      url === null
        ? null
        : Object.freeze({
            url,
            secret: settings.NOTIFY_WEBHOOK_SECRET ?? settings.NOTIFY_WEBHOOK_SECRET_FILE ?? null,
            format: formatFor(url, settings.NOTIFY_FORMAT ?? 'auto'),
          }),
    notifyOn: settings.NOTIFY_ON ?? noticeTypes,
    onNotice: onNoticeOf(settings),
  });
}

function onNoticeOf(settings: Partial<CheckedSettings>): NoticeProgram | null {
  const { MIGRATION_ON_NOTICE: program, MIGRATION_ON_NOTICE_TIMEOUT_MS: timeoutMs } = settings;
  if (program === undefined) return null;
  return Object.freeze({
    program,
    timeoutMs: timeoutMs ?? Number(variables.MIGRATION_ON_NOTICE_TIMEOUT_MS.default),
  });
}

function formatFor(url: string, wanted: CheckedSettings['NOTIFY_FORMAT']): Webhook['format'] {
  if (wanted !== 'auto') return wanted;
  const { hostname } = new URL(url);
  if (hostname === 'hooks.slack.com') return 'slack';
  return hostname === 'discord.com' || hostname === 'discordapp.com' ? 'discord' : 'json';
}

/**
 * Puts the name of the account in the place that was left for it. Without a name, or with one that is not fit to stand
 * in a path, what needs one is left out.
 */
export function reportingFor(reporting: Reporting, account: string | null): Reporting {
  const name = account !== null && isAccountName(account) ? account : null;
  const fill = (text: string | null): string | null =>
    name === null && needsAccount(text) ? null : (text?.replaceAll(accountPlaceholder, name ?? '') ?? null);
  return { ...reporting, metricsFile: fill(reporting.metricsFile), pingUrl: fill(reporting.pingUrl) };
}

/** True when a place is left for the name of the account. */
export function needsAccount(text: string | null): boolean {
  return text?.includes(accountPlaceholder) ?? false;
}

/** Every secret in it. */
export function secretsOfReporting({ pushgatewayUrl, pingUrl, webhook }: Reporting): readonly string[] {
  const urls = [pushgatewayUrl, pingUrl, webhook?.url ?? null].filter((url) => url !== null);
  return [...urls.flatMap(secretParts), ...(webhook?.secret ? [webhook.secret] : [])];
}

/** An error may name the path alone; one that is so short is no secret. */
const shortestSecretPath = 12;

function secretParts(url: string): readonly string[] {
  const { pathname, search, password } = new URL(url);
  const path = pathname + search;
  return [
    url,
    ...(path.length >= shortestSecretPath ? [path] : []),
    ...(password === '' ? [] : [decodeURIComponent(password)]),
  ];
}
