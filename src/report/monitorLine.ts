import type { AccountHealth, Finding, FindingKind } from '../core/accountHealth.js';
import { joinLines } from '../core/joinLines.js';
import { type HealthState, worstHealth } from '../core/runHealth.js';
import { safeText } from '../core/safeText.js';

const words: Readonly<Record<HealthState, string>> = {
  healthy: 'OK',
  warning: 'WARNING',
  critical: 'CRITICAL',
  unknown: 'UNKNOWN',
};

const namedInstances = 3;

/**
 * The one line of a monitoring plugin: the service, its state, what was found, and counts behind the bar. Ends with a
 * line feed.
 *
 * @param accounts - at least one
 */
export function renderMonitorLine(accounts: readonly AccountHealth[]): string {
  const state = worstHealth(accounts.map((each) => each.state));
  const text = accounts.length === 1 ? accounts.map(describeAccount).join('') : describeAccounts(accounts);
  const counts = accounts.some(({ problem }) => problem !== null) ? '' : ` | ${performanceData(accounts)}`;
  return `NOVITA_SPOT ${words[state]} - ${oneLine(text)}${counts}\n`;
}

/** The bar would begin the counts, and a line feed the long text. */
function oneLine(text: string): string {
  return safeText(joinLines(text)).replaceAll('|', '/');
}

function describeAccounts(accounts: readonly AccountHealth[]): string {
  const unwell = accounts.filter(({ state }) => state !== 'healthy');
  const parts = unwell.map(
    (each) => `${each.account ?? 'no name'} ${words[each.state]}: ${describeAccount(each)}`,
  );
  return [`${accounts.length} accounts, ${accounts.length - unwell.length} OK`, ...parts].join('; ');
}

function describeAccount({ problem, findings, instances, exited, inProgress }: AccountHealth): string {
  if (problem !== null) return problem;
  const moving = inProgress > 0 ? [`${inProgress} being migrated`] : [];
  if (findings.length > 0) return [...findings.map(describeFinding), ...moving].join(', ');
  return [`${instances} instances`, `${exited} exited`, 'none waits for a migration', ...moving].join(', ');
}

const phrases: Readonly<Record<FindingKind, string>> = {
  quarantined: 'quarantined',
  overdue: 'down too long',
  eligible: 'to be migrated',
  held: 'held for local data',
  cooldown: 'in cooldown',
  backing_off: 'at rest after failed migrations',
  stuck: 'in a migration that does not end',
  reclaim_notice: 'about to be reclaimed',
  invalid_reclaim_time: 'of no readable reclaim time',
  list_incomplete: 'the list is not complete',
  jobs_unknown: 'the job list could not be read',
};

function describeFinding({ kind, names, seconds }: Finding): string {
  if (names.length === 0) return phrases[kind];
  const left = names.length - namedInstances;
  const named = names.slice(0, namedInstances).join(', ') + (left > 0 ? ` and ${left} more` : '');
  return `${names.length} ${phrases[kind]} (${named}${timeOf(kind, seconds)})`;
}

function timeOf(kind: FindingKind, seconds: number | null): string {
  if (seconds === null) return '';
  return kind === 'reclaim_notice' ? `; in ${duration(seconds)}` : `; for ${duration(seconds)}`;
}

function duration(seconds: number): string {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

/** `label=value;warning;critical;minimum`, as plugins write them: the state begins above the number. */
function performanceData(accounts: readonly AccountHealth[]): string {
  const sum = (measure: (account: AccountHealth) => number): number =>
    accounts.reduce((total, each) => total + measure(each), 0);
  const found = (kind: FindingKind): number =>
    sum(({ findings }) => findings.find((each) => each.kind === kind)?.names.length ?? 0);
  const downKinds: readonly FindingKind[] = ['quarantined', 'overdue', 'eligible', 'held', 'backing_off'];
  const longest = accounts.flatMap(({ findings }) =>
    findings.filter(({ kind }) => downKinds.includes(kind)).map(({ seconds }) => seconds ?? 0),
  );
  return [
    `instances=${sum(({ instances }) => instances)};;;0`,
    `exited=${sum(({ exited }) => exited)};;;0`,
    `eligible=${found('eligible')};0;;0`,
    `overdue=${found('overdue')};;0;0`,
    `quarantined=${found('quarantined')};;0;0`,
    `held=${found('held')};0;;0`,
    `backing_off=${found('backing_off')};0;;0`,
    `cooldown=${found('cooldown')};0;;0`,
    `migrating=${sum(({ inProgress }) => inProgress) + found('stuck')};;;0`,
    `reclaim_notices=${found('reclaim_notice')};0;;0`,
    `longest_down=${Math.max(0, ...longest)}s;;;0`,
  ].join(' ');
}
