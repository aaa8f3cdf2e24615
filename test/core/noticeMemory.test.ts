import { expect } from 'chai';
import { emptyMemory, forgetOld, readNoticeMemory } from '../../src/core/noticeMemory.js';
import { now } from '../support/builders.js';

describe('readNoticeMemory', () => {
  const memory = { announced: { 'failed:i-1:1:no_capacity': now }, awaited: { 'i-2': now - 5 } };
  it('reads what was written', () => expect(readNoticeMemory(JSON.stringify(memory))).to.deep.equal(memory));

  const unreadable: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['half of it', JSON.stringify(memory).slice(0, 30)],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['one part only', '{"announced":{}}'],
    ['lists for parts', '{"announced":[],"awaited":[]}'],
  ];
  for (const [title, text] of unreadable) {
    it(`takes ${title} for no memory`, () => expect(readNoticeMemory(text)).to.equal(null));
  }

  it('drops times that are none', () => {
    const text = '{"announced":{"a":"yesterday","b":2},"awaited":{"c":null}}';
    expect(readNoticeMemory(text)).to.deep.equal({ announced: { b: 2 }, awaited: {} });
  });
});

describe('forgetOld', () => {
  const week = 7 * 86_400;
  const rows: readonly (readonly [string, number, boolean])[] = [
    ['failed:i-1', week - 1, true],
    ['failed:i-1', week, false],
    ['run_failed:auth_refused', 3_599, true],
    ['run_failed:auth_refused', 3_600, false],
  ];
  for (const [key, age, kept] of rows) {
    it(`${kept ? 'keeps' : 'drops'} ${key} after ${age} s`, () => {
      const { announced } = forgetOld({ ...emptyMemory, announced: { [key]: now - age } }, now);
      expect(Object.keys(announced)).to.deep.equal(kept ? [key] : []);
    });
  }
  it('drops an instance that was awaited for a week', () => {
    expect(forgetOld({ announced: {}, awaited: { a: now - week, b: now } }, now).awaited).to.deep.equal({
      b: now,
    });
  });
});
