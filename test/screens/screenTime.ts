/** When every screen is taken, in unix ms: 2026-11-24 13:43:09 UTC. */
export const screenTimeMs = 1_795_527_789_000;
