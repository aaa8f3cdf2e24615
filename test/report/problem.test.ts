import { expect } from 'chai';
import { type Problem, renderProblem } from '../../src/report/problem.js';

const problem: Problem = {
  title: 'The API refused the key',
  code: 'auth_refused',
  cause: 'api.test: HTTP 401',
  nextStep: 'Check the key.',
  untouched: 'Nothing was changed.',
};

describe('renderProblem', () => {
  it('says what happened, why and what to do, with the code to look up', () => {
    expect(renderProblem(problem, 80).split('\n')).to.deep.equal([
      'The API refused the key [auth_refused]',
      '  why   api.test: HTTP 401',
      '  next  Check the key.',
      '        Nothing was changed.',
    ]);
  });

  it('leaves out what is not known', () => {
    expect(renderProblem({ ...problem, cause: null, untouched: null }, 80)).to.equal(
      'The API refused the key [auth_refused]\n  next  Check the key.',
    );
  });

  it('puts each of several causes on a line of its own', () => {
    const lines = renderProblem({ ...problem, cause: '\n  A is missing\n  B is wrong' }, 80).split('\n');
    expect(lines.slice(1, 3)).to.deep.equal(['  why   A is missing', '        B is wrong']);
  });

  it('breaks lines between words, and never makes them narrower than 40 columns', () => {
    const nextStep = 'word '.repeat(40).trim();
    for (const [width, longest] of [
      [60, 60],
      [40, 40],
      [1, 40],
    ] as const) {
      const lines = renderProblem({ ...problem, nextStep }, width).split('\n');
      expect(Math.max(...lines.map(({ length }) => length)), String(width)).to.be.within(
        longest - 5,
        longest,
      );
    }
  });

  it('keeps a word whole that is too long, such as a path', () => {
    const path = `/${'a'.repeat(100)}`;
    expect(renderProblem({ ...problem, cause: `${path} is a file` }, 40)).to.include(
      `  why   ${path}\n        is a file`,
    );
  });
});
