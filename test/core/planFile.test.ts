import { expect } from 'chai';
import { buildReport } from '../../src/core/report.js';
import { readPlanFile } from '../../src/core/planFile.js';
import { aDecision, aReportInput, aResult, now } from '../support/builders.js';

type Document = Record<string, unknown>;

/** The report of a dry run that would migrate one instance and leaves two alone. */
function aPlanDocument(): Document {
  const results = [
    aResult({ outcome: 'would_migrate', decision: aDecision({ lastStartedAt: now - 7200 }) }),
    aResult({ outcome: 'deferred', decision: aDecision({ id: 'i-2' }) }),
    aResult({ outcome: null, decision: aDecision({ id: 'i-3', spotReclaimTime: '0' }) }),
  ];
  const report = buildReport(aReportInput({ dryRun: true, account: 'team-a', results }));
  return JSON.parse(JSON.stringify(report)) as Document;
}

function readAfter(spoil: (document: Document, first: Document) => void): unknown {
  const document = aPlanDocument();
  spoil(document, (document['instances'] as Document[])[0] ?? {});
  return readPlanFile(JSON.stringify(document));
}

describe('readPlanFile', () => {
  it('finds what a dry run would have migrated, and nothing else', () => {
    expect(readPlanFile(JSON.stringify(aPlanDocument()))).to.deep.equal({
      account: 'team-a',
      saveData: 'off',
      fallback: 'none',
      instances: [
        {
          id: 'i-1',
          status: 'exited',
          spotStatus: 'terminated',
          spotReclaimTime: String(now - 1800),
          lastStartedAt: '2026-11-24T10:00:00.000Z',
          dataAtRisk: ['system_disk'],
          forcedPast: [],
        },
      ],
    });
  });

  it('knows what a plan promises for data, and that an older one promises nothing', () => {
    expect(readAfter((document) => (document['saveData'] = 'require'))).to.include({ saveData: 'require' });
    expect(readAfter((document) => delete document['saveData'])).to.include({ saveData: 'off' });
    expect(readAfter((document) => (document['fallback'] = 'start'))).to.include({ fallback: 'start' });
    expect(readAfter((document) => delete document['fallback'])).to.include({ fallback: 'none' });
  });

  it('reads a plan in which there is nothing to do', () => {
    expect(readAfter((document) => (document['instances'] = []))).to.deep.equal({
      account: 'team-a',
      saveData: 'off',
      fallback: 'none',
      instances: [],
    });
  });

  const texts: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /not JSON/],
    ['words', 'to do', /not JSON/],
    ['half a document', '{"schemaVersion": 1', /not JSON/],
    ['a list', '[]', /not a report of novita-spot/],
    ['null', 'null', /not a report of novita-spot/],
    ['another document', '{"version": 4, "planned_values": {}}', /not a report of novita-spot/],
  ];
  for (const [title, text, problem] of texts) {
    it(`refuses ${title}`, () => expect(readPlanFile(text)).to.match(problem));
  }

  const spoilt: readonly (readonly [string, Parameters<typeof readAfter>[0], RegExp])[] = [
    ['of another version', (document) => (document['schemaVersion'] = 2), /schemaVersion/],
    ['of several accounts', (document) => (document['accounts'] = []), /several accounts.*--account/],
    ['of another command', (document) => (document['command'] = 'check'), /another command/],
    ['of no command', (document) => (document['command'] = null), /another command/],
    ['of a run that was none', (document) => (document['dryRun'] = false), /not a dry run/],
    ['of a failed run', (document) => (document['error'] = { code: 'server_error' }), /failed/],
    ['without word of a failure', (document) => delete document['error'], /failed/],
    ['of half a list', (document) => (document['listComplete'] = false), /whole list/],
    ['without instances', (document) => delete document['instances'], /not a report/],
    ['of an account that is no name', (document) => (document['account'] = 5), /not a report/],
    ['that falls back on no known thing', (document) => (document['fallback'] = 'pray'), /not a report/],
    ['that asks for no known thing', (document) => (document['saveData'] = 'maybe'), /not a report/],
    ['with an instance that is none', (document) => (document['instances'] = [7]), /no instance in place 1/],
    ['without an id', (_, first) => (first['id'] = ''), /no readable id in instance 1/],
    ['with a status that is none', (_, first) => (first['status'] = null), /no readable status/],
    ['without a spot status', (_, first) => delete first['spotStatus'], /no readable spotStatus/],
    ['with a number for a time', (_, first) => (first['spotReclaimTime'] = 1), /no readable spotReclaimTime/],
    ['of an older program', (_, first) => delete first['lastStartedAt'], /no readable lastStartedAt.*anew/],
    ['with no list of data', (_, first) => (first['dataAtRisk'] = 'all'), /no readable dataAtRisk/],
    ['with a reason that is none', (_, first) => (first['forcedPast'] = ['x']), /no readable forcedPast/],
    ['with an escape in it', (_, first) => (first['status'] = '\u001b[2J'), /no readable status/],
    ['that turns the text round', (_, first) => (first['spotStatus'] = '\u202e'), /no readable spotStatus/],
  ];
  for (const [title, spoil, problem] of spoilt) {
    it(`refuses a plan ${title}`, () => expect(readAfter(spoil)).to.match(problem));
  }
});
