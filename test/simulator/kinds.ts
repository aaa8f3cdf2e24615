/** One row of the decision table each, and what an account holds besides. */
export const kinds = [
  ['reclaimed', 12],
  ['reclaimed_again', 1],
  ['failing', 2],
  ['just_failed', 1],
  ['quarantined', 1],
  ['cooldown', 1],
  ['imaging', 1],
  ['local', 1],
  ['excluded', 1],
  ['stopped', 2],
  ['running', 2],
  ['notified', 1],
  ['pending', 1],
  ['stale', 1],
  ['invalid', 1],
  ['migrating', 1],
  ['odd', 1],
] as const;
export type Kind = (typeof kinds)[number][0];
