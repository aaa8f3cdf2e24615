import type { ReportedInstance } from '../core/reportedInstance.js';

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

export interface DescribedFilter extends Pick<ListFilter, 'status' | 'spot' | 'eligible'> {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The filters as they were given on the command line; empty when there are none. */
export function describeFilter({ status, spot, eligible, include, exclude }: DescribedFilter): string {
  const given = [
    ...(status === null ? [] : [`--status ${quoted(status)}`]),
    ...(spot ? ['--spot'] : []),
    ...(eligible ? ['--eligible'] : []),
    ...(include.length === 0 ? [] : [`--include ${quoted(include.join(','))}`]),
    ...(exclude.length === 0 ? [] : [`--exclude ${quoted(exclude.join(','))}`]),
  ];
  return given.join(' ');
}

function quoted(value: string): string {
  return /^[\w.,*?:-]+$/.test(value) ? value : JSON.stringify(value);
}
