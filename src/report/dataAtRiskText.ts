import type { FallbackMode } from '../core/fallback.js';
import { nameOrId } from '../core/instance.js';
import type { Outcome } from '../core/outcome.js';
import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { SaveDataMode } from '../core/saveData.js';

/** What is asked of the provider; null or absent for nothing. */
export interface AskedForData {
  readonly saveData?: SaveDataMode | null;
  readonly fallback?: FallbackMode | null;
}

const plannedFates: Readonly<Record<SaveDataMode, string>> = {
  off: 'not kept',
  try: 'kept if possible',
  require: 'kept, or left alone',
};

/** Of an instance that is started instead, nobody knows. */
const plannedFatesBesideStart: Readonly<Record<SaveDataMode, string>> = {
  off: 'not kept if migrated',
  try: 'kept if possible',
  require: 'kept if migrated',
};

/** What is to become of the data on the disks of an instance that is to be migrated. */
export function plannedFate({ saveData, fallback }: AskedForData): string {
  return (fallback === 'start' ? plannedFatesBesideStart : plannedFates)[saveData ?? 'off'];
}

const mayHaveMoved: ReadonlySet<Outcome> = new Set(['migrated', 'recovered', 'started', 'unknown']);

/** What becomes, or became, of the data on the disks of an instance; null when it is left as it is. */
export function fateOfData(
  { verdict, outcome, dataKept, error }: ReportedInstance,
  asked: AskedForData,
): string | null {
  if (verdict !== 'eligible') return null;
  if (outcome === null || outcome === 'would_migrate' || outcome === 'deferred') return plannedFate(asked);
  if (dataKept !== null) return dataKept ? 'kept' : 'not kept';
  // The provider had taken the migration on before it failed.
  const mayBeLost = mayHaveMoved.has(outcome) || error?.code === 'migration_failed';
  return mayBeLost ? 'not known' : null;
}

/** Whether the fate of the data is not the same for all that is brought back. */
export function fatesDiffer({ saveData, fallback }: AskedForData): boolean {
  return saveData === 'try' || saveData === 'require' || fallback === 'start';
}

/** What is said of data wherever instances may be started. */
export const dataOfStarted =
  'Where no other node has room, an instance is started on its own one, which may or may not still have its data.';

/** What a migration does with the data of the eligible instances, and what a start does, in a line each. */
export function dataSentence({ instances, saveData, fallback, command, dryRun }: Report): string {
  const eligible = instances.filter(({ verdict }) => verdict === 'eligible');
  if (eligible.length === 0) return '';
  const volumes = eligible.flatMap((instance) => {
    const own = localVolumesOf(instance.dataAtRisk);
    return own.length === 0 ? [] : [`of ${nameOrId(instance)} also ${own.join(' and ')}`];
  });
  const disks = `the system disk${['', ...volumes].join('; ')}`;
  // The plan of a dry run has said it.
  const start = fallback === 'start' && !(command === 'migrate' && dryRun) ? `${dataOfStarted}\n` : '';
  switch (saveData) {
    case 'try':
      return `A migration keeps the data on these where the platform can, and else does not: ${disks}.\n${start}`;
    case 'require':
      return `A migration keeps the data on these, or an instance is left alone: ${disks}.\n${start}`;
    default:
      return `A migration does not keep new data on ${disks}.\n${start}`;
  }
}

const prefix = 'local_volume:';

/** The mount paths of the local volumes among what is at risk. */
export function localVolumesOf(dataAtRisk: readonly string[]): readonly string[] {
  return dataAtRisk.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
}
