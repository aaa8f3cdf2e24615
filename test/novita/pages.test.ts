import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { type PagedList, readList } from '../../src/novita/pages.js';
import type { RawPage } from '../../src/novita/schemas.js';

/** Reads a list of numbers, and tells which pages were asked for. */
async function read(pageOf: (number: number) => RawPage, changes: Partial<PagedList<number>> = {}) {
  const asked: number[] = [];
  const listing = await readList<number>({
    name: 'numbers',
    readPage: (number) => {
      asked.push(number);
      return Promise.resolve(pageOf(number));
    },
    parseRow: (row) => (typeof row === 'number' ? row : null),
    idOf: String,
    concurrency: 1,
    signal: new AbortController().signal,
    doubtsTotal: false,
    afterSending: setImmediate,
    ...changes,
  });
  return { asked, ...listing };
}

describe('readList', () => {
  it('comes to an end where a server never stops sending new rows', async () => {
    const { rows, asked } = await read((number) => ({ rows: [number], total: null }));
    expect(asked).to.have.length(10_000);
    expect(rows).to.have.length(10_000);
  });

  it('asks for no more pages than are in flight when one is empty, whatever the total says', async () => {
    const { asked, complete } = await read((number) => ({ rows: number === 1 ? [1, 2] : [], total: 200 }));
    // The list is read twice, as it does not add up.
    expect(asked).to.deep.equal([1, 2, 3, 1, 2, 3]);
    expect(complete).to.equal(false);
  });

  it('has asked for the other pages before it looks at the rows of the first', async () => {
    const seen: string[] = [];
    const pageOf = (number: number): RawPage => {
      seen.push(`page ${number}`);
      return { rows: [2 * number - 1, 2 * number], total: 6 };
    };
    const parseRow = (row: unknown): number => {
      seen.push(`row ${String(row)}`);
      return Number(row);
    };
    const { rows } = await read(pageOf, { parseRow, concurrency: 2 });
    expect(rows).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(seen.slice(0, 3)).to.deep.equal(['page 1', 'page 2', 'page 3']);
    expect(seen).to.have.length(9);
  });

  it('asks for no more pages when it fails on the first', async () => {
    const asked: number[] = [];
    const bug = new Error('a bug');
    const onRows = (rows: readonly number[]): void => {
      if (rows.includes(1)) throw bug;
    };
    const readPage = async (number: number): Promise<RawPage> => {
      asked.push(number);
      await setImmediate();
      return { rows: [number], total: 500 };
    };
    expect(await read(() => expect.fail(), { readPage, onRows }).catch((error: unknown) => error)).to.equal(
      bug,
    );
    const count = asked.length;
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(asked).to.have.length(count).and.length.below(10);
  });

  it('tells of the rows that it has understood, page by page', async () => {
    const told: (readonly number[])[] = [];
    const pages: readonly (readonly unknown[])[] = [
      [1, 2],
      ['x', 3],
    ];
    const { complete } = await read((number) => ({ rows: pages[number - 1] ?? [], total: 4 }), {
      onRows: (rows) => told.push(rows),
    });
    expect([...told].sort()).to.deep.equal([[1, 2], [3]]);
    expect(complete).to.equal(false);
  });
});
