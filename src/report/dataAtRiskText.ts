import { nameOrId } from '../core/instance.js';
import type { Outcome } from '../core/outcome.js';
import type { Report, ReportedInstance } from '../core/report.js';

type Fate = 'kept' | 'not kept' | 'kept if possible' | 'kept, or left alone' | 'not known';

const mayHaveMoved: ReadonlySet<Outcome> = new Set(['migrated', 'recovered', 'started', 'unknown']);

/** What becomes, or became, of the data on the disks of an instance; null when it is left as it is. */
export function fateOfData({ verdict, outcome, dataKept }: ReportedInstance): Fate | null {
  if (verdict !== 'eligible') return null;
  const isPlanned = outcome === null || outcome === 'would_migrate' || outcome === 'deferred';
  if (dataKept === false) return 'not kept';
  if (dataKept === true) return isPlanned ? 'kept, or left alone' : 'kept';
  if (isPlanned) return 'kept if possible';
  return mayHaveMoved.has(outcome) ? 'not known' : null;
}

/** What a migration does with the data of the eligible instances, in one sentence. */
export function dataSentence({ instances, saveData }: Report): string {
  const eligible = instances.filter(({ verdict }) => verdict === 'eligible');
  if (eligible.length === 0) return '';
  const volumes = eligible.flatMap((instance) => {
    const own = localVolumesOf(instance.dataAtRisk);
    return own.length === 0 ? [] : [`of ${nameOrId(instance)} also ${own.join(' and ')}`];
  });
  const disks = `the system disk${['', ...volumes].join('; ')}`;
  switch (saveData) {
    case 'try':
      return `A migration keeps the data on these where the platform can, and else does not: ${disks}.\n`;
    case 'require':
      return `A migration keeps the data on these, or an instance is left alone: ${disks}.\n`;
    default:
      return `A migration does not keep new data on ${disks}.\n`;
  }
}

const prefix = 'local_volume:';

/** The mount paths of the local volumes among what is at risk. */
export function localVolumesOf(dataAtRisk: readonly string[]): readonly string[] {
  return dataAtRisk.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
}
