import { expect } from 'chai';
import {
  type HealthState,
  healthCodes,
  judgeRuns,
  type RunHealth,
  type RunHealthInput,
  worstHealth,
} from '../../src/core/runHealth.js';
import { linesOf, type PastRun } from '../support/pastRuns.js';

const nowMs = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;
/** Two intervals of 15 minutes and ten minutes for a run. */
const limitMs = 40 * minute;

function judge(runs: readonly PastRun[], changes: Partial<RunHealthInput> = {}): RunHealth {
  return judgeRuns({
    entries: runs.flatMap(linesOf),
    nowMs,
    intervalMinutes: 15,
    jobTimeoutMs: 10 * minute,
    isAlive: () => false,
    ...changes,
  });
}

let count = 0;
/** @param endedAgoMs - how long ago it ended */
function ended(exitCode: number, endedAgoMs: number): PastRun {
  return { id: `run-${(count += 1)}`, startedAtMs: nowMs - endedAgoMs - 10_000, exitCode };
}
/** For instances that somebody named. */
function named(run: PastRun): PastRun {
  return { ...run, wholeAccount: false };
}
function begun(agoMs: number, host = 'here'): PastRun {
  return { id: `run-${(count += 1)}`, startedAtMs: nowMs - agoMs, exitCode: null, host };
}

describe('judgeRuns', () => {
  const alive: Partial<RunHealthInput> = { isAlive: () => true };
  const table: readonly (readonly [string, readonly PastRun[], HealthState, Partial<RunHealthInput>?])[] = [
    ['no run', [], 'unknown'],
    ['a success just now', [ended(0, 0)], 'healthy'],
    ['a success at the limit', [ended(0, limitMs)], 'healthy'],
    ['a success past the limit', [ended(0, limitMs + 1)], 'critical'],
    ['a success of the future', [ended(0, -5 * minute)], 'healthy'],
    ['a partial run after a success', [ended(0, 15 * minute), ended(20, 0)], 'warning'],
    ['a failed run after a success at the limit', [ended(0, limitMs), ended(21, 0)], 'warning'],
    ['a failed run after a success past the limit', [ended(0, limitMs + 1), ended(21, 0)], 'critical'],
    ['a success after failures', [ended(69, 30 * minute), ended(69, 15 * minute), ended(0, 0)], 'healthy'],
    ['failures alone', [ended(69, 5 * minute), ended(69, 0)], 'critical'],
    ['a killed run after a success', [ended(0, 15 * minute), begun(5 * minute)], 'warning'],
    ['a killed run alone', [begun(5 * minute)], 'critical'],
    ['a success after a killed run', [begun(20 * minute), ended(0, 0)], 'healthy'],
    ['a run that goes on after a success', [ended(0, 15 * minute), begun(1_000)], 'healthy', alive],
    [
      'a run that goes on after a failure',
      [ended(0, 30 * minute), ended(20, 15 * minute), begun(0)],
      'warning',
      alive,
    ],
    [
      'a run that goes on while the last success grows old',
      [ended(0, limitMs + 1), begun(0)],
      'critical',
      alive,
    ],
    ['a first run that goes on', [begun(1_000)], 'unknown', alive],
    ['a mistyped name after a success', [ended(0, 15 * minute), named(ended(66, 0))], 'healthy'],
    [
      'a success for a few after failures',
      [ended(69, limitMs), ended(69, 15 * minute), named(ended(0, 0))],
      'critical',
    ],
    ['a success for a few after an old one', [ended(0, limitMs + 1), named(ended(0, 0))], 'critical'],
    ['a killed run for a few after a success', [ended(0, 15 * minute), named(begun(minute))], 'healthy'],
    ['runs for a few alone', [named(ended(0, 15 * minute)), named(ended(0, 0))], 'unknown'],
    ['a run that says it was for all', [{ ...ended(0, 0), wholeAccount: true }], 'healthy'],
    ['another interval', [ended(0, 130 * minute)], 'healthy', { intervalMinutes: 60 }],
    ['the end of another interval', [ended(0, 130 * minute + 1)], 'critical', { intervalMinutes: 60 }],
    ['another time limit of runs', [ended(0, 31 * minute)], 'healthy', { jobTimeoutMs: minute }],
    ['the end of that', [ended(0, 31 * minute + 1)], 'critical', { jobTimeoutMs: minute }],
  ];
  for (const [title, runs, state, changes] of table) {
    it(`is ${state} with ${title}`, () => expect(judge(runs, changes).state).to.equal(state));
  }

  it('says how long ago the last success ended, and how long it may be', () => {
    const success = ended(0, 12_345);
    expect(judge([success, ended(20, 0)])).to.deep.include({
      lastSuccessAgeMs: 12_345,
      successLimitMs: limitMs,
    });
    expect(judge([success, ended(20, 0)]).lastSuccess?.runId).to.equal(success.id);
    expect(judge([success, ended(20, 0)]).lastRun?.exitCode).to.equal(20);
  });

  it('has the newest run first', () => {
    const runs = [ended(0, 3 * minute), ended(20, 2 * minute), ended(0, minute)];
    expect(judge(runs).runs.map(({ runId }) => runId)).to.deep.equal(runs.map(({ id }) => id).reverse());
  });
});

describe('worstHealth', () => {
  const table: readonly (readonly [readonly HealthState[], HealthState])[] = [
    [[], 'unknown'],
    [['healthy', 'healthy'], 'healthy'],
    [['healthy', 'warning'], 'warning'],
    [['warning', 'unknown', 'healthy'], 'unknown'],
    [['unknown', 'critical', 'warning'], 'critical'],
  ];
  for (const [states, worst] of table) {
    it(`is ${worst} of ${states.join(', ') || 'none'}`, () => expect(worstHealth(states)).to.equal(worst));
  }

  it('has the exit codes of monitoring plugins', () => {
    expect(healthCodes).to.deep.equal({ healthy: 0, warning: 1, critical: 2, unknown: 3 });
  });
});
