import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { failureOf } from '../core/failure.js';
import type { Listing } from '../core/listing.js';
import { ProviderError } from '../core/providerError.js';
import { type ParsedPage, parsePage } from './parsedPage.js';
import type { RawPage } from './schemas.js';

/** The largest page size seen in use. */
export const pageSize = 100;

/** Far above any account; it ends the reading of a server that never stops sending new rows. */
const maxPages = 10_000;

export interface PagedList<Row> {
  /** What the rows are called in a warning, such as `instances`. */
  readonly name: string;
  /**
   * Sees to it that no more are on their way at once than may be.
   *
   * @param number - the first page is 1
   * @param signal - gives up when it aborts
   */
  readonly readPage: (number: number, signal: AbortSignal) => Promise<RawPage>;
  readonly parseRow: (row: unknown) => Row | null;
  readonly idOf: (row: Row) => string;
  /** Told of the rows of each page as they come; a row may come again. */
  readonly onRows?: ((rows: readonly Row[]) => void) | undefined;
  /** Resolves when the requests that can be sent are. */
  readonly afterSending: () => Promise<void>;
  /** Pages that may be on their way at once. */
  readonly concurrency: number;
  /** Gives up when it aborts, with a Failure as its reason. */
  readonly signal: AbortSignal;
  /**
   * The documented total is that of the whole list. Where a row too few could do harm, one that equals a full page is not
   * taken at its word: it costs a request to rule out that it is the total of the page.
   */
  readonly doubtsTotal: boolean;
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
  // Of a page, only what was understood is kept: as it came, it is several times as large.
  const understand = (raw: RawPage): ParsedPage<Row> => {
    const page = parsePage(raw, list.parseRow);
    list.onRows?.(page.rows);
    return page;
  };
  const read: ReadPage<Row> = async (number, signal = list.signal) =>
    understand(await list.readPage(number, signal));

  const rawFirst = await list.readPage(1, list.signal);
  const pages = await readExpected(read, expectedPages(rawFirst), list, async () => {
    // How many pages there are is known before the rows of the first one are understood.
    await list.afterSending();
    return understand(rawFirst);
  });
  for (const page of pages) collected.add(page);

  // The total may be missing or, while the fleet grows, too low. A full last page is the sign that there may be more.
  let last = pages.at(-1);
  let number = pages.length;
  while (last !== undefined && mayGoOn(last, collected.count(), list.doubtsTotal) && number < maxPages) {
    number += 1;
    last = await read(number);
    if (!collected.add(last)) break;
  }
  return collected.reading();
}

type ReadPage<Row> = (number: number, signal?: AbortSignal) => Promise<ParsedPage<Row>>;

/**
 * Reads the pages from the second to the last. They are over at an empty one, and given up at one that cannot be read.
 *
 * @param first - what is made of the first one while the others are on their way
 * @returns all of them, the first one included
 */
async function readExpected<Row>(
  read: ReadPage<Row>,
  last: number,
  { concurrency, signal }: Pick<PagedList<Row>, 'concurrency' | 'signal'>,
  first: () => Promise<ParsedPage<Row>>,
): Promise<readonly ParsedPage<Row>[]> {
  const pages: ParsedPage<Row>[] = [];
  const giveUp = new AbortController();
  const wanted = AbortSignal.any([signal, giveUp.signal]);
  // Each request in flight listens to it, and there may be many.
  setMaxListeners(0, wanted);
  let over = false;
  const take = async (number: number, reading: () => Promise<ParsedPage<Row>>): Promise<void> => {
    if (over) return;
    try {
      const page = await reading();
      pages[number - 1] = page;
      over ||= page.size === 0;
    } catch (error) {
      over = true;
      // Nobody waits for the others any more, and one of them may be about to wait for minutes before it asks again.
      giveUp.abort(error instanceof ProviderError ? error.failure : failureOf('internal_error'));
      throw error;
    }
  };
  // While some pages are understood, as many others may be on their way.
  const limit = pLimit(2 * concurrency);
  const others = Array.from({ length: last - 1 }, (_, index) => index + 2);
  await Promise.all([
    take(1, first),
    ...others.map((number) => limit(() => take(number, () => read(number, wanted)))),
  ]);
  return pages;
}

interface Collected<Row> {
  /** False when the page holds nothing new, so that there is no point in going on. */
  add(page: ParsedPage<Row>): boolean;
  count(): number;
  reading(): Reading<Row>;
}

function collectRows<Row>({ idOf }: PagedList<Row>): Collected<Row> {
  const rowsById = new Map<string, Row>();
  const totals = new Set<number>();
  let unreadable = 0;
  let previous = '';
  return {
    count: () => rowsById.size + unreadable,
    reading: () => ({ rows: [...rowsById.values()], unreadable, totals }),
    add: ({ rows, unreadable: lost, size, total }) => {
      // Past its end, a list may say that it is empty.
      if (total !== null && (size > 0 || rowsById.size === 0)) totals.add(total);
      const known = rowsById.size;
      for (const row of rows) rowsById.set(idOf(row), row);
      const hasNew = rowsById.size > known;

      // A server that goes on sending the same page sends the same rows that nobody understands, too.
      const again = !hasNew && size > 0 && lost.join() === previous;
      previous = lost.join();
      if (again) return false;
      unreadable += lost.length;
      return hasNew || (rows.length === 0 && size > 0);
    },
  };
}

/** How many pages the total promises, at the size that the first page really has. */
function expectedPages({ rows, total }: RawPage): number {
  const size = rows.length;
  return total === null || size === 0 ? 1 : Math.min(Math.max(1, Math.ceil(total / size)), maxPages);
}

function mayGoOn({ size, total }: ParsedPage<unknown>, read: number, doubtsTotal: boolean): boolean {
  if (size === 0) return false;
  if (total === null) return true;
  return size >= pageSize && (read !== total || (doubtsTotal && size === total));
}
