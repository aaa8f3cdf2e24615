/** The whole terminal, drawn over and over in place. */
export interface FullScreen {
  /** Shows these lines and nothing else. They must fit. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back for a while, until it is drawn on again. */
  suspend(): void;
  /** Gives the terminal back as it was before the first line. */
  close(): void;
}

/** The screen that editors use: what stood on the terminal before comes back when it is left. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?1049l\u001b[?25h';
const home = '\u001b[H';
const eraseRestOfLine = '\u001b[K';
const eraseBelow = '\u001b[J';

/**
 * Takes the terminal over. Every draw begins at the top, so that neither a terminal that has changed its size nor what
 * somebody has typed leaves anything behind.
 *
 * @param write - each call is one write, so that nothing is seen half drawn
 */
export function openFullScreen(write: (text: string) => void): FullScreen {
  let isOpen = true;
  let isShown = false;
  const suspend = (): void => {
    if (isShown) write(leave);
    isShown = false;
  };
  return {
    draw: (lines) => {
      if (!isOpen) return;
      const begin = isShown ? '' : enter;
      isShown = true;
      write(begin + home + lines.map((line) => line + eraseRestOfLine).join('\r\n') + eraseBelow);
    },
    suspend,
    close: () => {
      suspend();
      isOpen = false;
    },
  };
}
