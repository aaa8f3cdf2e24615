import { expect } from 'chai';
import { doubleHolders } from './lockDiary.js';

function diary(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

describe('the judge of the lock races', () => {
  it('passes one holder after the other', () => {
    const fair = diary('begin 1', 'beat 1', 'end 1', 'begin 2', 'beat 2', 'end 2');
    expect(doubleHolders(fair)).to.deep.equal([]);
  });

  it('passes a holder after one that was killed', () => {
    const fair = diary('begin 1', 'beat 1', 'kill 1', 'beat 1', 'begin 2', 'end 2');
    expect(doubleHolders(fair)).to.deep.equal([]);
  });

  it('finds a second holder beside the first', () => {
    expect(doubleHolders(diary('begin 1', 'begin 2', 'end 1', 'end 2'))).to.have.length(1);
  });

  it('finds a second holder beside one that does nothing meanwhile', () => {
    expect(doubleHolders(diary('begin 1', 'begin 2', 'end 2', 'kill 1'))).to.have.length(1);
  });

  it('finds a killed holder that lives on beside the second', () => {
    expect(doubleHolders(diary('begin 1', 'kill 1', 'begin 2', 'beat 1', 'end 2'))).to.have.length(1);
  });
});
