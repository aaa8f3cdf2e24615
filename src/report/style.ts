import { styleText } from 'node:util';

export type Colour = Parameters<typeof styleText>[0];

/** Puts colour on a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_colour, text) => text;
/** Whether colour is wanted has been decided; node would look at the wrong stream and decide again. */
export const coloured: Paint = (colour, text) => styleText(colour, text, { validateStream: false });

export interface ColourQuestion {
  readonly isTerminal: boolean;
  /** --no-color was given. */
  readonly refused: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Whether to use colour: FORCE_COLOR and NO_COLOR as their conventions say, else only on a capable terminal. */
export function wantsColour({ isTerminal, refused, environment }: ColourQuestion): boolean {
  const forced = environment['FORCE_COLOR'];
  if (refused || (environment['NO_COLOR'] ?? '') !== '') return false;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}
