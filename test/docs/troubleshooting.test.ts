import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Decision, decide, skipReasons } from '../../src/core/eligibility.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { exitCodes, exitReasonName, reasonOfCode } from '../../src/core/exitCode.js';
import { explain } from '../../src/core/explain.js';
import { failureOf } from '../../src/core/failure.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { outcomes } from '../../src/core/outcome.js';
import { withDataNotKept } from '../../src/core/saveData.js';
import { aDecision, aJob, anExclusion, anInstance, aPolicy, now } from '../support/builders.js';
import { rowsUnder } from '../support/documentTables.js';
import { startInParallel } from '../support/inParallel.js';
import { removeFolders } from '../support/migrateRun.js';
import { runSituation } from './operator/runSituation.js';
import { situations } from './operator/situations.js';
import { isSaid, textBlocksOf } from './operator/textBlocks.js';

const text = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');

function withHistory(history: Partial<MigrationHistory>): Decision {
  return decide(anInstance(), { ...emptyHistory, ...history }, aPolicy(), now);
}

const failed = (minutes: number) =>
  aJob({ state: 'fail', createdAt: now - minutes * 60, errorMessage: 'no room' });

/** One decision for each reason to leave an instance alone. */
const skipped: readonly Decision[] = [
  aDecision({}, { exclusionOf: () => anExclusion }),
  aDecision({ status: 'running' }),
  aDecision({ spotReclaimTime: '0' }),
  aDecision({ spotReclaimTime: 'soon' }),
  aDecision({ spotReclaimTime: String(now + 3600) }),
  aDecision({ lastStartedAt: now }),
  withHistory({ openJob: aJob({ state: 'running' }) }),
  withHistory({ lastSuccessAt: now - 60 }),
  withHistory({ recentFailures: [1, 2, 3, 4, 5].map(failed) }),
  withHistory({ recentFailures: [failed(5)] }),
  aDecision({ localVolumes: [{ mountPath: '/data' }] }, { holdLocalData: true }),
  { ...aDecision(), verdict: 'skipped', reason: 'plan_outdated', evidence: { 'status (was)': 'exited' } },
  withDataNotKept(aDecision(), failureOf('data_not_kept')),
];

describe('docs/troubleshooting.md', () => {
  it('leads from what is seen to every error code, in the words of the program', () => {
    const documented = rowsUnder(text, 'Error codes').map(([seen, link]) => [link, seen]);
    const expected = Object.entries(errorCatalogue).map(([code, { message }]) => [
      `[\`${code}\`](errors.md#${code})`,
      message,
    ]);
    expect(documented).to.have.deep.members(expected);
    expect(documented).to.have.length(expected.length);
  });

  it('has a row for every exit code', () => {
    const documented = rowsUnder(text, 'Exit codes').map(([code, reason]) => [Number(code), reason]);
    const expected = Object.values(exitCodes).map((code) => [
      code,
      `\`${exitReasonName(reasonOfCode(code))}\``,
    ]);
    expect(documented).to.have.deep.members(expected).and.have.length(expected.length);
  });

  const reasons = rowsUnder(text, 'Reasons');
  it('has a row for every reason to leave an instance alone', () => {
    expect(reasons.map(([reason]) => reason)).to.deep.equal(skipReasons.map((reason) => `\`${reason}\``));
    expect(skipped.map(({ reason }) => reason)).to.deep.equal(skipReasons);
  });
  for (const decision of skipped) {
    it(`shows of ${decision.reason} what the screen says`, () => {
      const [, words = ''] = reasons.find(([reason]) => reason === `\`${decision.reason}\``) ?? [];
      const said = explain(decision);
      expect(
        words.split('; or: ').some((each) => isSaid(each, said)),
        said,
      ).to.be.true;
    });
  }

  it('has a row for every outcome', () => {
    const documented = rowsUnder(text, 'Outcomes').map(([outcome]) => outcome);
    expect(documented).to.deep.equal(outcomes.map((outcome) => `\`${outcome}\``));
  });

  describe('shows what the program says', function () {
    this.timeout(60_000);
    let resultOf: (situation: (typeof situations)[number]) => ReturnType<typeof runSituation>;
    before(() => {
      resultOf = startInParallel(situations, runSituation);
    });
    after(removeFolders);

    const blocks = textBlocksOf(text);
    const shown = new Set<string>();
    for (const situation of situations) {
      it(`of ${situation.title}: exit ${situation.code}`, async () => {
        const { code, said } = await resultOf(situation);
        expect(code, said).to.equal(situation.code);
        const matching = blocks.filter((block) => isSaid(block, said));
        expect(matching, `nothing is shown of what was said:\n${said}`).not.to.be.empty;
        for (const block of matching) shown.add(block);
      });
    }

    it('and nothing that it does not say', () => {
      expect(blocks.length).to.be.at.least(15);
      expect(blocks.filter((block) => !shown.has(block))).to.deep.equal([]);
    });
  });
});
