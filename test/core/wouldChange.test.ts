import { expect } from 'chai';
import fc from 'fast-check';
import { decide, type Reason, skipReasons } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import { historyByInstance } from '../../src/core/migrationHistory.js';
import { type WouldChange, wouldChange } from '../../src/core/wouldChange.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';
import { both, type Case, decideCase, hold, localVolumes, matchesOf, openJob, rows } from './decisionRows.js';

const resting: Case = { history: { lastSuccessAt: now - 600 } };
const failed = [900, 600, 300].map((ago) => aJob({ state: 'fail', createdAt: now - ago }));
const quarantined: Case = { history: { recentFailures: failed }, policy: { maxAttempts: 3 } };
const held: Case = { instance: { localVolumes }, policy: hold };

describe('wouldChange', () => {
  const soon = String(now + 3600);
  const table: readonly (readonly [string, Case, Partial<WouldChange>, RegExp])[] = [
    ['an eligible one', {}, { by: 'migrate', at: null, force: false }, /the next migrate takes it/],
    [
      'an excluded one',
      { policy: { exclusionOf: () => ({ variable: 'MIGRATION_EXCLUDE', pattern: 'train*' }) } },
      { by: 'setting', variable: 'MIGRATION_EXCLUDE', force: false },
      /^take train\* out of MIGRATION_EXCLUDE$/,
    ],
    [
      'one that is not included',
      { policy: { exclusionOf: () => ({ variable: 'MIGRATION_INCLUDE', pattern: null }) } },
      { by: 'setting', variable: 'MIGRATION_INCLUDE' },
      /^add its name or id to MIGRATION_INCLUDE$/,
    ],
    [
      'one that runs',
      { instance: { status: 'running', spotStatus: 'running', spotReclaimTime: '0' } },
      { by: 'provider', at: null, force: false, otherReasons: ['not_reclaimed'] },
      /^looked at again once it was reclaimed and has exited$/,
    ],
    [
      'one that will be reclaimed',
      { instance: { status: 'running', spotStatus: 'notified', spotReclaimTime: soon } },
      { by: 'provider', otherReasons: ['reclaim_pending'] },
      /^looked at again once it has exited; its reclaim is announced for 2026-11-24 13:00 UTC$/,
    ],
    [
      'one that is migrated by now',
      both({ instance: { status: 'migrating' } }, { history: { openJob } }),
      { by: 'provider', force: false, otherReasons: ['migration_in_progress'] },
      /^looked at again once the migration has ended$/,
    ],
    [
      'one with an open job',
      { history: { openJob } },
      { by: 'provider', force: false },
      /the job has ended$/,
    ],
    [
      'one that its owner stopped',
      { instance: { spotReclaimTime: '0' } },
      { by: 'owner', at: null, force: false },
      /start it yourself/,
    ],
    [
      'one with a bad time',
      { instance: { spotReclaimTime: 'soon' } },
      { by: 'owner', force: false },
      /console/,
    ],
    [
      'one whose reclaim is due later',
      { instance: { spotReclaimTime: soon } },
      { by: 'time', at: '2026-11-24T13:00:00.000Z', force: true },
      /^eligible again at 2026-11-24 13:00 UTC, .*--force$/,
    ],
    [
      'one that has run since',
      { instance: { lastStartedAt: now - 60 } },
      { by: 'force', at: null, force: true },
      /start it yourself.*--force$/,
    ],
    [
      'one in its cooldown',
      resting,
      { by: 'time', at: '2026-11-24T12:50:00.000Z', force: true, otherReasons: [] },
      /^eligible again at 2026-11-24 12:50 UTC, when the cooldown ends; .*--force$/,
    ],
    [
      'one in quarantine',
      quarantined,
      { by: 'time', at: '2026-11-25T11:45:00.000Z', force: true },
      /^eligible again at 2026-11-25 11:45 UTC, when fewer than 3 of its migrations failed within 24 h/,
    ],
    [
      'one in quarantine by failures of no time',
      { history: { recentFailures: [aJob({ state: 'fail', createdAt: null })] }, policy: { maxAttempts: 1 } },
      { by: 'time', at: null },
      /^eligible again when fewer than 1/,
    ],
    [
      'one at rest after failed migrations',
      { history: { recentFailures: failed } },
      { by: 'time', at: '2026-11-24T12:35:00.000Z', force: true },
      /^eligible again at 2026-11-24 12:35 UTC, when its rest ends; or migrate it now, with --force$/,
    ],
    [
      'one with local data',
      held,
      { by: 'setting', variable: 'MIGRATION_LOCAL_DATA', force: true },
      /MIGRATION_LOCAL_DATA=warn.*\/workspace.*--force$/,
    ],
    [
      'one in its cooldown and in quarantine, with local data',
      both(both(resting, quarantined), held),
      {
        by: 'time',
        at: '2026-11-24T12:50:00.000Z',
        force: true,
        otherReasons: ['quarantined', 'local_data'],
      },
      /^past this at 2026-11-24 12:50 UTC.*--force; what is left then: quarantined, local_data$/,
    ],
    [
      'one that has run since and has an open job',
      both({ instance: { lastStartedAt: now - 60 } }, { history: { openJob } }),
      { by: 'force', force: false, otherReasons: ['migration_in_progress'] },
      /^start it yourself to have it back; what is left then: migration_in_progress$/,
    ],
  ];
  for (const [title, facts, expected, message] of table) {
    it(`says what would change the decision about ${title}`, () => {
      const change = wouldChange(decideCase(facts));
      expect(change).to.deep.include(expected);
      expect(change.message)
        .to.match(message)
        .and.not.match(/undefined|null|NaN|unknown/);
    });
  }

  it('says of an outdated plan that it has to be made anew', () => {
    const outdated = { ...decideCase({}), verdict: 'skipped', reason: 'plan_outdated' } as const;
    expect(wouldChange(outdated)).to.include({ by: 'plan', force: false, message: 'make the plan anew' });
  });

  it('knows every reason', () => {
    const resting: Case = { history: { recentFailures: failed } };
    const cases = [...rows.map(([, , facts]) => facts), resting];
    const known = new Set<Reason>(cases.map((facts) => decideCase(facts).reason));
    expect(skipReasons.filter((reason) => !known.has(reason))).to.deep.equal([
      'plan_outdated',
      'data_not_kept',
    ]);
    for (const facts of cases) expect(wouldChange(decideCase(facts)).message).not.to.equal('');
  });

  const cases = fc.constantFrom(...rows.map(([, , facts]) => facts));

  it('says that --force would take an instance exactly when it does', () => {
    fc.assert(
      fc.property(cases, cases, cases, (one, other, third) => {
        const facts = both(both(one, other), third);
        const decision = decideCase(facts);
        const forced = decideCase(both({ policy: { force: true } }, facts));
        const taken = decision.verdict === 'skipped' && forced.verdict === 'eligible';
        expect(wouldChange(decision).force).to.equal(taken);
      }),
      { numRuns: 2000 },
    );
  });

  it('names the reasons that would decide one after the other', () => {
    fc.assert(
      fc.property(cases, cases, (one, other) => {
        const { reason, otherReasons, rule, evidence } = decideCase(both(one, other));
        const matches = matchesOf(both(one, other));
        const ruleNumbers = matches.map((match) => match.rule);
        expect(ruleNumbers).to.deep.equal([...new Set(ruleNumbers)].sort((a, b) => a - b));
        const reasons = matches.map((match) => match.reason);
        expect([reason, ...otherReasons]).to.deep.equal(reasons.length === 0 ? ['reclaimed'] : reasons);
        if (matches[0] !== undefined) expect({ rule, reason, evidence }).to.deep.equal(matches[0]);
      }),
    );
  });

  it('names the time at which a refusal of this host passes', () => {
    const earlierRefusals = new Map([['i-1', { at: now - 600, error: 'incompatible' }]] as const);
    const judge = (seconds: number) => decide(anInstance(), null, aPolicy({ earlierRefusals }), seconds);
    const at = Date.parse(wouldChange(judge(now)).at ?? '') / 1000;
    expect([judge(at - 1).reason, judge(at).reason]).to.deep.equal(['quarantined', 'reclaimed']);
  });

  const passing: readonly (readonly [string, Partial<Instance>, readonly Job[]])[] = [
    ['cooldown', {}, [aJob({ createdAt: now - 600 })]],
    ['quarantined', {}, failed],
    ['backing_off', {}, failed.slice(1)],
    ['reclaim_pending', { spotReclaimTime: soon }, []],
  ];
  for (const [reason, changes, jobs] of passing) {
    it(`names the time at which ${reason} passes`, () => {
      const judge = (seconds: number) => {
        const history = historyByInstance(jobs, seconds).get('i-1') ?? null;
        return decide(anInstance(changes), history, aPolicy({ maxAttempts: 3 }), seconds);
      };
      const at = Date.parse(wouldChange(judge(now)).at ?? '') / 1000;
      // The provider's clock may be ahead by a minute, so a reclaim counts as due that much earlier.
      const slack = reason === 'reclaim_pending' ? 60 : 0;
      expect(judge(at - slack - 1).reason).to.equal(reason);
      expect(judge(at).reason).to.equal('reclaimed');
    });
  }
});
