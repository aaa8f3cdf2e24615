import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';
import { createPageWindow, type PageWindow } from '../../src/novita/pageWindow.js';

const refused = new ProviderError(failureOf('rate_limited'), 'none');
const failed = new ProviderError(failureOf('server_error'), 'possible');

/** Sends as many requests as the window lets through at once, and ends each of them with the error. */
async function endAll(window: PageWindow, count: number, error: Error | null): Promise<number> {
  const ends: (() => void)[] = [];
  let most = 0;
  const sending = Array.from({ length: count }, () =>
    window(
      () =>
        new Promise<void>((resolve, reject) => {
          ends.push(() => (error === null ? resolve() : reject(error)));
        }),
    ).catch(() => undefined),
  );
  for (let ended = 0; ended < count;) {
    await new Promise(setImmediate);
    most = Math.max(most, ends.length);
    ended += ends.length;
    for (const end of ends.splice(0)) end();
  }
  await Promise.all(sending);
  return most;
}

describe('novita: the window of pages', () => {
  const cases: readonly (readonly [string, number, readonly (Error | null)[], readonly number[]])[] = [
    ['stays as wide as it is', 8, [null, null, null], [8, 8, 8]],
    ['is not made narrower by other failures', 8, [failed, new Error('bug'), null], [8, 8, 8]],
    ['is halved by refusals, once for those in flight together', 8, [refused, null], [8, 4]],
    ['is halved down to one', 5, [refused, refused, refused, refused, null], [5, 2, 1, 1, 1]],
  ];
  for (const [title, width, errors, expected] of cases)
    it(`${title}: ${width}`, async () => {
      const window = createPageWindow(width);
      const widths: number[] = [];
      for (const [at, error] of errors.entries()) {
        // Refused together are those that were in flight together.
        const count = error === refused ? (expected[at] ?? 0) : 12;
        widths.push(await endAll(window, count, error));
      }
      expect(widths).to.deep.equal(expected);
    });
});
