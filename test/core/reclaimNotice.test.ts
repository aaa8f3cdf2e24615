import { expect } from 'chai';
import { reclaimNoticesOf } from '../../src/core/reclaimNotice.js';
import { aDecision, aPolicy, now, anExclusion } from '../support/builders.js';

const running = { status: 'running', spotStatus: 'notified' };

describe('reclaim notices', () => {
  const cases: readonly (readonly [
    string,
    Parameters<typeof aDecision>[0],
    { reclaimAt: number | null; secondsLeft: number | null } | null,
  ])[] = [
    [
      'announced',
      { ...running, spotReclaimTime: String(now + 2520) },
      { reclaimAt: now + 2520, secondsLeft: 2520 },
    ],
    [
      'being reclaimed',
      { ...running, spotStatus: 'reclaiming', spotReclaimTime: String(now - 5) },
      { reclaimAt: now - 5, secondsLeft: 0 },
    ],
    ['without a time', { ...running, spotReclaimTime: '0' }, { reclaimAt: null, secondsLeft: null }],
    [
      'with a time that is none',
      { ...running, spotReclaimTime: 'soon' },
      { reclaimAt: null, secondsLeft: null },
    ],
    [
      'still starting',
      { ...running, status: 'starting', spotReclaimTime: null },
      { reclaimAt: null, secondsLeft: null },
    ],
    ['down already', { status: 'exited', spotStatus: 'notified' }, null],
    ['not announced', { status: 'running', spotStatus: 'running', spotReclaimTime: '0' }, null],
    ['without a spot status', { status: 'running', spotStatus: null }, null],
  ];
  for (const [title, changes, expected] of cases) {
    it(`of an instance ${title}`, () => {
      const found = reclaimNoticesOf([aDecision(changes)], now).map(({ reclaimAt, secondsLeft }) => ({
        reclaimAt,
        secondsLeft,
      }));
      expect(found).to.deep.equal(expected === null ? [] : [expected]);
    });
  }

  it('leave out what the filters leave out', () => {
    const decision = aDecision(running, aPolicy({ exclusionOf: () => anExclusion }));
    expect(reclaimNoticesOf([decision], now)).to.deep.equal([]);
  });

  it('begin with the most urgent one and end with those of an unknown time', () => {
    const at = (id: string, spotReclaimTime: string) => aDecision({ ...running, id, spotReclaimTime });
    const notices = reclaimNoticesOf(
      [
        at('unknown', '0'),
        at('late', String(now + 900)),
        at('soon', String(now + 60)),
        at('also unknown', ''),
      ],
      now,
    );
    expect(notices.map(({ instance }) => instance.id)).to.deep.equal([
      'soon',
      'late',
      'unknown',
      'also unknown',
    ]);
  });
});
