import { expect } from 'chai';
import stringWidth from 'string-width';
import { historyByInstance } from '../../src/core/migrationHistory.js';
import { decide } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import { buildReport, type ReportInput } from '../../src/core/report.js';
import { renderCheck } from '../../src/report/checkScreen.js';
import { coloured, plain } from '../../src/report/style.js';
import { aJob, anInstance, aPolicy, aReportInput, now } from '../support/builders.js';

interface Shown {
  readonly instance?: Partial<Instance>;
  /** Null when the list was not read. */
  readonly jobs?: readonly Job[] | null;
  readonly report?: Partial<ReportInput>;
  readonly width?: number | null;
}

function shown({ instance, jobs = [], report, width = null }: Shown, paint = plain): string {
  const history = jobs === null ? null : (historyByInstance(jobs, now).get('i-1') ?? noJobs);
  const decision = decide(anInstance(instance), history, aPolicy(), now);
  const results = [{ decision, outcome: null, attempts: 0, failure: null }];
  const input = aReportInput({ command: 'check', results, ...report });
  return renderCheck(buildReport(input), { paint, nowMs: now * 1000, width });
}

const noJobs = { openJob: null, lastSuccessAt: null, recentFailures: [], recentJobs: [] };
const refused = (minutesAgo: number, changes: Partial<Job> = {}): Job =>
  aJob({ state: 'fail', createdAt: now - minutesAgo * 60, errorMessage: 'no node has room', ...changes });

describe('renderCheck', () => {
  it('shows the verdict, why, what was looked at, what would change it, the history and what is lost', () => {
    const text = shown({
      instance: { localVolumes: [{ mountPath: '/workspace' }] },
      jobs: [refused(90), refused(30)],
    });
    expect(text).to.equal(
      [
        'training (i-1)  eligible: reclaimed',
        '  why        reclaimed by the provider at 2026-11-24 11:30 UTC',
        `  looked at  status exited, spotStatus terminated, spotReclaimTime ${now - 1800} (row 11 of the decision table)`,
        '  to change  nothing to wait for: the next migrate takes it',
        '  history    2026-11-24 11:30 UTC  fail: no node has room',
        '             2026-11-24 10:30 UTC  fail: no node has room',
        '  not kept   system disk, local volume /workspace',
        '',
        '0 instances, 0 exited: 0 eligible.',
        'A migration does not keep new data on the system disk; of training also /workspace.',
        '',
      ].join('\n'),
    );
  });

  const lines: readonly (readonly [string, Shown, readonly string[], readonly string[]])[] = [
    [
      'no history of one that was never reclaimed',
      { instance: { spotReclaimTime: '0' } },
      [],
      ['history', 'not kept'],
    ],
    ['that nothing was tried', {}, ['history    no migration in the last 24 h'], []],
    [
      'that the history is not known',
      { jobs: null, report: { jobsAvailable: false } },
      ['history    not known: the job list could not be read'],
      [],
    ],
    ['no history that nobody read', { jobs: null }, [], ['history']],
    [
      'five attempts of many',
      { jobs: Array.from({ length: 8 }, (_, index) => refused(index + 1, { id: `job-${index}` })) },
      ['and 3 more'],
      [],
    ],
    [
      'the kind of another job',
      { jobs: [refused(1, { type: 'autoInstanceMigrate' })] },
      ['fail (autoInstanceMigrate)'],
      [],
    ],
    [
      'what little is known of a job',
      { jobs: [aJob({ type: null, state: null, createdAt: null })] },
      ['at an unknown time  in an unknown state (of unknown kind)'],
      ['undefined', 'NaN'],
    ],
    ['a name in place of none', { instance: { name: '' } }, ['i-1 (i-1)'], []],
    [
      'a long error cut',
      { jobs: [refused(1, { errorMessage: 'x'.repeat(5_000) })] },
      ['xxx…\n'],
      ['x'.repeat(201)],
    ],
  ];
  for (const [title, input, parts, absent] of lines) {
    it(`shows ${title}`, () => {
      const text = shown(input);
      for (const part of parts) expect(text).to.include(part);
      for (const part of absent) expect(text).not.to.include(part);
    });
  }

  const hard: Shown = {
    instance: {
      name: '訓練🚀'.repeat(20),
      id: 'i-1',
      localVolumes: [{ mountPath: `/${'deep/'.repeat(40)}` }],
    },
    jobs: [refused(1, { errorMessage: 'a'.repeat(300) })],
  };
  for (const width of [20, 40, 60, 80, 120, 200]) {
    it(`fits ${width} columns, in colour as well`, () => {
      for (const paint of [plain, coloured]) {
        for (const line of shown({ ...hard, width }, paint).split('\n'))
          expect(stringWidth(line), line).to.be.at.most(width);
      }
    });
  }

  it('loses nothing to a narrow terminal but line ends and indents', () => {
    const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');
    expect(squeezed(shown({ ...hard, width: 40 }))).to.equal(squeezed(shown(hard)));
  });
});
