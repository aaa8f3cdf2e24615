import { expect } from 'chai';
import type { Instance } from '../../src/core/instance.js';
import { listFooter } from '../../src/report/listFooter.js';
import { now } from '../support/builders.js';
import { aListReport } from '../support/listReport.js';

const running = { status: 'running', spotStatus: 'running', spotReclaimTime: '0' };
const notice = (secondsLeft: number | null): Partial<Instance> => ({
  ...running,
  spotStatus: 'notified',
  spotReclaimTime: secondsLeft === null ? '' : String(now + secondsLeft),
});

describe('the footer of a list', () => {
  const table: readonly (readonly [string, readonly Partial<Instance>[], string])[] = [
    ['says one of one', [running], '1 instance: 1 running.'],
    [
      'puts what is eligible first',
      [running, {}],
      '2 instances: 1 reclaimed and eligible, 1 exited, 1 running.',
    ],
    [
      'puts the most frequent status first',
      [running, running, { spotReclaimTime: '0' }, { status: 'migrating' }],
      '4 instances: 2 running, 1 exited, 1 migrating.',
    ],
    ['says how soon', [notice(2520)], '1 instance: 1 reclaim notice in 42m, 1 running.'],
    [
      'says which is the first of several',
      [notice(2520), notice(600), notice(null)],
      '3 instances: 3 reclaim notices (the first in 10m), 3 running.',
    ],
    ['says that it is now', [notice(30)], '1 instance: 1 reclaim notice (now), 1 running.'],
    ['says that it is overdue', [notice(-180)], '1 instance: 1 reclaim notice (3m ago), 1 running.'],
    [
      'says that nobody knows when',
      [notice(null)],
      '1 instance: 1 reclaim notice for an unknown time, 1 running.',
    ],
    [
      'takes no notice of one that is in use no more',
      [{ status: 'exited', spotStatus: 'reclaiming', spotReclaimTime: '0' }],
      '1 instance: 1 exited.',
    ],
    ['takes an instance without a status', [{ status: '' }], '1 instance: 1 without a status.'],
  ];
  for (const [title, instances, expected] of table) {
    it(title, () => {
      const { instances: shown } = aListReport(instances);
      expect(listFooter({ instances: shown, total: shown.length, nowMs: now * 1000 })).to.equal(expected);
    });
  }

  it('says of how many these are', () => {
    const { instances } = aListReport([{}, {}]);
    expect(listFooter({ instances, total: 12, nowMs: now * 1000 })).to.equal(
      '2 of 12 instances: 2 reclaimed and eligible, 2 exited.',
    );
  });
});
