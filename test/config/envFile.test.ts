import { expect } from 'chai';
import { readEnvFile } from '../../src/config/envFile.js';

function read(text: string) {
  return readEnvFile('spot.env', () => text, []);
}

const good: readonly (readonly [title: string, text: string, values: Readonly<Record<string, string>>])[] = [
  ['nothing', '', {}],
  ['no line break at the end', 'A=1', { A: '1' }],
  ['blank lines and comments', '\n  \n# A=1\n  # and "more\nB=2\n', { B: '2' }],
  ['line ends of Windows, and a byte order mark', '\ufeffA=1\r\n\r\n# x\r\nB=2\r\n', { A: '1', B: '2' }],
  ['export, and blanks around', 'export A=1\n  B = 2  \nexport \t C\t=\t3\n', { A: '1', B: '2', C: '3' }],
  ['line ends of an old Macintosh', 'A=1\rB="2"\r', { A: '1', B: '2' }],
  ['a comment behind a value', 'A=1 # one\nB="1 # one" # two\n', { A: '1', B: '1 # one' }],
  ['lines of blanks', '  \nA=1\n\t\nB=2\n', { A: '1', B: '2' }],
  ['a value of blanks', 'A= \nB=2\n', { A: '', B: '2' }],
  ['an empty value', 'A=\nB=2\n', { A: '', B: '2' }],
  ['a value in quotes over lines', 'A="one\ntwo"\nB=2\n', { A: 'one\ntwo', B: '2' }],
  ['each kind of quotes', 'A=\'1\'\nB="2"\nC=`3`\n', { A: '1', B: '2', C: '3' }],
  ['quotes inside of a value', 'A=it\'s "one"\nB=2\n', { A: 'it\'s "one"', B: '2' }],
  ['quotes around nothing', 'A=""\r\nB= \'\' # none\n', { A: '', B: '' }],
  ['the last one of a name', 'A=1\nA=2\n', { A: '2' }],
  ['nothing expanded', 'A=$HOME/${A}\n', { A: '$HOME/${A}' }],
];

const bad: readonly (readonly [title: string, text: string, line: number])[] = [
  ['a name alone', 'A=1\nMIGRATION_DRY_RUN\nB=2\n', 2],
  ['a name alone at the end', 'A=1\nMIGRATION_DRY_RUN', 2],
  ['a heading', '\nSafety:\nMIGRATION_DRY_RUN=true\n', 2],
  ['a name with a blank', 'MIGRATION DRY_RUN=true\n', 1],
  ['a colon for =', 'A="one\ntwo"\nMIGRATION_DRY_RUN: true\n', 3],
  ['a key alone', 'sk_CanaryQ7xZ9wV3\n', 1],
  ['a key alone with = in it', 'sk_Canary+Q7/xZ9wV3==\n', 1],
  ['a name in quotes', '"MIGRATION_DRY_RUN"=true\n', 1],
  ['a name of another shell', '$env:MIGRATION_DRY_RUN=true\n', 1],
  ['no name', '=1\n', 1],
  ['the word export in front of a sentence', 'export these things\n', 1],
];

const badQuotes: readonly (readonly [title: string, text: string, line: number])[] = [
  ['that is never closed', 'B=2\nA="1\nMIGRATION_DRY_RUN=true\n', 2],
  ['that the next quote closes, with a setting between', 'A="1\nMIGRATION_DRY_RUN=true\nC="3"\n', 1],
  ['behind blanks', "A= '1\nMIGRATION_DRY_RUN=true\n", 1],
  ['with a setting behind it', 'export A="1" MIGRATION_DRY_RUN=true\n', 1],
  ['with a word behind it', 'A=`1`2', 1],
];

describe('the env file', () => {
  for (const [title, text, values] of good) {
    it(`takes ${title}`, () => expect(read(text)).to.deep.equal({ values, problem: null }));
  }

  for (const [title, text, line] of bad) {
    it(`refuses ${title}`, () => {
      const message = `the file spot.env has something else in line ${line} than NAME=value or a comment: correct it`;
      expect(read(text).problem).to.deep.equal({ variable: '--env-file', message });
    });
  }

  it('still takes what stands before the line that it refuses: no message may hold a key that is there', () => {
    expect(read('NOVITA_API_KEY=sk_1\nA=2\noops\nB=3\n').values).to.deep.equal({
      NOVITA_API_KEY: 'sk_1',
      A: '2',
    });
  });

  for (const [title, text, line] of badQuotes) {
    it(`refuses a quote ${title}`, () => {
      const message = `the file spot.env has a quote in line ${line} that is not closed, or has something behind it: correct it`;
      expect(read(text).problem).to.deep.equal({ variable: '--env-file', message });
    });
  }

  for (const path of ['sk_CanaryQ7xZ9wV3', './sk-CanaryQ7/xZ9wV3']) {
    it(`does not repeat the path ${path}, which may be a key`, () => {
      const missing = (): never => {
        throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      };
      const { problem } = readEnvFile(path, missing, []);
      expect(problem?.message).to.match(/^the file does not exist: /);
    });
  }
});
