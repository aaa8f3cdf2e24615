import { nextStepOfNotice, type Notice, type NoticeType } from '../../core/notice.js';
import type { NotificationInput } from './payload.js';

/** Discord refuses a longer message; Slack would take more, but nobody reads it. */
const longestMessage = 2_000;
/** Of one notice, before it is escaped: a long one must not leave the message empty. */
const longestNotice = 600;
/** Room for the line that says how many are left out. */
const lastLineRoom = 40;

const titles: Readonly<Record<NoticeType, string>> = {
  reclaim_notice: 'Reclaim notice',
  migrated: 'Migrated',
  recovered: 'Recovered',
  failed: 'Not migrated',
  quarantined: 'Quarantined',
  stuck: 'Stuck',
  run_failed: 'Run failed',
};

/** The body of a message to a Slack incoming webhook. Nothing in it pings anybody or is taken for formatting. */
export function slackMessage(input: NotificationInput): unknown {
  return { text: message(input, escapeSlack), mrkdwn: false, unfurl_links: false, unfurl_media: false };
}

/** The body of a message to a Discord webhook. Nothing in it pings anybody or is taken for formatting. */
export function discordMessage(input: NotificationInput): unknown {
  return { content: message(input, escapeDiscord), allowed_mentions: { parse: [] }, flags: suppressEmbeds };
}

const suppressEmbeds = 4;

type Escape = (text: string) => string;

function message({ notices, report }: NotificationInput, escape: Escape): string {
  const account = report.account === null ? '' : ` (${escape(report.account)})`;
  const lines = [`novita-spot${account}:`, ...notices.map((notice) => lineOf(notice, escape))];
  let text = '';
  for (const [index, line] of lines.entries()) {
    const longer = index === 0 ? line : `${text}\n${line}`;
    const room = index === lines.length - 1 ? 0 : lastLineRoom;
    if (longer.length > longestMessage - room) return `${text}\n... and ${lines.length - index} more`;
    text = longer;
  }
  return text;
}

function lineOf(notice: Notice, escape: Escape): string {
  const { type, text, failure } = notice;
  const next = failure === null ? '' : `. ${nextStepOfNotice(notice)}`;
  const whole = `${text}${next}`;
  const shown = whole.length > longestNotice ? `${whole.slice(0, longestNotice - 1)}…` : whole;
  return `• ${titles[type]}: ${escape(shown)}`;
}

/** Slack's three control characters; escaped, a mention such as `<!channel>` or a link is text. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeDiscord(text: string): string {
  return text.replace(/[\\`*_~|>#[\]()<@:-]/g, (character) => `\\${character}`);
}
