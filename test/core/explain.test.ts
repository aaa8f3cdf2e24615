import { expect } from 'chai';
import { decide, type EligibilityPolicy } from '../../src/core/eligibility.js';
import { explain } from '../../src/core/explain.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';

function explained(
  instance: Partial<Instance>,
  history: Partial<MigrationHistory> = {},
  policy: Partial<EligibilityPolicy> = {},
): string {
  return explain(decide(anInstance(instance), { ...emptyHistory, ...history }, aPolicy(policy), now));
}

const failure = aJob({ state: 'fail', errorMessage: 'no room' });

describe('explain', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['eligible', explained({}), ['2026-11-24 11:30 UTC']],
    ['forced', explained({ lastStartedAt: now }, {}, { force: true }), ['--force', 'stale_reclaim']],
    [
      'forced twice',
      explained({ lastStartedAt: now }, { lastSuccessAt: now }, { force: true }),
      ['stale_reclaim, cooldown'],
    ],
    ['excluded', explained({}, {}, { isExcluded: () => true }), ['MIGRATION_INCLUDE', 'MIGRATION_EXCLUDE']],
    ['running', explained({ status: 'running' }), ['running']],
    ['of no status', explained({ status: '' }), ['unknown status']],
    ['stopped', explained({ spotReclaimTime: '0' }), ['no reclaim time']],
    ['with a bad time', explained({ spotReclaimTime: 'soon' }), ['"soon"']],
    ['pending', explained({ spotReclaimTime: String(now + 3600) }), ['2026-11-24 13:00 UTC']],
    ['stale', explained({ lastStartedAt: now }), ['2026-11-24 11:30 UTC', '2026-11-24 12:00 UTC']],
    ['migrating', explained({ status: 'migrating' }), ['under way']],
    [
      'with an open job',
      explained({}, { openJob: aJob({ state: 'running' }) }),
      ['instanceMigrate', 'job-1', 'running'],
    ],
    [
      'with an unknown job',
      explained({}, { openJob: aJob({ state: null, type: null, id: '' }) }),
      ['unknown'],
    ],
    [
      'resting',
      explained({}, { lastSuccessAt: now - 600 }),
      ['2026-11-24 11:50 UTC', '2026-11-24 12:50 UTC'],
    ],
    [
      'in quarantine',
      explained({}, { recentFailures: Array(5).fill(failure) as [] }),
      ['5', 'no room', '--force'],
    ],
    [
      'with local data',
      explained({ localVolumes: [{ mountPath: '/data' }] }, {}, { holdLocalData: true }),
      ['/data'],
    ],
  ];
  for (const [title, text, parts] of table) {
    it(`says what matters of an instance ${title}`, () => {
      for (const part of parts) expect(text).to.include(part);
    });
  }
});
