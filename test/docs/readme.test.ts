import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { variables } from '../../src/config/variables.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { exitCodes, exitReasonName, type ExitReason } from '../../src/core/exitCode.js';
import { logEvents } from '../../src/core/logEvents.js';
import { noticeTypes } from '../../src/core/notice.js';
import { reclaimNoticeOf } from '../../src/core/reclaimNotice.js';
import { reportReclaimNotice } from '../../src/core/report.js';
import { noticeEnvironment } from '../../src/report/notifications/noticeProgram.js';
import { masked } from '../screens/masked.js';
import { examplesOf } from '../screens/readmeExamples.js';
import { bundledScript } from '../support/bundledScript.js';
import { cellsOf, namedRows } from '../support/documentTables.js';
import { anInstance } from '../support/builders.js';
import { runProgram } from '../support/runProgram.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Loaded before the program, its clock stands at the time of the screens. */
const standStill = bundledScript(new URL('../screens/standStill.ts', import.meta.url));

function documentNamed(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map(cellsOf);
}

describe('README', () => {
  it('begins with the two commands of a newcomer', () => {
    const [first = ''] = readme.split('```\n').slice(1);
    expect(first).to.equal('npm ci && npm run demo\nnpm cit\n');
  });

  it('names every variable with its default, its range and its meaning', () => {
    const expected = Object.entries(variables).map(([name, variable]) => {
      const range =
        variable.kind === 'number'
          ? ` (${variable.minimum}-${variable.maximum})`
          : variable.kind === 'choice'
            ? ` (${variable.choices.join(', ')})`
            : '';
      return [name, `${variable.default}${range}`, variable.meaning];
    });
    expect(tableUnder('Configuration')).to.deep.equal(expected);
  });

  it('names every exit code', () => {
    const documented = tableUnder('Exit codes').flatMap(([codes = '', reason]) =>
      codes.split(' / ').map((code) => [Number(code), reason]),
    );
    const reasons = Object.keys(exitCodes) as ExitReason[];
    expect(documented).to.deep.equal(reasons.map((reason) => [exitCodes[reason], exitReasonName(reason)]));
  });

  it('numbers the rows of the decision table', () => {
    const rows = tableUnder('How an instance is judged').map(([number]) => Number(number));
    expect(rows).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('lists every error code', () => {
    const documented = namedRows(documentNamed('errors.md'));
    const expected = Object.entries(errorCatalogue).map(([code, { category, message, exitReason }]) => [
      `\`${code}\``,
      category,
      message,
      `${exitCodes[exitReason]} ${exitReasonName(exitReason)}`,
    ]);
    expect(documented).to.deep.equal(expected);
  });

  const entries = documentNamed('errors.md').split('\n## ').slice(1);
  it('has an entry for every error code, in the order of the catalogue', () => {
    const titles = entries.map((entry) => entry.split('\n')[0]);
    expect(titles).to.deep.equal(Object.keys(errorCatalogue));
  });
  for (const [code, { message, nextStep }] of Object.entries(errorCatalogue)) {
    it(`tells of ${code} its symptom, its cause and the fix`, () => {
      const entry = entries.find((each) => each.startsWith(`${code}\n`))?.replaceAll('\n', ' ') ?? '';
      const [, symptom = '', cause = '', fix = ''] =
        /\*\*Symptom:\*\* (.+?) +\*\*Cause:\*\* (.+?) +\*\*Fix:\*\* (.+)/.exec(entry) ?? [];
      expect(symptom).to.include(message);
      expect(cause.length).to.be.greaterThan(20);
      expect(fix).to.include(nextStep);
    });
  }

  it('names every event of the log', () => {
    const [, events = ''] = documentNamed('logs.md').split('| event |');
    const expected = Object.entries(logEvents).map(([event, meaning]) => [`\`${event}\``, meaning]);
    expect(namedRows(events)).to.deep.equal(expected);
  });

  it('names every type of notice', () => {
    const [notifications = '', program = ''] = documentNamed('notifications.md').split('## A program');
    const documented = namedRows(notifications).map(([type]) => type);
    expect(documented).to.deep.equal(noticeTypes.map((type) => `\`${type}\``));

    const first = reportReclaimNotice(reclaimNoticeOf(anInstance(), 0));
    const variablesOfNotice = Object.keys(noticeEnvironment(first, { runId: '', account: null }));
    const names = namedRows(program).flatMap(([cell = '']) => cell.replaceAll('`', '').split(', '));
    expect(names).to.deep.equal(variablesOfNotice);
  });

  const examples = examplesOf(readme);
  it('has examples', () => expect(examples.length).to.be.at.least(4));
  for (const { commandLine, shown } of examples) {
    it(`shows the real output of novita-spot ${commandLine}`, async () => {
      const environment = { NODE_OPTIONS: `--import=${standStill}` };
      const { stdout } = await runProgram(commandLine.split(' '), { environment });
      expect(masked(stdout), 'when this is what it shall look like, run: npm run screens').to.equal(shown);
    });
  }
});
