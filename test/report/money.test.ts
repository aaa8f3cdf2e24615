import { expect } from 'chai';
import { pricePerHour, totalPerHour } from '../../src/report/money.js';

describe('pricePerHour', () => {
  const cases: readonly (readonly [number | null, string])[] = [
    [0.28, '$0.28'],
    [0.275, '$0.275'],
    [2, '$2.00'],
    [10.24, '$10.24'],
    [0.00001, '$0.00001'],
    [1234.5, '$1234.50'],
    [null, 'unknown'],
  ];
  for (const [dollars, expected] of cases) {
    it(`writes ${String(dollars)}`, () => {
      expect(pricePerHour(dollars)).to.equal(expected);
    });
  }
});

describe('totalPerHour', () => {
  it('says what is known, and how many are not in it', () => {
    expect(totalPerHour({ perHour: 3.01, unknown: 0 })).to.equal(
      'Together $3.01 an hour while running, and disks.',
    );
    expect(totalPerHour({ perHour: 3, unknown: 2 })).to.include('2 of unknown price');
    expect(totalPerHour({ perHour: null, unknown: 2 })).to.equal('What it costs is unknown.');
  });
});
