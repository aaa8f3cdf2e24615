import pLimit from 'p-limit';
import type { Listing } from '../core/listing.js';
import type { RawPage } from './schemas.js';

/** The largest page size seen in use. */
export const pageSize = 100;

/** Far above any account; it ends the reading of a server that never stops sending new rows. */
const maxPages = 10_000;

export interface PagedList<Row> {
  /** What the rows are called in a warning, such as `instances`. */
  readonly name: string;
  /** @param number - the first page is 1 */
  readonly readPage: (number: number) => Promise<RawPage>;
  readonly parseRow: (row: unknown) => Row | null;
  readonly idOf: (row: Row) => string;
  /** Pages in flight at once. */
  readonly concurrency: number;
}

interface Reading<Row> {
  readonly rowsById: Map<string, Row>;
  readonly unreadable: number;
  readonly total: number | null;
}

/**
 * Reads every page of a list and drops repeated ids. When the rows do not add up to the API's own total, for
 * example because the fleet changed meanwhile, the list is read once more; the second reading stands.
 *
 * @throws ProviderError when any page cannot be read
 */
export async function readList<Row>(list: PagedList<Row>): Promise<Listing<Row>> {
  let reading = await readOnce(list);
  if (!addsUp(reading)) reading = await readOnce(list);

  const { rowsById, unreadable, total } = reading;
  const warnings: string[] = [];
  if (unreadable > 0)
    warnings.push(`${unreadable} of the ${list.name} could not be understood and were left out.`);
  if (!addsUp(reading)) {
    const read = rowsById.size + unreadable;
    warnings.push(
      `The API counts ${total ?? 0} ${list.name} but listed ${read}, twice in a row; some may be missing.`,
    );
  }
  return { rows: [...rowsById.values()], complete: warnings.length === 0, warnings };
}

function addsUp({ rowsById, unreadable, total }: Reading<unknown>): boolean {
  return total === null || rowsById.size + unreadable === total;
}

async function readOnce<Row>(list: PagedList<Row>): Promise<Reading<Row>> {
  const rowsById = new Map<string, Row>();
  let unreadable = 0;
  const add = ({ rows }: RawPage): boolean => {
    const before = rowsById.size + unreadable;
    for (const raw of rows) {
      const row = list.parseRow(raw);
      if (row === null) unreadable += 1;
      else rowsById.set(list.idOf(row), row);
    }
    return rowsById.size + unreadable > before;
  };

  const first = await list.readPage(1);
  add(first);
  const limit = pLimit(list.concurrency);
  const expected = await Promise.all(
    pageNumbers(2, expectedPages(first)).map((number) => limit(() => list.readPage(number))),
  );
  for (const page of expected) add(page);

  // The total may be missing or too low. A full last page is the sign that there may be more.
  let last = expected.at(-1) ?? first;
  let number = 1 + expected.length;
  while (mayGoOn(last, rowsById.size + unreadable) && number < maxPages) {
    number += 1;
    last = await list.readPage(number);
    if (!add(last)) break;
  }
  return { rowsById, unreadable, total: last.total ?? first.total };
}

/** How many pages the total promises, at the size that the first page really has. */
function expectedPages({ rows, total }: RawPage): number {
  return total === null || rows.length === 0 ? 1 : Math.min(Math.ceil(total / rows.length), maxPages);
}

function mayGoOn({ rows, total }: RawPage, read: number): boolean {
  if (rows.length === 0) return false;
  if (total === null) return true;
  const totalMayBeThatOfThePage = total === rows.length;
  return rows.length >= pageSize && (read !== total || totalMayBeThatOfThePage);
}

function pageNumbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
