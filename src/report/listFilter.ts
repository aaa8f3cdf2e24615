import type { ReportedInstance } from '../core/report.js';

export interface ListFilter {
  readonly status: string | null;
  readonly spot: boolean;
  readonly eligible: boolean;
  /** True for an instance that the include and exclude patterns leave out. */
  readonly isExcluded: (instance: ReportedInstance) => boolean;
}

/** True for an instance that `list` shows. A spot instance is one billed as such, or with a spot status. */
export function isShown(
  instance: ReportedInstance,
  { status, spot, eligible, isExcluded }: ListFilter,
): boolean {
  return (
    (status === null || instance.status === status) &&
    (!spot || instance.billingMode === 'spot' || (instance.spotStatus ?? '') !== '') &&
    (!eligible || instance.verdict === 'eligible') &&
    !isExcluded(instance)
  );
}
