/** What the emulated account can hold. Apart from the scenarios, so that the command line can name them cheaply. */
export const scenarioNames = [
  'demo',
  'empty',
  'large',
  'busy',
  'faults',
  'recovery',
  'capacity',
  'data',
  'fallback',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];
