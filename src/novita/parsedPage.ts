import type { RawPage } from './schemas.js';

/** What is left of a page once it was understood. */
export interface ParsedPage<Row> {
  readonly rows: readonly Row[];
  /** The rows that could not be understood, as JSON. */
  readonly unreadable: readonly string[];
  /** How many rows it had. */
  readonly size: number;
  readonly total: number | null;
}

export function parsePage<Row>(
  { rows, total }: RawPage,
  parseRow: (row: unknown) => Row | null,
): ParsedPage<Row> {
  const understood: Row[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const parsed = parseRow(row);
    if (parsed === null) unreadable.push(JSON.stringify(row));
    else understood.push(parsed);
  }
  return { rows: understood, unreadable, size: rows.length, total };
}
