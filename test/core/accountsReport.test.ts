import { expect } from 'chai';
import fc from 'fast-check';
import { buildAccountsReport } from '../../src/core/accountsReport.js';
import { dominantReason, exitCodes, type ExitReason } from '../../src/core/exitCode.js';
import { buildReport, type Report } from '../../src/core/report.js';
import { emptySummary, type Summary } from '../../src/core/summary.js';
import { aReportInput, now } from '../support/builders.js';

function runOf(account: string, exitReason: ExitReason, summary: Partial<Summary> = {}): Report {
  return buildReport(aReportInput({ account, exitReason, summary: { ...emptySummary, ...summary } }));
}

function reportOf(accounts: readonly Report[]) {
  const times = { startedAtMs: now * 1000, finishedAtMs: now * 1000 + 2500 };
  return buildAccountsReport({ command: 'migrate', accounts, ...times });
}

function endOf(reasons: readonly ExitReason[]): readonly [number, string] {
  const { exitCode, exitReason } = reportOf(reasons.map((reason, index) => runOf(`a${index}`, reason)));
  return [exitCode, exitReason];
}

describe('the report of several accounts', () => {
  it('holds each run as it is, their order and the times of the whole', () => {
    const accounts = [runOf('b', 'ok'), runOf('a', 'auth')];
    expect(reportOf(accounts)).to.deep.equal({
      schemaVersion: 1,
      command: 'migrate',
      startedAt: '2026-11-24T12:00:00.000Z',
      finishedAt: '2026-11-24T12:00:02.500Z',
      durationMs: 2500,
      summary: emptySummary,
      accounts,
      exitCode: 77,
      exitReason: 'auth',
    });
  });

  it('adds up every count', () => {
    const names = Object.keys(emptySummary) as (keyof Summary)[];
    const counts = (factor: number): Summary =>
      Object.fromEntries(names.map((name, index) => [name, factor * (index + 1)])) as unknown as Summary;
    const summed = reportOf([runOf('a', 'ok', counts(1)), runOf('b', 'ok', counts(10)), runOf('c', 'ok')]);
    expect(summed.summary).to.deep.equal(counts(11));
  });

  const endings: readonly (readonly [readonly ExitReason[], number, string])[] = [
    [[], 0, 'ok'],
    [['ok', 'ok'], 0, 'ok'],
    [['ok', 'partial', 'ok'], 20, 'partial'],
    [['partial', 'failed'], 21, 'failed'],
    [['failed', 'unavailable', 'protocol'], 76, 'protocol'],
    [['auth', 'config', 'ok'], 78, 'config'],
    [['auth', 'terminated'], 77, 'auth'],
    [['terminated', 'ok'], 143, 'interrupted'],
    [['interrupted', 'failed'], 130, 'interrupted'],
    [['changes', 'ok'], 2, 'changes'],
    [['internal', 'config'], 1, 'internal'],
    [['locked', 'ok'], 75, 'locked'],
    [['locked', 'locked'], 75, 'locked'],
    [['locked', 'auth'], 77, 'auth'],
    [['locked', 'partial'], 20, 'partial'],
    [['locked', 'terminated'], 143, 'interrupted'],
  ];
  for (const [reasons, exitCode, exitReason] of endings) {
    it(`ends with ${exitReason} after ${reasons.length === 0 ? 'none' : reasons.join(', ')}`, () => {
      expect(endOf(reasons)).to.deep.equal([exitCode, exitReason]);
    });
  }

  it('never ends well, or as if locked, when an account failed', () => {
    const known = fc.constantFrom(...(Object.keys(exitCodes) as ExitReason[]));
    fc.assert(
      fc.property(fc.array(known, { minLength: 1 }), (reasons) => {
        const failed = reasons.filter((reason) => reason !== 'ok' && reason !== 'locked');
        const expected = dominantReason(failed.length > 0 ? failed : reasons);
        expect(endOf(reasons)[0]).to.equal(exitCodes[expected]);
      }),
    );
  });

  it('takes an exit code that is none for a bug', () => {
    const odd = { ...runOf('a', 'ok'), exitCode: 99 };
    expect(reportOf([odd, runOf('b', 'ok')])).to.include({ exitCode: 1, exitReason: 'internal' });
  });
});
