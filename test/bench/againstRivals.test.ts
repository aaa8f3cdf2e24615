import { expect } from 'chai';
import { compare, type Kind, type OpponentTimes } from '../../bench/experiments/againstRivals.js';

function opponent(kind: Kind, name: string, ms: number): OpponentTimes {
  return { kind, name, base: [ms, ms, ms] };
}

describe('bench: the goal against rivals', () => {
  const opponents = [
    opponent('as_written', 'slow', 200),
    opponent('as_written', 'quick', 120),
    opponent('wide', 'wide', 90),
    opponent('floor', 'floor', 50),
  ];
  const match = { size: 1_000, migrations: 0, goal: 1 };
  const goalsOf = (findings: ReturnType<typeof compare>) =>
    findings
      .filter(({ comparedWith }) => comparedWith !== null)
      .map(({ comparedWith, ratio, goal, isMet }) => [comparedWith, ratio, goal, isMet]);

  it('is that of the best of all, and of the best of those that are as people write them', () => {
    expect(goalsOf(compare([100, 100, 100], opponents, match))).to.deep.equal([
      ['floor', 2, null, null],
      ['wide', 100 / 90, 1, false],
      ['quick', 100 / 120, 1, true],
      ['slow', 0.5, null, null],
    ]);
  });

  it('may be another one for one of them', () => {
    const findings = compare([100, 100, 100], opponents, { ...match, goal: null, goalOver: { slow: 0.4 } });
    expect(goalsOf(findings).filter(([, , goal]) => goal !== null)).to.deep.equal([
      ['slow', 0.5, 0.4, false],
    ]);
  });

  it('comes with the times of each, fastest first', () => {
    const findings = compare([100, 100, 100], opponents, match);
    const times = findings.filter(({ comparedWith }) => comparedWith === null);
    expect(times.map(({ subject, median }) => [subject, median])).to.deep.equal([
      ['floor', 50],
      ['wide', 90],
      ['quick', 120],
      ['slow', 200],
    ]);
  });
});
