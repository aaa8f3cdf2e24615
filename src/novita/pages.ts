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
  readonly rows: readonly Row[];
  readonly unreadable: number;
  /** Each total that a page named. They differ when the list changed while it was read. */
  readonly totals: ReadonlySet<number>;
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

  const { rows, unreadable, totals } = reading;
  const warnings: string[] = [];
  if (unreadable > 0)
    warnings.push(`${unreadable} of the ${list.name} could not be understood and were left out.`);
  if (!addsUp(reading)) {
    const counted = [...totals].at(-1) ?? 0;
    const listed = rows.length + unreadable;
    warnings.push(
      `The API counts ${counted} ${list.name} but listed ${listed}, twice in a row; some may be missing.`,
    );
  }
  return { rows, complete: warnings.length === 0, warnings };
}

function addsUp({ rows, unreadable, totals }: Reading<unknown>): boolean {
  return [...totals].every((total) => total === rows.length + unreadable);
}

async function readOnce<Row>(list: PagedList<Row>): Promise<Reading<Row>> {
  const collected = collectRows(list);
  const first = await list.readPage(1);
  collected.add(first);

  const expected = await readExpected(list, expectedPages(first));
  for (const page of expected) collected.add(page);

  // The total may be missing or too low. A full last page is the sign that there may be more.
  let last = expected.at(-1) ?? first;
  let number = 1 + expected.length;
  while (mayGoOn(last, collected.count()) && number < maxPages) {
    number += 1;
    last = await list.readPage(number);
    if (!collected.add(last)) break;
  }
  return collected.reading();
}

/** Reads the pages from the second to the last. They are over at an empty one, and at one that cannot be read. */
async function readExpected<Row>(
  { readPage, concurrency }: PagedList<Row>,
  last: number,
): Promise<readonly RawPage[]> {
  const pages: RawPage[] = [];
  let next = 2;
  let over = false;
  const readOn = async (): Promise<void> => {
    while (!over && next <= last) {
      const number = next;
      next += 1;
      try {
        const page = await readPage(number);
        pages[number - 2] = page;
        over ||= page.rows.length === 0;
      } catch (error) {
        over = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, last - 1) }, readOn));
  return pages;
}

interface Collected<Row> {
  /** False when the page holds nothing new, so that there is no point in going on. */
  add(page: RawPage): boolean;
  count(): number;
  reading(): Reading<Row>;
}

function collectRows<Row>({ parseRow, idOf }: PagedList<Row>): Collected<Row> {
  const rowsById = new Map<string, Row>();
  const totals = new Set<number>();
  let unreadable = 0;
  let previous = '';
  return {
    count: () => rowsById.size + unreadable,
    reading: () => ({ rows: [...rowsById.values()], unreadable, totals }),
    add: ({ rows, total }) => {
      // Past its end, a list may say that it is empty.
      if (total !== null && (rows.length > 0 || rowsById.size === 0)) totals.add(total);
      const text = JSON.stringify(rows);
      if (text === previous) return false;
      previous = text;

      const known = rowsById.size;
      const parsed = rows.map(parseRow).filter((row) => row !== null);
      for (const row of parsed) rowsById.set(idOf(row), row);
      unreadable += rows.length - parsed.length;
      return rowsById.size > known || (parsed.length === 0 && rows.length > 0);
    },
  };
}

/** How many pages the total promises, at the size that the first page really has. */
function expectedPages({ rows, total }: RawPage): number {
  return total === null || rows.length === 0
    ? 1
    : Math.min(Math.max(1, Math.ceil(total / rows.length)), maxPages);
}

function mayGoOn({ rows, total }: RawPage, read: number): boolean {
  if (rows.length === 0) return false;
  if (total === null) return true;
  const totalMayBeThatOfThePage = total === rows.length;
  return rows.length >= pageSize && (read !== total || totalMayBeThatOfThePage);
}
