import { expect } from 'chai';
import fc from 'fast-check';
import type { Exclusion } from '../../src/core/decisionTable.js';
import { compileFilter } from '../../src/config/filters.js';
import { compileNamePattern } from '../../src/config/namePattern.js';

const matching: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['*', ['', 'a', '.', '..', '.hidden', 'a/b', '/', './a', 'a/../b', 'é', '😀', 'a b'], []],
  ['**', ['', 'a/b/c'], []],
  ['train-*', ['train-', 'train-1', 'train-a/b', 'train-.x'], ['Train-1', 'xtrain-1', 'train']],
  ['*-gpu', ['a-gpu', '.a-gpu', 'a/b-gpu', '-gpu'], ['a-gpus']],
  ['a*c*e', ['ace', 'abcde', 'a/c/e'], ['abc', 'acef']],
  ['?', ['a', '/', '.'], ['', 'ab']],
  ['v1.?', ['v1.2'], ['v1x2', 'v1.']],
  ['a/*', ['a/', 'a/b/c'], ['a', 'b/a']],
  ['[abc]1', ['a1', 'c1', '[abc]1'], ['d1', 'A1']],
  ['[!a-c]1', ['d1', '/1'], ['a1', '1']],
  ['[^a-c]1', ['d1'], ['a1']],
  ['[[:digit:]]x', ['1x'], ['ax']],
  ['\\*', ['*', '\\*'], ['a']],
  ['\\[x\\]*', ['[x]1'], ['x1']],
  ['\\d\\w', ['dw', '\\d\\w'], ['1a']],
  ['train \\(copy\\)*', ['train (copy) 2'], ['train copy']],
  ['a\\', ['a\\'], ['a']],
  ['a+', ['a+'], ['aa', 'a']],
  ['[a]+', ['a+', '[a]+'], ['aa']],
  ['$a^.b@c!', ['$a^.b@c!'], ['$a^xb@c!']],
  ["it's*", ["it's1"], ['its1']],
  ['constructor', ['constructor'], ['']],
];

const refused: readonly (readonly [string, string])[] = [
  ['a{b', 'has braces'],
  ['a}', 'has braces'],
  ['{1..3}', 'has braces'],
  ['a(b)', 'has braces'],
  ['+(a)', 'has braces'],
  ['a|b', 'has braces'],
  ['"a"', 'has braces'],
  ['\\\\{a', 'has braces'],
  ['!a', 'starts with !'],
  ['!(a)', 'starts with !'],
  ['a[', 'unfinished or impossible'],
  ['a]', 'unfinished or impossible'],
  ['[]', 'unfinished or impossible'],
  ['[z-a]', 'unfinished or impossible'],
  ['a\0', 'control character'],
  ['a'.repeat(70_000), 'unfinished or impossible'],
];

describe('config: name patterns', () => {
  for (const [pattern, names, others] of matching) {
    it(`${pattern} matches what it should, and nothing else`, () => {
      const matches = compileNamePattern(pattern);
      for (const name of names) expect(matches(name), name).to.equal(true);
      for (const name of others) expect(matches(name), name).to.equal(false);
    });
  }

  for (const [pattern, reason] of refused) {
    it(`${pattern.slice(0, 10)} is refused, without being repeated`, () => {
      expect(() => compileNamePattern(pattern)).to.throw(Error, reason);
    });
  }

  it('matches as a plain reading of * and ? does', () => {
    const text = (characters: string): fc.Arbitrary<string> =>
      fc.array(fc.constantFrom(...Array.from(characters)), { maxLength: 8 }).map((list) => list.join(''));
    fc.assert(
      fc.property(text('ab./-*?'), text('ab./-'), (pattern, name) => {
        expect(compileNamePattern(pattern)(name)).to.equal(plainlyMatches(pattern, name));
      }),
      { numRuns: 2000 },
    );
  });
});

function plainlyMatches(pattern: string, name: string): boolean {
  if (pattern === '') return name === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) {
    return Array.from({ length: name.length + 1 }, (_, at) => name.slice(at)).some((tail) =>
      plainlyMatches(rest, tail),
    );
  }
  const fits = name !== '' && (pattern.startsWith('?') || pattern.startsWith(name.charAt(0)));
  return fits && plainlyMatches(rest, name.slice(1));
}

describe('config: filters', () => {
  const instance = { id: 'id-1', name: 'train-1' };
  const notIncluded: Exclusion = { variable: 'MIGRATION_INCLUDE', pattern: null };
  const excludedBy = (pattern: string): Exclusion => ({ variable: 'MIGRATION_EXCLUDE', pattern });
  const cases: readonly (readonly [string, string[], string[], Exclusion | null])[] = [
    ['nothing set', [], [], null],
    ['included by name', ['train-*'], [], null],
    ['included by id', ['id-1'], [], null],
    ['included by one of several', ['web', 'id-2', 'train-?'], [], null],
    ['not included', ['web-*'], [], notIncluded],
    ['excluded by name', [], ['web', 'train-*'], excludedBy('train-*')],
    ['excluded by id', [], ['id-1'], excludedBy('id-1')],
    ['not excluded', [], ['web-*', 'id-2'], null],
    ['exclude wins', ['train-1'], ['id-1'], excludedBy('id-1')],
    ['ids are exact', ['id-*'], [], notIncluded],
    ['part of an id is not enough', ['id-'], [], notIncluded],
    ['case counts', ['TRAIN-*'], [], notIncluded],
  ];
  for (const [title, include, exclude, expected] of cases) {
    it(title, () => expect(compileFilter({ include, exclude })(instance)).to.deep.equal(expected));
  }

  it('treats an instance without a name like any other', () => {
    const unnamed = { id: 'id-1', name: '' };
    expect(compileFilter({ include: ['*'], exclude: [] })(unnamed)).to.equal(null);
    expect(compileFilter({ include: [], exclude: ['*'] })(unnamed)).to.deep.equal({
      variable: 'MIGRATION_EXCLUDE',
      pattern: '*',
    });
  });

  it('throws for a pattern that no configuration lets through', () => {
    expect(() => compileFilter({ include: ['['], exclude: [] })).to.throw(Error);
  });
});
