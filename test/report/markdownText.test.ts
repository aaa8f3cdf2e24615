import { expect } from 'chai';
import fc from 'fast-check';
import { inlineCode, inlineText, markdownTable, textBlock } from '../../src/report/markdownText.js';
import { createScrubber } from '../../src/runtime/secrets.js';
import { outsideCode, renderers, rowsOf, tagsOf, textOf } from './rendered.js';

const hostile: readonly string[] = [
  '<img src=x>|[a](b) @everyone',
  '<script>alert(1)</script>',
  '![pixel](https://example.test/x.png)',
  'https://example.test www.example.test somebody@example.test',
  '`code` ``more`` ```most```',
  '|||',
  '`',
  '\\',
  'back\\|slash\\`tick\\',
  '| --- | --- |',
  '**bold** _em_ ~~gone~~ $x$ $`x`$ :smile:',
  '# heading\n- list\n1. one\n> quote\n\n---\n===',
  '&lt;b&gt; &#60;i&#62;',
  '<!-- comment',
  '<details><summary>',
  '[ref]: https://example.test',
  '#1 !2 ~label %milestone ^alert GH-1 da39a3ee5e6b4b0d3255bfef95601890afd80709',
  '</td></tr></table>',
  '\u202eright to left, \u2028 line',
  '<https://example.test>',
  'javascript:alert(1)',
];

/** Code loses single blanks at its ends, and so does a table cell. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, '');
}

/** Characters that mean something somewhere, more often than others. */
const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('|`\\<>[]()!@#*_~$&:;-. \n\ta1')) }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...hostile),
);

for (const [parser, render] of renderers) {
  describe(`text in Markdown, read by ${parser}`, () => {
    const expectHarmless = (text: string): void => {
      const html = render(markdownTable(['A', 'B', 'C'], [[inlineText(text), inlineCode(text), 'end']]));
      const shown = withoutBlanks(text) === '' ? '-' : withoutBlanks(text);
      const [, cells = []] = rowsOf(html);
      expect(cells.map(withoutBlanks), html).to.deep.equal([shown, shown, 'end']);
      expect(['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code']).to.include.members([...tagsOf(html)]);
      expect(outsideCode(html)).not.to.match(/[@#!~%$^<>:\\[\]*_]\S|\bwww\b|\b[0-9a-f]{7,}/);
    };
    for (const text of hostile) {
      it(`leaves ${JSON.stringify(text)} harmless in a cell`, () => expectHarmless(text));
      it(`leaves ${JSON.stringify(text)} harmless in a block`, () => {
        const html = render(`before\n\n${textBlock(text)}\nafter\n`);
        expect(tagsOf(html)).to.deep.equal(['p', 'p', 'pre', 'code', 'code', 'pre', 'p', 'p']);
        expect(withoutBlanks(textOf(html))).to.equal(`before${withoutBlanks(text)}after`);
      });
    }
    it('leaves any text harmless in a cell', () => {
      fc.assert(fc.property(anyText, expectHarmless), { numRuns: 500 });
    });
  });
}

describe('inlineText', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      'reclaimed by the provider at 2026-11-24 10:43 UTC',
      'reclaimed by the provider at 2026-11-24 10:43 UTC',
    ],
    [
      'migrated, then stopped (last start 10:43 UTC): why?',
      '`migrated, then stopped (last start 10:43 UTC): why?`',
    ],
    ['', '-'],
    [' \n ', '-'],
    ['a|b', '`a`&#124;`b`'],
    ['a`b', '`a`&#96;`b`'],
    ['two\nlines', 'two lines'],
    [
      'a job of it is open: autoInstanceMigrate deadbee, running',
      '`a job of it is open: autoInstanceMigrate deadbee, running`',
    ],
  ];
  for (const [text, markdown] of cases) {
    it(`writes ${JSON.stringify(text)} as ${markdown}`, () => expect(inlineText(text)).to.equal(markdown));
  }

  it('takes no time to speak of, whatever the text', () => {
    // What looks at each pair of these would not come back before the time limit of tests.
    const text = `${"a'".repeat(300_000)}!`;
    expect(inlineText(text)).to.include(text);
  });

  for (const key of ['canary|of`pipes', '|canary`', '``canary||key``', 'plain-canary']) {
    it(`writes the key ${key} so that it is found and taken out`, () => {
      const scrub = createScrubber([key]);
      for (const text of [key, `<the key is ${key}>`, `${key}|${key}`])
        for (const written of [inlineText(text), inlineCode(text), textBlock(text)])
          expect(scrub(written)).to.include('[redacted]').and.not.to.include('canary');
    });
  }
});
