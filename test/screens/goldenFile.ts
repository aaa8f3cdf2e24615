import { nameOfTerminal, type Screen, type Shot, type Terminal } from './screen.js';

export interface TakenShot extends Shot {
  readonly terminal: Terminal;
}

/**
 * The text of a golden file: what was typed, the screen on each terminal, and the exit code. A screen that looks as on
 * an earlier terminal is not repeated. The escape character is made visible.
 */
export function goldenFile(
  { args, about, answer, environment }: Screen,
  shots: readonly TakenShot[],
): string {
  const sections = shots.map(({ terminal, text }, index) => {
    const same = shots.slice(0, index).find((earlier) => earlier.text === text);
    const title = `==== ${nameOfTerminal(terminal)}`;
    if (same !== undefined) return `${title}: as at ${nameOfTerminal(same.terminal)}\n`;
    return `${title}\n${text.replaceAll('\u001b', '␛')}${text === '' || text.endsWith('\n') ? '' : '⏎\n'}`;
  });
  const variables = Object.entries(environment ?? {}).map(([name, value]) => `${name}=${value} `);
  const typed = answer === undefined ? '' : `# typed at the prompt: ${answer}\n`;
  const codes = [...new Set(shots.map(({ exitCode }) => exitCode))];
  const command = ['novita-spot', ...args].join(' ');
  return `# ${about}\n${typed}$ ${variables.join('')}${command}\n${sections.join('')}==== exit code ${codes.join(', ')}\n`;
}
