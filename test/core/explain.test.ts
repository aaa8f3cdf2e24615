import { expect } from 'chai';
import type { Exclusion } from '../../src/core/decisionTable.js';
import { decide, type Decision, type EligibilityPolicy } from '../../src/core/eligibility.js';
import { explain } from '../../src/core/explain.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { aJob, anInstance, aPolicy, now, anExclusion } from '../support/builders.js';

function decided(
  instance: Partial<Instance>,
  history: Partial<MigrationHistory> = {},
  policy: Partial<EligibilityPolicy> = {},
): Decision {
  return decide(anInstance(instance), { ...emptyHistory, ...history }, aPolicy(policy), now);
}

function explained(...facts: Parameters<typeof decided>): string {
  return explain(decided(...facts));
}

const notIncluded: Exclusion = { variable: 'MIGRATION_INCLUDE', pattern: null };
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
    ['excluded', explained({}, {}, { exclusionOf: () => anExclusion }), ['train*', 'MIGRATION_EXCLUDE']],
    ['not included', explained({}, {}, { exclusionOf: () => notIncluded }), ['MIGRATION_INCLUDE']],
    ['running', explained({ status: 'running' }), ['running']],
    ['of no status', explained({ status: '' }), ['unknown status']],
    ['of an unknown status', explained({ status: 'hibernating' }), ['hibernating']],
    ['stopped', explained({ spotReclaimTime: '0' }), ['no reclaim time']],
    ['with a bad time', explained({ spotReclaimTime: 'soon' }), ['"soon"']],
    ['with milliseconds', explained({ spotReclaimTime: '1795521600000' }), ['"1795521600000"']],
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
      explained({}, { recentFailures: [failure, failure, failure] }, { maxAttempts: 2 }),
      ['3 ', '2', 'no room', '--force'],
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
      expect(text).not.to.match(/undefined|null|NaN|Invalid/);
    });
  }

  const unknowns: readonly (readonly [string, Decision, number])[] = [
    ['pending', decided({ spotReclaimTime: String(now + 3600) }), 0],
    ['stale', decided({ lastStartedAt: now }), 0],
    ['resting', decided({}, { lastSuccessAt: now }), 0],
    ['with an open job', decided({}, { openJob: aJob({ state: 'running' }) }), 0],
    ['with a job without a type', decided({}, { openJob: aJob({ type: null, state: 'running' }) }), 1],
    ['with a job of nothing', decided({}, { openJob: aJob({ id: '', type: null, state: null }) }), 3],
    ['with a job without evidence', { ...decided({}, { openJob: aJob({ state: '' }) }), evidence: {} }, 3],
    ['that failed without an error', decided({}, { recentFailures: [aJob()] }, { maxAttempts: 1 }), 1],
    ['resting without evidence', { ...decided({}, { lastSuccessAt: now }), evidence: {} }, 2],
    [
      'resting since a text',
      { ...decided({}, { lastSuccessAt: now }), evidence: { lastMigratedAt: '0', eligibleAgainAt: '9' } },
      2,
    ],
  ];
  for (const [title, decision, count] of unknowns) {
    it(`leaves ${count} things unknown of an instance ${title}`, () => {
      expect(explain(decision).match(/unknown/g)?.length ?? 0).to.equal(count);
    });
  }
});
