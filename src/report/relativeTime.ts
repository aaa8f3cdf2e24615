const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
] as const;

/**
 * Says how far a time is away, in its largest unit: "in 42m", "3h ago", "now" within a minute.
 *
 * @param ms - unix ms
 * @param nowMs - unix ms
 */
export function relativeTime(ms: number, nowMs: number): string {
  const distance = Math.abs(ms - nowMs);
  const unit = units.find((candidate) => distance >= candidate.ms);
  if (!unit) return 'now';
  const amount = `${Math.floor(distance / unit.ms)}${unit.name}`;
  return ms > nowMs ? `in ${amount}` : `${amount} ago`;
}
