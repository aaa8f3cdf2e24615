import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { buildReport, type Report, type ReportInput } from '../../src/core/report.js';
import { type InstanceResult, summarize } from '../../src/core/summary.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { aDecision, aReportInput, aResult } from '../support/builders.js';
import { outsideCode, renderers, rowsOf, tagsOf, textOf } from './rendered.js';

const hostileText = '<img src=x>|[a](b) @everyone `x`\n# heading';

function reportOf(results: readonly InstanceResult[], changes: Partial<ReportInput> = {}): Report {
  return buildReport(aReportInput({ results, summary: summarize(results), ...changes }));
}

const planned = aResult({ outcome: 'would_migrate', attempts: 0 });
const skipped = aResult({
  decision: aDecision({ id: 'i-2', name: 'stopped', spotReclaimTime: '0' }),
  outcome: null,
  attempts: 0,
});

describe('renderMarkdown', () => {
  it('shows the plan of a dry run, what is eligible first', () => {
    const report = reportOf([skipped, planned], { dryRun: true, exitReason: 'changes' });
    expect(renderMarkdown(report)).to.equal(
      [
        '## Dry run, nothing was changed. 2 instances, 2 exited: 1 eligible, 1 would be migrated.',
        '',
        '| Name | ID | Reclaim | Result | Why | Data |',
        '| --- | --- | --- | --- | --- | --- |',
        '| `training` | `i-1` | 2026-11-24 11:30 UTC | would_migrate | reclaimed by the provider at 2026-11-24 11:30 UTC | not kept: system disk |',
        '| `stopped` | `i-2` | - | skipped: not_reclaimed | has no reclaim time: its owner stopped it, or it ended by itself | - |',
        '',
        '`novita-spot migrate`, run `run-1`, ended at 2026-11-24 12:00 UTC with exit code 2 (changes).',
        '',
      ].join('\n'),
    );
  });

  const shown: readonly (readonly [string, Report, readonly string[]])[] = [
    [
      'why an instance was started',
      reportOf([aResult({ outcome: 'started', startedInsteadOf: failureOf('no_capacity') })]),
      ['| started |', 'started on its own node instead: No node'],
    ],
    [
      'what has stock elsewhere, which may say anything',
      reportOf([
        aResult({
          outcome: 'no_capacity',
          failure: failureOf('no_capacity'),
          alternatives: [{ productId: 'p', productName: 'L40S|@x', clusters: ['EU-1'], pricePerHour: 0.5 }],
        }),
      ]),
      ['Stock elsewhere: `L40S`&#124;`@x in EU-1 at $0.50 an hour`.'],
    ],
    [
      'a verdict for check',
      reportOf([aResult({ outcome: null })], { command: 'check' }),
      ['| Verdict |', '| eligible: reclaimed |'],
    ],
    [
      'local volumes that are not kept',
      reportOf([
        aResult({ decision: aDecision({ localVolumes: [{ mountPath: '/data|x' }] }), dataKept: false }),
      ]),
      ['| not kept: system disk, local volume `/data`&#124;`x` |'],
    ],
    [
      'why an instance was not migrated, and what to do',
      reportOf([aResult({ outcome: 'no_capacity', failure: failureOf('no_capacity') })]),
      ['| no_capacity | No node of this product has room at the moment. Nothing to do: a later run'],
    ],
    [
      'that there is nothing',
      reportOf([]),
      ['## 0 instances, 0 exited: 0 eligible.', 'No instances to show.'],
    ],
    [
      'ids that are not there',
      reportOf([], { notFound: ['i-8', 'i|9'] }),
      ['account: `i-8`, `i`&#124;`9`\n'],
    ],
    [
      'warnings',
      reportOf([], { warnings: ['careful', 'again'] }),
      ['**Warnings**\n\n```text\ncareful\nagain\n```\n'],
    ],
    [
      'why the run failed, and what to do, and no counts of an account that was not seen',
      reportOf([], { failure: failureOf('auth_refused'), listComplete: false, exitReason: 'auth' }),
      [
        '## novita-spot migrate failed: auth\n',
        '```text\nThe API refused the key\nCheck that NOVITA_API_KEY',
        'with exit code 77 (auth).',
      ],
    ],
    [
      'the counts of a run that failed later',
      reportOf([planned], { failure: failureOf('terminated'), exitReason: 'terminated' }),
      ['## 1 instance, 1 exited', '**The run failed.**'],
    ],
    [
      'how many instances and warnings it leaves out',
      reportOf(
        Array.from({ length: 10_000 }, () => planned),
        { warnings: Array.from({ length: 52 }, () => 'careful') },
      ),
      ['\nAnd 8', ' more, which `-o json` names.', '\nand 2 more\n'],
    ],
  ];
  for (const [title, report, texts] of shown) {
    it(`shows ${title}`, () => {
      for (const text of texts) expect(renderMarkdown(report)).to.include(text);
    });
  }

  it('stays far below the 1 MiB that a job summary may have, whatever an account holds', () => {
    for (const name of ['|`'.repeat(128), '語'.repeat(256)]) {
      const decision = aDecision({ name, id: name, localVolumes: [{ mountPath: name }] });
      const long = aResult({ decision, failure: failureOf('rate_limited', { detail: name }) });
      const text = renderMarkdown(
        reportOf(
          Array.from({ length: 10_000 }, () => long),
          { warnings: Array.from({ length: 10_000 }, () => name) },
        ),
      );
      expect(Buffer.byteLength(text)).to.be.within(100_000, 2 ** 20 - 1);
    }
  });

  for (const [parser, render] of renderers) {
    it(`lets nothing out of an account become more than text, read by ${parser}`, () => {
      const instance = {
        id: hostileText,
        name: hostileText,
        status: 'exited',
        spotReclaimTime: hostileText,
        localVolumes: [{ mountPath: hostileText }],
      };
      const failure = failureOf('request_rejected', { detail: hostileText });
      const results = [
        aResult({ decision: aDecision(instance), outcome: null }),
        aResult({
          decision: aDecision({ ...instance, spotReclaimTime: planned.decision.instance.spotReclaimTime }),
          failure,
        }),
      ];
      const html = render(
        renderMarkdown(reportOf(results, { failure, warnings: [hostileText], notFound: [hostileText] })),
      );
      const allowed = ['h2', 'p', 'strong', 'pre', 'code', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
      expect(allowed).to.include.members([...tagsOf(html)]);
      expect(html.match(/<h2/g)).to.have.lengthOf(1);
      for (const row of rowsOf(html)) expect(row).to.have.lengthOf(6);
      expect(outsideCode(html)).not.to.match(/@|img|\[a\]|# heading/);
      expect(textOf(html)).to.include('<img src=x>|[a](b) @everyone `x` # heading');
    });
  }
});
