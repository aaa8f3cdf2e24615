const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'm', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

interface Parts {
  readonly first: string;
  /** Of the next smaller unit, which seconds do not have. */
  readonly rest: { readonly count: number; readonly unit: string } | null;
}

/** @param whole - seconds, from 0 */
function partsOf(whole: number): Parts {
  const at = units.findIndex(({ seconds }) => whole >= seconds);
  const large = units[at];
  if (large === undefined) return { first: '0s', rest: null };
  const small = units[at + 1];
  return {
    first: `${Math.floor(whole / large.seconds)}${large.name}`,
    rest:
      small === undefined
        ? null
        : { count: Math.floor((whole % large.seconds) / small.seconds), unit: small.name },
  };
}

/** A number of seconds for people, in its two largest units: "42s", "1m 5s", "3h 20m", "2d". */
export function describeDuration(seconds: number): string {
  const { first, rest } = partsOf(Math.max(0, Math.round(seconds)));
  return rest === null || rest.count === 0 ? first : `${first} ${rest.count}${rest.unit}`;
}

/**
 * How long something has gone on, for a line that is drawn over and over and should not jump: "42s", "1m 05s",
 * "3h 20m", "2d 00h".
 *
 * @param ms - negative counts as nothing; of a second that has begun, nothing is shown
 */
export function elapsedTime(ms: number): string {
  const { first, rest } = partsOf(Math.max(0, Math.floor(ms / 1000)));
  return rest === null ? first : `${first} ${String(rest.count).padStart(2, '0')}${rest.unit}`;
}
