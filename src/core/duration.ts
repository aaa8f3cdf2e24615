const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'm', seconds: 60 },
  { name: 's', seconds: 1 },
] as const;

/** A number of seconds for people, in its two largest units: "42s", "1m 5s", "3h 20m", "2d". */
export function describeDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const large = units.find((unit) => whole >= unit.seconds);
  if (large === undefined) return '0s';
  const small = units[units.indexOf(large) + 1];
  const rest = small === undefined ? 0 : Math.floor((whole % large.seconds) / small.seconds);
  const first = `${Math.floor(whole / large.seconds)}${large.name}`;
  return rest === 0 ? first : `${first} ${rest}${small?.name ?? ''}`;
}
