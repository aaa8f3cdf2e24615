import { expect } from 'chai';
import { createLiveProgress } from '../../src/composition/liveProgress.js';
import { plain } from '../../src/report/style.js';
import { handDriven } from './handDriven.js';

function setUp() {
  const { parts, pass, stops, isRepeating } = handDriven();
  const drawn: (readonly string[])[] = [];
  let cleared = 0;
  const progress = createLiveProgress({
    ...parts,
    output: { width: 80, height: 24 },
    frame: { draw: (lines) => void drawn.push(lines), clear: () => void (cleared += 1) },
    paint: plain,
  });
  const linesAfter = (ms: number): readonly string[] => {
    pass(ms);
    return drawn.at(-1) ?? [];
  };
  return { progress, drawn, pass: linesAfter, stops, isDrawing: isRepeating, cleared: () => cleared };
}

const one = { id: 'i-1', name: 'one' };
const unnamed = { id: 'i-2', name: '' };

describe('createLiveProgress', () => {
  it('shows each instance from its first state to its end', () => {
    const { progress, pass } = setUp();
    progress.started(2);
    progress.changed(one, { kind: 'looking' });
    expect(pass(1000)[0]).to.equal('one  looking again  1s');
    progress.changed(one, { kind: 'sending', attempt: 1 });
    progress.changed(unnamed, { kind: 'settling' });
    expect(pass(1000)).to.deep.equal([
      'one  sending                   2s',
      'i-2  no clear answer: looking  1s',
      `0/2  ${'░'.repeat(24)}  2s`,
    ]);
    progress.ended('i-1', 'migrated');
    expect(pass(1000).slice(-1)).to.deep.equal([`1/2  ${'█'.repeat(12)}${'░'.repeat(12)}  3s  1 migrated`]);
  });

  it('counts down to the next attempt, and never below now', () => {
    const { progress, pass } = setUp();
    progress.started(1);
    progress.changed(one, { kind: 'waiting_to_send_again', delayMs: 2500 });
    expect(pass(0)[0]).to.include('sending again in 3s');
    expect(pass(2000)[0]).to.include('sending again in 1s');
    expect(pass(2000)[0]).to.include('sending again in 0s');
    progress.changed(one, { kind: 'sending', attempt: 2 });
    expect(pass(0)[0]).to.include('sending again (2)');
  });

  it('begins anew with what is followed', () => {
    const { progress, pass } = setUp();
    progress.started(3);
    progress.ended('i-1', 'migrated');
    progress.finished();
    progress.started(1);
    progress.changed(one, { kind: 'following', jobState: null });
    expect(pass(1000)).to.deep.equal(['one  accepted  1s', `0/1  ${'░'.repeat(24)}  1s`]);
    progress.changed(one, { kind: 'following', jobState: 'pulling' });
    expect(pass(1000)[0]).to.equal('one  migrating: pulling  2s');
  });

  it('counts one that ended without ever being in flight', () => {
    const { progress, pass } = setUp();
    progress.started(1);
    progress.ended('i-9', 'not_started');
    expect(pass(0)).to.deep.equal([`1/1  ${'█'.repeat(24)}  0s  1 not_started`]);
  });

  it('says at once that it is stopping', () => {
    const { progress, drawn } = setUp();
    progress.started(1);
    progress.changed(one, { kind: 'sending', attempt: 1 });
    progress.stopping();
    expect(drawn.at(-1)?.at(-1)).to.include('stopping, 1 in flight');
  });

  it('draws no more when it has finished, and gives the terminal back', () => {
    const { progress, drawn, isDrawing, cleared } = setUp();
    progress.started(1);
    expect(isDrawing()).to.equal(true);
    progress.finished();
    const count = drawn.length;
    progress.stopping();
    expect([isDrawing(), cleared(), drawn.length]).to.deep.equal([false, 1, count]);
  });

  it('gives the terminal back while it is stopped, and draws at once when it goes on', () => {
    const { progress, drawn, stops, cleared } = setUp();
    progress.started(1);
    stops()?.stopping();
    expect([cleared(), drawn.length]).to.deep.equal([1, 1]);
    stops()?.continued();
    expect(drawn.length).to.equal(2);
    progress.finished();
    expect(stops()).to.equal(null);
  });

  it('draws nothing when there is nothing to do', () => {
    const { progress, drawn, isDrawing } = setUp();
    progress.started(0);
    progress.stopping();
    progress.finished();
    expect([drawn.length, isDrawing()]).to.deep.equal([0, false]);
  });
});
