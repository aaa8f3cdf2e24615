import { expect } from 'chai';
import { intervalMinutes } from '../support/schedule.js';

const regular: readonly [schedule: string, minutes: number][] = [
  ['7-59/15 * * * *', 15],
  ['7,22,37,52 * * * *', 15],
  ['*/10 * * * *', 10],
  ['* * * * *', 1],
  ['7 * * * *', 60],
];

describe('intervalMinutes', () => {
  for (const [schedule, minutes] of regular)
    it(`${schedule} is every ${minutes} minutes`, () => expect(intervalMinutes(schedule)).to.equal(minutes));

  for (const schedule of ['7-59/13 * * * *', '7,20 * * * *', '7 3 * * *', '', 'x * * * *'])
    it(`refuses "${schedule}"`, () => expect(() => intervalMinutes(schedule)).to.throw());
});
