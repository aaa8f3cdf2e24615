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

/** Some of them wait for a slow API. */
const atOnce = 12;

/** Takes every screen on every terminal. */
export function takeScreens(): Promise<readonly TakenScreen[]> {
  const queue = pLimit(atOnce);
  const take = async (screen: Screen): Promise<TakenScreen> => {
    const shots = await Promise.all(
      terminals.map((terminal) => queue(async () => ({ terminal, ...(await takeShot(screen, terminal)) }))),
    );
    return { screen, shots, name: `${screen.name}.txt`, text: goldenFile(screen, shots) };
  };
  return inStandingTime(() => Promise.all(screens.map(take)));
}
