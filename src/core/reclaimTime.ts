const earliestSeconds = Date.UTC(2020, 0, 1) / 1000;
const latestSeconds = Date.UTC(2100, 0, 1) / 1000;

export type ReclaimTime =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'at'; readonly seconds: number };

/**
 * Reads the provider's spotReclaimTime.
 *
 * @param raw - null, "" or "0" mean that no reclaim has started; otherwise it must be a whole number of
 *   unix seconds from 2020 to the start of 2100. Milliseconds, ISO dates, signs and fractions are invalid.
 */
export function readReclaimTime(raw: string | null): ReclaimTime {
  if (raw === null || raw === '' || raw === '0') return { kind: 'none' };
  if (!/^\d{1,12}$/.test(raw)) return { kind: 'invalid' };
  const seconds = Number(raw);
  return seconds >= earliestSeconds && seconds <= latestSeconds
    ? { kind: 'at', seconds }
    : { kind: 'invalid' };
}

/** The time of a reclaim in unix seconds; null when there is none, or what stands there is no time. */
export function reclaimSeconds(raw: string | null): number | null {
  const reclaimTime = readReclaimTime(raw);
  return reclaimTime.kind === 'at' ? reclaimTime.seconds : null;
}
