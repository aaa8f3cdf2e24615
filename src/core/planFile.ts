import { type SkipReason, skipReasons } from './eligibility.js';
import { type FallbackMode, fallbackModes } from './fallback.js';
import { safeText } from './safeText.js';
import { type SaveDataMode, saveDataModes } from './saveData.js';

/** An instance that a dry run would have migrated, with all that its verdict and the agreement to it stood on. */
export interface PlannedInstance {
  readonly id: string;
  readonly status: string;
  readonly spotStatus: string | null;
  readonly spotReclaimTime: string | null;
  /** ISO 8601, UTC. */
  readonly lastStartedAt: string | null;
  readonly dataAtRisk: readonly string[];
  readonly forcedPast: readonly SkipReason[];
}

/** What a dry run would have done, as its report says. */
export interface PlanFile {
  /** The name of the account; null when it has none. */
  readonly account: string | null;
  /** What was to be asked for the data on disks. */
  readonly saveData: SaveDataMode;
  /** What was to be done when no node has room. */
  readonly fallback: FallbackMode;
  readonly instances: readonly PlannedInstance[];
}

type Fields = Readonly<Partial<Record<string, unknown>>>;

/**
 * Reads the report of a dry run as a plan: the instances with the outcome `would_migrate`.
 *
 * @returns what is wrong with it, to be put after its name, when it is no plan
 */
export function readPlanFile(text: string): PlanFile | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  if (!isFields(value) || !('schemaVersion' in value)) return 'is not a report of novita-spot';
  const problem = problemOf(value);
  if (problem !== null) return problem;
  // A report from before there was a choice has none.
  const { account, instances, saveData = 'off', fallback = 'none' } = value;
  if (
    (account !== null && typeof account !== 'string') ||
    !Array.isArray(instances) ||
    !isSaveDataMode(saveData) ||
    !isFallbackMode(fallback)
  )
    return 'is not a report of novita-spot';

  const planned: PlannedInstance[] = [];
  for (const [index, row] of instances.entries()) {
    if (!isFields(row)) return `has no instance in place ${index + 1}`;
    if (row['outcome'] !== 'would_migrate') continue;
    const instance = readInstance(row);
    if (typeof instance === 'string')
      return `has no readable ${instance} in instance ${index + 1}: make the plan anew`;
    planned.push(instance);
  }
  return { account, saveData, fallback, instances: planned };
}

/** Why a report is not that of a dry run which saw the whole account; null when it is. */
function problemOf({ schemaVersion, accounts, command, dryRun, error, listComplete }: Fields): string | null {
  if (schemaVersion !== 1) return 'has a schemaVersion that is not known here: this version reads 1';
  if (accounts !== undefined)
    return 'holds the reports of several accounts: make a plan of one, with --account';
  if (command !== 'migrate')
    return 'is the report of another command: make it with migrate --dry-run -o json';
  if (error !== null) return 'is the report of a run that failed';
  if (dryRun !== true) return 'is the report of a run that was not a dry run';
  return listComplete === true ? null : 'is the report of a run that could not read the whole list';
}

/** The name of the field that cannot be read, when there is one. */
function readInstance(row: Fields): PlannedInstance | string {
  const { id, status, spotStatus, spotReclaimTime, lastStartedAt, dataAtRisk, forcedPast } = row;
  if (!isText(id) || id === '') return 'id';
  if (!isText(status)) return 'status';
  if (!isTextOrNull(spotStatus)) return 'spotStatus';
  if (!isTextOrNull(spotReclaimTime)) return 'spotReclaimTime';
  if (!isTextOrNull(lastStartedAt)) return 'lastStartedAt';
  if (!isList(dataAtRisk, isText)) return 'dataAtRisk';
  if (!isList(forcedPast, isSkipReason)) return 'forcedPast';
  return { id, status, spotStatus, spotReclaimTime, lastStartedAt, dataAtRisk, forcedPast };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that is safe to show: the file may come from anywhere. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && safeText(value) === value;
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isSkipReason(value: unknown): value is SkipReason {
  return skipReasons.some((reason) => reason === value);
}

function isSaveDataMode(value: unknown): value is SaveDataMode {
  return saveDataModes.some((mode) => mode === value);
}

function isFallbackMode(value: unknown): value is FallbackMode {
  return fallbackModes.some((mode) => mode === value);
}

function isList<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is readonly Item[] {
  return Array.isArray(value) && value.every(isItem);
}
