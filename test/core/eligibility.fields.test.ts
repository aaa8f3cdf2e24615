import { expect } from 'chai';
import type { Reason } from '../../src/core/eligibility.js';
import { now } from '../support/builders.js';
import { decideCase } from './decisionRows.js';

describe('decide, by status', () => {
  const others = [
    'toCreate',
    'creating',
    'pulling',
    'running',
    'toStart',
    'starting',
    'toStop',
    'stopping',
    'toRestart',
    'restarting',
    'toRemove',
    'removing',
    'removed',
    'toReset',
    'resetting',
    'freezing',
  ];
  const odd = ['', 'hibernating', 'Exited', 'EXITED', ' exited', 'exited ', 'migrated', '__proto__'];
  const table: readonly (readonly [string, Reason])[] = [
    ...[...others, ...odd].map((status) => [status, 'not_exited'] as const),
    ['migrating', 'migration_in_progress'],
    ['exited', 'reclaimed'],
  ];
  for (const [status, reason] of table) {
    it(`says ${reason} of ${JSON.stringify(status)}`, () => {
      const rule = reason === 'reclaimed' ? 11 : 2;
      expect(decideCase({ instance: { status } })).to.include({ reason, rule });
    });
  }
});

describe('decide, by spot status and reclaim time', () => {
  const spotStatuses = ['running', 'notified', 'reclaiming', 'terminated', 'evicted', '', null];
  const times: readonly (readonly [string | null, Reason])[] = [
    [null, 'not_reclaimed'],
    ['', 'not_reclaimed'],
    ['0', 'not_reclaimed'],
    ['00', 'invalid_reclaim_time'],
    ['soon', 'invalid_reclaim_time'],
    [String((now - 1800) * 1000), 'invalid_reclaim_time'],
    [String(now + 3600), 'reclaim_pending'],
    [String(now - 1800), 'reclaimed'],
  ];
  for (const [spotReclaimTime, reason] of times) {
    it(`says ${reason} of ${JSON.stringify(spotReclaimTime)}, whatever the spot status`, () => {
      for (const spotStatus of spotStatuses) {
        const decision = decideCase({ instance: { spotReclaimTime, spotStatus } });
        expect(decision.reason, String(spotStatus)).to.equal(reason);
      }
    });
  }

  it('does not depend on the billing mode, which may be absent', () => {
    for (const billingMode of ['spot', 'onDemand', '', null]) {
      expect(decideCase({ instance: { billingMode } }).reason, String(billingMode)).to.equal('reclaimed');
    }
  });
});
