import { median, pairedRatios } from './statistics.js';

export type Unit = 'ms' | 'MiB' | 'requests' | 'µs per instance';

/** One line of the result. */
export interface Finding {
  readonly section: string;
  readonly subject: string;
  readonly unit: Unit;
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly runs: number;
  /** The median of the ratios of runs next to each other; null when there is nothing to compare with. */
  readonly ratio: number | null;
  readonly comparedWith: string | null;
  /** What the ratio, or else the median, is to be at most; null when nothing is asked of it. */
  readonly goal: number | null;
  readonly isMet: boolean | null;
}

export interface Measured {
  readonly section: string;
  readonly subject: string;
  readonly unit?: Unit;
  readonly values: readonly number[];
  readonly base?: { readonly name: string; readonly values: readonly number[] } | null;
  readonly goal?: number | null;
}

/** Puts what was measured into the form that is shown and kept. */
export function findingOf({
  section,
  subject,
  unit = 'ms',
  values,
  base = null,
  goal = null,
}: Measured): Finding {
  const ratio = base === null ? null : median(pairedRatios(values, base.values));
  return {
    section,
    subject,
    unit,
    median: median(values),
    lowest: Math.min(...values),
    highest: Math.max(...values),
    runs: values.length,
    ratio,
    comparedWith: base?.name ?? null,
    goal,
    isMet: goal === null ? null : (ratio ?? median(values)) <= goal,
  };
}
