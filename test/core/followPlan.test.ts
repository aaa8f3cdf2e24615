import { expect } from 'chai';
import type { Decision } from '../../src/core/eligibility.js';
import { decide } from '../../src/core/eligibility.js';
import { explain } from '../../src/core/explain.js';
import { followPlan } from '../../src/core/followPlan.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory } from '../../src/core/migrationHistory.js';
import type { PlannedInstance } from '../../src/core/planFile.js';
import { aDecision, anInstance, aPolicy, now } from '../support/builders.js';

function aPlanned(changes: Partial<PlannedInstance> = {}): PlannedInstance {
  return {
    id: 'i-1',
    status: 'exited',
    spotStatus: 'terminated',
    spotReclaimTime: String(now - 1800),
    lastStartedAt: null,
    dataAtRisk: ['system_disk'],
    forcedPast: [],
    ...changes,
  };
}

function follow(decision: Decision, planned: PlannedInstance = aPlanned()): Decision | undefined {
  return followPlan([decision], { account: null, saveData: 'off', fallback: 'none', instances: [planned] })
    .decisions[0];
}

const resting = { ...emptyHistory, lastSuccessAt: now - 600 };

describe('followPlan', () => {
  it('leaves a decision as it is when nothing has changed', () => {
    const decision = aDecision();
    expect(follow(decision)).to.equal(decision);
  });

  const changes: readonly (readonly [string, Partial<Instance>, string])[] = [
    ['status', { status: 'running' }, 'status was exited, is running'],
    ['spot status', { spotStatus: null }, 'spotStatus was terminated, is none'],
    [
      'reclaim time',
      { spotReclaimTime: String(now - 60) },
      `spotReclaimTime was ${now - 1800}, is ${now - 60}`,
    ],
    ['last start', { lastStartedAt: now - 7200 }, 'lastStartedAt was none, is 2026-11-24T10:00:00.000Z'],
    [
      'data at risk',
      { localVolumes: [{ mountPath: '/data' }] },
      'dataAtRisk was system_disk, is system_disk, local_volume:/data',
    ],
  ];
  for (const [title, change, text] of changes) {
    it(`refuses an instance with another ${title}, and says what was and is`, () => {
      const followed = follow(aDecision(change));
      expect(followed).to.include({ verdict: 'skipped', reason: 'plan_outdated' });
      expect(followed && explain(followed)).to.include(`since the plan was made: ${text}`);
    });
  }

  it('names every field that has changed', () => {
    const followed = follow(aDecision({ status: 'running', spotStatus: 'running' }));
    expect(followed?.evidence).to.deep.equal({
      statusPlanned: 'exited',
      status: 'running',
      spotStatusPlanned: 'terminated',
      spotStatus: 'running',
      reasonPlanned: 'reclaimed',
      reason: 'not_exited',
    });
  });

  it('refuses what the job list speaks against by now', () => {
    const followed = follow(decide(anInstance(), resting, aPolicy(), now));
    expect(followed).to.include({ reason: 'plan_outdated', rule: 8 });
    expect(followed && explain(followed)).to.include('reason was reclaimed, is cooldown');
  });

  it('follows a plan made with --force by force, and passes over nothing else', () => {
    const forced = decide(anInstance(), resting, aPolicy({ force: true }), now);
    expect(follow(forced, aPlanned({ forcedPast: ['cooldown'] }))?.verdict).to.equal('eligible');
    const followed = follow(forced);
    expect(followed?.verdict).to.equal('skipped');
    expect(followed && explain(followed)).to.include('forcedPast was none, is cooldown');
  });

  it('considers the instances of the plan alone', () => {
    const decisions = [
      aDecision(),
      aDecision({ id: 'new' }),
      aDecision({ id: 'running', status: 'running' }),
    ];
    const instances = [aPlanned(), aPlanned({ id: 'lost' })];
    const followed = followPlan(decisions, { account: null, saveData: 'off', fallback: 'none', instances });
    expect(followed.decisions).to.deep.equal([decisions[0]]);
    expect(followed.notFound).to.deep.equal(['lost']);
    expect(followed.leftAlone).to.deep.equal([decisions[1]]);
  });
});
