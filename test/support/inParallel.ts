import pLimit from 'p-limit';

/** More would only make the programs under test wait for each other. */
const atOnce = 4;

/**
 * Starts the work for every item, a few at a time.
 *
 * @returns a function that waits for the result of one item
 */
export function startInParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  limit = atOnce,
): (item: Item) => Promise<Result> {
  const queue = pLimit(limit);
  const results = new Map(items.map((item, index) => [item, queue(() => work(item, index))]));
  // A failure belongs to the test that asks for it, and that may be later.
  for (const result of results.values()) result.catch(() => undefined);
  return (item) => results.get(item) ?? Promise.reject(new Error('No work was started for this item.'));
}
