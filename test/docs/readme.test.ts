import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { programModel } from '../../src/cli/programModel.js';
import { variables } from '../../src/config/variables.js';
import { skipReasons } from '../../src/core/eligibility.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import {
  dominantReason,
  exitCodes,
  exitReasonName,
  type ExitReason,
  reasonOfCode,
} from '../../src/core/exitCode.js';
import { logEvents } from '../../src/core/logEvents.js';
import { noticeTypes } from '../../src/core/notice.js';
import { reclaimNoticeOf } from '../../src/core/reclaimNotice.js';
import { reportReclaimNotice } from '../../src/core/report.js';
import { noticeEnvironment } from '../../src/report/notifications/noticeProgram.js';
import { cellsOf, namedRows } from '../support/documentTables.js';
import { anInstance } from '../support/builders.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

function documentNamed(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map(cellsOf);
}

/** In the order of the README. */
const sections = [
  'The two commands',
  'Install',
  'Three minutes with your account',
  'Commands',
  'How an instance is judged',
  'Configuration',
  'Exit codes',
  'Schedulers',
  'Monitoring',
  'Security',
  'Limits',
  'Compared with',
  'Development',
  'Licence',
];

describe('README', () => {
  it('begins with the two commands of a newcomer', () => {
    const [first = ''] = readme.split('```\n').slice(1);
    expect(first).to.equal('npm ci && npm run demo\nnpm cit\n');
  });

  it('tells the things in the order in which a stranger needs them', () => {
    expect(readme.match(/^## .+$/gm)?.map((heading) => heading.slice(3))).to.deep.equal(sections);
  });

  it('shows a picture before everything else', () => {
    const [beginning = ''] = readme.split('\n## ');
    expect(beginning).to.match(/!\[[^\]]{40,}\]\(docs\/images\/migrate\.svg\)/);
  });

  it('is read in ten minutes: what is longer belongs into docs', () => {
    const prose = readme.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/\]\([^)]*\)/g, ']');
    const words = prose.split(/[\s|]+/).filter((word) => /[A-Za-z0-9]/.test(word));
    const wordsPerMinute = 230;
    expect(words.length).to.be.within(1_500, 10 * wordsPerMinute);
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

  it('says which exit code wins', () => {
    const [, order = ''] = /When several apply: ([\d, /]+)\./.exec(readme) ?? [];
    const told = order.split(/[,/]/).map((code) => reasonOfCode(Number(code)));
    expect(new Set(told).size).to.equal(Object.keys(exitCodes).length - 1);
    for (const [index, reason] of told.entries())
      expect(dominantReason(told.slice(index).reverse()), reason).to.equal(reason);
  });

  it('names every command', () => {
    const { commands } = programModel({ version: '', scenarios: [], width: 80 });
    const names = tableUnder('Commands').map(([cell = '']) => /^`(\w+)/.exec(cell)?.[1]);
    const rest = ['completion', 'help'];
    expect([...names, ...rest]).to.have.members(commands.map(({ name }) => name));
  });

  it('numbers the rows of the decision table', () => {
    const rows = tableUnder('How an instance is judged').map(([number]) => Number(number));
    expect(rows).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('gives the reasons of the decision table, and docs/deciding.md those beside it', () => {
    const named = (text: string): readonly string[] =>
      skipReasons.filter((each) => text.includes(`\`${each}\``));
    const verdicts = tableUnder('How an instance is judged').map(([, , verdict = '']) => verdict);
    const beside = ['plan_outdated', 'data_not_kept'];
    expect([...named(verdicts.join('\n')), ...beside]).to.deep.equal(skipReasons);
    expect(named(documentNamed('deciding.md'))).to.include.members(beside);
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
});
