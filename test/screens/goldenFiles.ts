import pLimit from 'p-limit';
import { goldenFile, type TakenShot } from './goldenFile.js';
import { type Screen, terminals } from './screen.js';
import { screens } from './screens.js';
import { inStandingTime } from './standingTime.js';
import { takeShot } from './takeShot.js';

export const goldenFolder = new URL('golden/', import.meta.url);

export interface TakenScreen {
  readonly screen: Screen;
  readonly shots: readonly TakenShot[];
  /** Of its golden file. */
  readonly name: string;
  readonly text: string;
}

const atOnce = 4;

/** Takes every screen on every terminal. */
export function takeGoldenFiles(): Promise<readonly TakenScreen[]> {
  return inStandingTime(() => pLimit(atOnce).map(screens, takeGoldenFile));
}

async function takeGoldenFile(screen: Screen): Promise<TakenScreen> {
  const shots: TakenShot[] = [];
  for (const terminal of terminals) shots.push({ terminal, ...(await takeShot(screen, terminal)) });
  return { screen, shots, name: `${screen.name}.txt`, text: goldenFile(screen, shots) };
}
