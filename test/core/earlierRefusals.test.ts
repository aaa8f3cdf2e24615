import { expect } from 'chai';
import {
  type EarlierRefusal,
  earlierRefusals,
  refusalInTheWay,
  type RefusalFacts,
} from '../../src/core/earlierRefusals.js';
import { explain } from '../../src/core/explain.js';
import { readJournal } from '../../src/core/journalEntry.js';
import { sightingsOf } from '../../src/core/sightings.js';
import { wouldChange } from '../../src/core/wouldChange.js';
import { aDecision, aJob, now } from '../support/builders.js';
import { decideCase, failures } from './decisionRows.js';

type Line = Readonly<Record<string, unknown>>;

const refused: Line = { type: 'result', instanceId: 'i-1', outcome: 'rejected', error: 'incompatible' };
const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

function read(...lines: readonly Line[]) {
  const text = lines
    .map((line, index) => JSON.stringify({ time: isoTime(now - 600 + index), runId: 'run-1', ...line }))
    .join('\n');
  return [...earlierRefusals(readJournal(text).entries)];
}

describe('earlierRefusals', () => {
  it('are of the instances that the API refused as they are, with the time of the last time', () => {
    const other = { ...refused, instanceId: 'i-2' };
    expect(read(refused, other, refused)).to.deep.equal([
      ['i-1', { at: now - 598, error: 'incompatible' }],
      ['i-2', { at: now - 599, error: 'incompatible' }],
    ]);
  });

  const nothing: readonly (readonly [string, readonly Line[]])[] = [
    [
      'another rejection, which may be due to a change of the API',
      [{ ...refused, error: 'request_rejected' }],
    ],
    ['a conflict', [{ ...refused, error: 'state_conflict' }]],
    ['an account that was refused', [{ ...refused, error: 'auth_refused' }]],
    ['a migration', [{ ...refused, outcome: 'migrated', error: null }]],
    [
      'a later request with another result',
      [refused, { ...refused, outcome: 'no_capacity', error: 'no_capacity' }],
    ],
    [
      'a later request that nobody knows the end of',
      [refused, { ...refused, outcome: 'unknown', error: null }],
    ],
    ['no time', [{ ...refused, time: 'yesterday' }]],
    ['another line', [{ type: 'intent', instanceId: 'i-1', attempt: 1, error: 'incompatible' }]],
    [
      'what is made up',
      [
        { ...refused, error: { code: 'incompatible' } },
        { ...refused, instanceId: 7 },
      ],
    ],
  ];
  for (const [title, lines] of nothing) {
    it(`are none: ${title}`, () => expect(read(...lines)).to.deep.equal([]));
  }
});

describe('refusalInTheWay', () => {
  const refusal: EarlierRefusal = { at: now - 600, error: 'incompatible' };
  const facts: RefusalFacts = { reclaimedAt: now - 1800, lastSuccessAt: null, nowSeconds: now };
  const table: readonly (readonly [string, Partial<EarlierRefusal>, Partial<RefusalFacts>, boolean])[] = [
    ['of this reclaim', {}, {}, true],
    ['of a reclaim before', {}, { reclaimedAt: now - 500 }, false],
    ['within the slack of the clocks', {}, { reclaimedAt: now - 560 }, true],
    ['of a day ago', { at: now - 86_400 }, { reclaimedAt: now - 90_000 }, false],
    ['of a little less than a day ago', { at: now - 86_399 }, { reclaimedAt: now - 90_000 }, true],
    ['of the future', { at: now + 61 }, {}, false],
    ['of the future, within the slack of the clocks', { at: now + 60 }, {}, true],
    ['before a migration that succeeded', {}, { lastSuccessAt: now - 599 }, false],
    ['after a migration that succeeded', {}, { lastSuccessAt: now - 601 }, true],
  ];
  for (const [title, changes, otherFacts, stands] of table) {
    it(`${stands ? 'stands' : 'does not stand'}: ${title}`, () => {
      const inTheWay = refusalInTheWay({ ...refusal, ...changes }, { ...facts, ...otherFacts });
      expect(inTheWay !== null).to.equal(stands);
    });
  }

  it('says when, with which error, and until when', () => {
    expect(refusalInTheWay(refusal, facts)).to.deep.equal({
      refusedAt: now - 600,
      error: 'incompatible',
      eligibleAgainAt: now - 600 + 86_400,
    });
    expect(refusalInTheWay(undefined, facts)).to.equal(null);
  });
});

describe('an instance that this host was refused to migrate', () => {
  const refusal: EarlierRefusal = { at: now - 600, error: 'incompatible' };
  const policy = { earlierRefusals: new Map([['i-1', refusal]]) };
  const decision = decideCase({ policy });

  it('is in quarantine, and no other is', () => {
    expect(decision).to.include({ verdict: 'skipped', reason: 'quarantined', rule: 9 });
    expect(aDecision({}, policy).reason).to.equal('quarantined');
    expect(aDecision({ id: 'i-2' }, policy).reason).to.equal('reclaimed');
  });

  it('is taken by --force', () => {
    expect(decideCase({ policy: { ...policy, force: true } })).to.deep.include({
      verdict: 'eligible',
      forcedPast: ['quarantined'],
    });
  });

  it('is explained, with what would change it', () => {
    expect(explain(decision)).to.equal(
      'this host asked to migrate it at 2026-11-24 11:50 UTC and was refused for good ' +
        '(incompatible: The instance cannot be migrated as it is); migrate it by id with --force to try again',
    );
    expect(wouldChange(decision)).to.deep.include({
      by: 'time',
      at: '2026-11-25T11:50:00.000Z',
      force: true,
      message:
        'eligible again at 2026-11-25 11:50 UTC, a day after the refusal, or once it was reclaimed anew; ' +
        'or migrate it now, with --force',
    });
  });

  it('is told of as any other in quarantine, since the refusal', () => {
    const [sighting] = sightingsOf({ decision, outcome: null, attempts: 0, failure: null }, now);
    expect(sighting?.since).to.equal(now - 600);
    expect(sighting?.notice.type).to.equal('quarantined');
    expect(sighting?.notice.text).to.include('was refused for good');
  });

  it('has its failed jobs named where there are enough, and rests for fewer only when it is over', () => {
    const full = decideCase({ policy, history: { recentFailures: failures(5) } });
    expect(full.evidence).to.include({ failedMigrations: 5 });
    const one = aJob({ state: 'fail', createdAt: now - 60 });
    expect(decideCase({ policy, history: { recentFailures: [one] } }).reason).to.equal('quarantined');
    expect(decideCase({ history: { recentFailures: [one] } }).reason).to.equal('backing_off');
  });
});
