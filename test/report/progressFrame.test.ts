import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import type { Outcome } from '../../src/core/outcome.js';
import { type InFlight, type ProgressView, renderProgressFrame } from '../../src/report/progressFrame.js';
import { coloured, plain } from '../../src/report/style.js';

const names = [
  'llama-finetune-2',
  '実験-キャッシュ-トレーニング-実験-キャッシュ',
  `worker-${'x'.repeat(200)}-7`,
  '👩‍👩‍👧‍👦 family',
];

function flying(count: number): readonly InFlight[] {
  return Array.from({ length: count }, (_, index) => ({
    name: names[index % names.length] ?? '',
    doing: index % 2 === 0 ? 'sending' : 'no clear answer: looking',
    elapsedMs: index * 31_000,
  }));
}

function aView(changes: Partial<ProgressView> = {}): ProgressView {
  return {
    total: 40,
    ended: new Map<Outcome, number>([
      ['migrated', 11],
      ['no_capacity', 1],
    ]),
    inFlight: flying(3),
    elapsedMs: 62_000,
    stopping: false,
    ...changes,
  };
}

function frame(view: ProgressView, width = 80, height = 24): readonly string[] {
  return renderProgressFrame(view, { width, height, paint: plain });
}

describe('renderProgressFrame', () => {
  it('has a line for each instance in flight, and a bar over all', () => {
    const inFlight = [
      { name: 'llama-finetune-2', doing: 'sending', elapsedMs: 900 },
      { name: 'sdxl', doing: 'sending again in 4s', elapsedMs: 62_000 },
    ];
    expect(frame(aView({ inFlight }))).to.deep.equal([
      'llama-finetune-2  sending                  0s',
      'sdxl              sending again in 4s  1m 02s',
      '12/40  ███████░░░░░░░░░░░░░░░░░  1m 02s  11 migrated, 1 no_capacity',
    ]);
  });

  for (const width of [1, 8, 20, 40, 60, 80, 120, 200]) {
    for (const height of [1, 4, 6, 10, 24]) {
      it(`stays within ${width} columns and ${height} lines, and always says how far it is`, () => {
        for (const count of [0, 1, 3, 20]) {
          for (const stopping of [false, true]) {
            const view = aView({ inFlight: flying(count), stopping });
            const lines = frame(view, width, height);
            for (const line of lines) expect(stringWidth(line)).to.be.below(Math.max(2, width));
            expect(lines.length).to.be.within(1, Math.max(1, height - 1));
            if (width >= 8) expect(lines.at(-1)).to.match(/^12\/40/);
            const painted = renderProgressFrame(view, { width, height, paint: coloured });
            expect(painted.map((line) => stripVTControlCharacters(line))).to.deep.equal(lines);
          }
        }
      });
    }
  }

  it('says how many have no line of their own', () => {
    const lines = frame(aView({ inFlight: flying(20) }), 80, 10);
    expect(lines).to.have.length(6);
    expect(lines[4]).to.equal('and 16 more in flight');
  });

  it('leaves out the outcomes before the bar where there is little room', () => {
    expect(frame(aView({ inFlight: [] }), 40)).to.deep.equal(['12/40  ███████░░░░░░░░░░░░░░░░░  1m 02s']);
    expect(frame(aView({ inFlight: [] }), 20)).to.deep.equal(['12/40  1m 02s']);
  });

  it('says that it is stopping, and what for', () => {
    expect(frame(aView({ stopping: true })).at(-1)).to.match(/1m 02s {2}stopping, 3 in flight$/);
  });

  const bars: readonly (readonly [number, number, string])[] = [
    [0, 40, '░'.repeat(24)],
    [39, 40, `${'█'.repeat(23)}░`],
    [40, 40, '█'.repeat(24)],
    [41, 40, '█'.repeat(24)],
    [0, 0, '█'.repeat(24)],
  ];
  for (const [done, total, bar] of bars) {
    it(`fills the bar only when all is done: ${done} of ${total}`, () => {
      const ended = new Map<Outcome, number>(done === 0 ? [] : [['migrated', done]]);
      expect(frame(aView({ ended, total, inFlight: [] }))[0]).to.include(`  ${bar}  `);
    });
  }
});
