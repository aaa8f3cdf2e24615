/** How often a race is run. `npm run races` runs each of them 200 times; the suite, which has to be quick, fewer. */
export const raceCount = Number(process.env['NOVITA_SPOT_TEST_RACES'] ?? 50);
