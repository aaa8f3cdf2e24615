import stringWidth from 'string-width';
import { gapWidth, renderColumns } from './columns.js';
import { type Cut, shorten } from './shorten.js';
import type { Colour, Paint } from './style.js';

export interface Cell {
  readonly text: string;
  /** What takes its place in a table that is too wide; by default the text itself. */
  readonly brief?: string;
  readonly colour: Colour | null;
}

export interface FittingColumn {
  readonly heading: string;
  readonly cells: readonly Cell[];
  readonly cut: Cut;
  /**
   * Enough columns of the terminal to read it well. It is not shortened to less to keep a column that is not essential.
   */
  readonly enough: number;
  /** It is not shortened to less, but left out or, when it is the last one, cut. */
  readonly least: number;
  /** The column of the lowest weight is left out first. Each has another one. */
  readonly weight: number;
}

/** Columns of this weight and more are essential. */
export const essentialWeight = 100;

export interface FittedTable {
  /** The first holds the headings. */
  readonly lines: readonly string[];
  /** True when something was shortened or left out. */
  readonly isCut: boolean;
}

interface Measured {
  readonly column: FittingColumn;
  readonly natural: number;
  readonly enough: number;
  readonly least: number;
}

/**
 * Lays columns out so that no line is wider than the terminal: columns are shortened, the widest first, and left out
 * when that is not enough, in the order of their weights. One column always stays.
 *
 * @param width - columns of the terminal; null shows everything in full
 */
export function fitColumns(
  columns: readonly FittingColumn[],
  { width, paint }: { readonly width: number | null; readonly paint: Paint },
): FittedTable {
  const full = columns.map(measure);
  const needed = totalWidth(full.map(({ natural }) => natural));
  const isCut = width !== null && needed > width;
  const kept = isCut ? leaveOut(columns.map(abbreviate).map(measure), width) : full;
  const widths = shrink(kept, width ?? needed);
  const headings = kept.map(({ column }, at) =>
    paint('bold', shorten(column.heading, widths[at] ?? 0, 'end')),
  );
  const rows = (columns[0]?.cells ?? []).map((_, row) =>
    kept.map(({ column }, at) => showCell(column.cells[row], column.cut, widths[at] ?? 0, paint)),
  );
  return { lines: renderColumns(headings, rows).split('\n').slice(0, -1), isCut };
}

function abbreviate(column: FittingColumn): FittingColumn {
  return { ...column, cells: column.cells.map((cell) => ({ ...cell, text: cell.brief ?? cell.text })) };
}

function measure(column: FittingColumn): Measured {
  const heading = stringWidth(column.heading);
  const natural = column.cells.reduce((widest, { text }) => Math.max(widest, stringWidth(text)), heading);
  const atLeast = (width: number): number => Math.min(natural, Math.max(heading, width));
  return { column, natural, enough: atLeast(column.enough), least: atLeast(column.least) };
}

/** Takes columns out until the rest can be shortened to fit. */
function leaveOut(columns: readonly Measured[], width: number): readonly Measured[] {
  const lightest = Math.min(...columns.map(({ column }) => column.weight));
  const floor = lightest < essentialWeight ? 'enough' : 'least';
  if (columns.length === 1 || totalWidth(columns.map((each) => each[floor])) <= width) return columns;
  return leaveOut(
    columns.filter(({ column }) => column.weight !== lightest),
    width,
  );
}

/** Takes from the widest that can spare it, one by one, until all fit. */
function shrink(columns: readonly Measured[], width: number): readonly number[] {
  const widths = columns.map(({ natural }) => natural);
  const isRoomy = totalWidth(columns.map(({ enough }) => enough)) <= width;
  const floors = columns.map(({ enough, least }) => (columns.length === 1 ? 0 : isRoomy ? enough : least));
  while (totalWidth(widths) > width) {
    const spare = widths.map((each, at) => (each > (floors[at] ?? 0) ? each : -1));
    const widest = spare.indexOf(Math.max(...spare));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + gapWidth * (widths.length - 1);
}

function showCell(cell: Cell | undefined, cut: Cut, width: number, paint: Paint): string {
  const { text, colour } = cell ?? { text: '', colour: null };
  const shown = shorten(text, width, cut);
  return colour === null ? shown : paint(colour, shown);
}
