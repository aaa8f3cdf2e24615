import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { buildReport, type ReportInput } from '../../src/core/report.js';
import { untouchedBy } from '../../src/core/untouched.js';
import { emptySummary } from '../../src/core/summary.js';
import { aReportInput } from '../support/builders.js';

describe('what a run that failed certainly left alone', () => {
  const blind = { listComplete: false, summary: emptySummary };
  const seeing = { listComplete: true };
  const none = { get: 4, post: 0, retries: 3 };
  const some = { get: 4, post: 1, retries: 0 };
  type Row = readonly [title: string, ErrorCode, Partial<ReportInput>, string | null];
  const table: readonly Row[] = [
    ['no list', 'network_unreachable', { ...blind, requests: none }, 'not_looked'],
    ['a list and no migrate request', 'interrupted', { ...seeing, requests: none }, 'not_changed'],
    ['a migrate request', 'circuit_open', { ...seeing, requests: some }, null],
    ['a bug, after which no count can be trusted', 'internal_error', { ...blind, requests: none }, null],
  ];
  for (const [title, code, input, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () => {
      const report = buildReport(aReportInput({ ...input, failure: failureOf(code) }));
      expect(untouchedBy(report)).to.equal(expected);
    });
  }
});
