import type { Screen, Terminal } from './screen.js';
import { inStandingTime } from './standingTime.js';
import { takeShot } from './takeShot.js';
import { renderTerminalPicture } from './terminalPicture.js';

interface Picture {
  /** In the folder of pictures. */
  readonly name: string;
  readonly screen: Screen;
}

export interface TakenPicture {
  readonly name: string;
  readonly svg: string;
  /** What it shows, with its colours. */
  readonly text: string;
}

export const picturesFolder = new URL('../../docs/images/', import.meta.url);

const terminal: Terminal = { width: 100, colour: true };

const pictures: readonly Picture[] = [
  {
    name: 'migrate.svg',
    screen: {
      name: 'picture-migrate',
      about: 'what the README shows first',
      args: ['migrate', '--sandbox'],
      answer: 'y',
      // Requests in flight at once would be logged in another order each time.
      environment: { MIGRATION_MAX_CONCURRENT: '1', MIGRATION_RETRY_BASE_MS: '500' },
    },
  },
];

/** Draws what the program prints now, on a terminal with colours. */
export function takePictures(): Promise<readonly TakenPicture[]> {
  const take = async ({ name, screen }: Picture): Promise<TakenPicture> => {
    const command = ['novita-spot', ...screen.args].join(' ');
    const { text } = await takeShot(screen, terminal);
    const shown = `$ ${command}\n${text}`;
    return {
      name,
      text: shown,
      svg: renderTerminalPicture({ title: command, text: shown, width: terminal.width }),
    };
  };
  return inStandingTime(() => Promise.all(pictures.map(take)));
}
