import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { picturesFolder, takePictures, type TakenPicture } from './pictures.js';
import { renderTerminalPicture } from './terminalPicture.js';

const esc = '\u001b';

function draw(text: string, width = 80): string {
  return renderTerminalPicture({ title: 'title', text, width });
}

/** The texts of a picture with their places, without that of the title. */
function textsIn(svg: string) {
  return [...svg.matchAll(/<text x="([\d.]+)" y="(\d+)" textLength="[\d.]+"([^>]*)>([^<]*)<\/text>/g)].map(
    ([, x, y, rest = '', text = '']) => ({
      x: Number(x),
      y: Number(y),
      classes: /class="([^"]+)"/.exec(rest)?.[1] ?? '',
      text: text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    }),
  );
}

/** Reads a picture as a person does: by where the texts stand. */
function readAgain(svg: string): string {
  const lines: string[] = [];
  for (const { x, y, text } of textsIn(svg)) {
    const row = Math.round((y - 59) / 18);
    const column = Math.round((x - 16) / 7.8);
    const before = lines[row] ?? '';
    lines[row] = before + ' '.repeat(column - stringWidth(before)) + text;
  }
  return Array.from(lines, (line?: string) => line ?? '').join('\n');
}

describe('the picture of a terminal', () => {
  const texts: readonly (readonly [title: string, text: string])[] = [
    ['columns', 'ID    NAME\n1     a b\n\n      c'],
    ['what is markup elsewhere', 'a <b> & "c" &lt;script>'],
    ['wide characters', '名前  x\n日本  y'],
    ['the same word twice', 'a  a a  a'],
  ];
  for (const [title, text] of texts) {
    it(`has everything in its place: ${title}`, () => expect(readAgain(draw(text))).to.equal(text));
  }

  it('never holds text as markup', () => {
    expect(draw('</text><script>alert(1)</script>')).not.to.include('<script');
    expect(renderTerminalPicture({ title: '<&>', text: '', width: 80 })).to.include('&lt;&amp;&gt;</title>');
  });

  it('has colours', () => {
    const svg = draw(`${esc}[31mred${esc}[39m  ${esc}[1mbold${esc}[22m  plain`);
    expect(textsIn(svg).map(({ text, classes }) => [text, classes])).to.deep.equal([
      ['red', 'red'],
      ['bold', 'bold'],
      ['plain', ''],
    ]);
  });

  it('is not cut off: a line that is too wide is an error', () => {
    expect(() => draw('x'.repeat(81))).to.throw('Line 1 has 81 columns, the terminal 80');
  });
});

describe('the pictures of the documents', () => {
  const whatToDo = 'when this is what it shall look like, run: npm run screens';
  let taken: readonly TakenPicture[];
  before(async () => {
    taken = await takePictures();
  });

  it('are what the program prints now', () => {
    expect(readdirSync(picturesFolder), whatToDo).to.have.members(taken.map(({ name }) => name));
    for (const { name, svg } of taken) {
      const file = new URL(name, picturesFolder);
      expect(existsSync(file) ? readFileSync(file, 'utf8') : '', whatToDo).to.equal(svg);
    }
  });

  it('show all of it', () => {
    for (const { svg, text } of taken) {
      const lines = stripVTControlCharacters(text.trimEnd()).split('\n');
      expect(readAgain(svg)).to.equal(lines.map((line) => line.trimEnd()).join('\n'));
    }
  });

  it('are small, and load nothing', () => {
    for (const { svg } of taken) {
      expect(svg.length).to.be.below(60_000);
      expect(svg).not.to.match(/href|url\(|@import|<script|<image/);
    }
  });
});
