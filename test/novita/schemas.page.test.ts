import { expect } from 'chai';
import { parseInstancesPage, parseJobsPage } from '../../src/novita/schemas.js';

const parsers = [
  ['instances', parseInstancesPage],
  ['jobs', parseJobsPage],
] as const;

for (const [name, parse] of parsers) {
  describe(`novita: a page of ${name}`, () => {
    const pages: readonly (readonly [string, object, object])[] = [
      ['rows and a total', { [name]: [1, 2], total: 2 }, { rows: [1, 2], total: 2 }],
      ['a total as text', { [name]: [1], total: '250' }, { rows: [1], total: 250 }],
      ['no total', { [name]: [1] }, { rows: [1], total: null }],
      ['null for a total', { [name]: [1], total: null }, { rows: [1], total: null }],
      ['words for a total', { [name]: [1], total: 'many' }, { rows: [1], total: null }],
      ['a negative total', { [name]: [1], total: -1 }, { rows: [1], total: null }],
      ['a fraction for a total', { [name]: [1], total: 1.5 }, { rows: [1], total: null }],
      ['an object for a total', { [name]: [1], total: {} }, { rows: [1], total: null }],
      ['an impossible total', { [name]: [1], total: 1e10 }, { rows: [1], total: null }],
      ['a total with a control character', { [name]: [1], total: '1\u0000' }, { rows: [1], total: null }],
      ['no rows', { [name]: [], total: 0 }, { rows: [], total: 0 }],
      ['no rows and no total', { [name]: [] }, { rows: [], total: null }],
      ['null for no rows', { [name]: null, total: 0 }, { rows: [], total: 0 }],
      ['only a total of 0', { total: '0' }, { rows: [], total: 0 }],
      ['rows of any kind', { [name]: [null, 'x', {}] }, { rows: [null, 'x', {}], total: null }],
      ['more than is known', { [name]: [], total: 0, cursor: 'x' }, { rows: [], total: 0 }],
    ];
    for (const [title, body, expected] of pages) {
      it(`may have ${title}`, () => expect(parse(body)).to.deep.equal(expected));
    }

    const others: readonly (readonly [string, unknown])[] = [
      ['{}', {}],
      ['null', null],
      ['[]', []],
      ['text', 'x'],
      ['a number', 0],
      ['what is no JSON', undefined],
      ['null rows with a total above 0', { [name]: null, total: 5 }],
      ['null rows without a total', { [name]: null }],
      ['an object for rows', { [name]: {}, total: 0 }],
      ['text for rows', { [name]: '', total: 0 }],
      ['rows under another name', { data: [{ id: 'i-1' }], total: 1 }],
    ];
    for (const [title, body] of others) {
      it(`is not ${title}`, () => expect(parse(body)).to.equal(null));
    }
  });
}
