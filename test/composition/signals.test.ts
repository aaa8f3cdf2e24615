import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { listenToSignals, type Signals } from '../../src/composition/signals.js';
import type { EndSignal } from '../../src/composition/system.js';
import { startRunLifetime, type RunLifetime } from '../../src/runtime/runLifetime.js';

type Send = (signal: EndSignal) => void;

function listen(): { readonly signals: Signals; readonly send: Send } {
  const listeners: Send[] = [];
  const signals = listenToSignals({
    onSignal: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  });
  expect(listeners).to.have.length(1);
  return { signals, send: (signal) => listeners.forEach((listener) => listener(signal)) };
}

/** A run that goes on with a request until it is told to give it up. */
function busyLifetime(): RunLifetime {
  const lifetime = startRunLifetime(60_000);
  void lifetime.drain(() => new Promise((resolve) => lifetime.cut.addEventListener('abort', resolve)));
  return lifetime;
}

const stateOf = ({ stopping, cut }: RunLifetime) => ({ stopping: stopping.aborted, cut: cut.aborted });

describe('signals of several runs', () => {
  const open: RunLifetime[] = [];
  const attached = (signals: Signals): RunLifetime => {
    const lifetime = busyLifetime();
    open.push(lifetime);
    signals.attach(lifetime);
    return lifetime;
  };
  afterEach(() => open.splice(0).forEach((lifetime) => lifetime.end()));

  it('mean nothing before they come', () => {
    const { signals } = listen();
    const run = attached(signals);
    expect(signals.failure()).to.equal(null);
    expect(signals.giveUp.aborted).to.be.false;
    expect(stateOf(run)).to.deep.equal({ stopping: false, cut: false });
  });

  for (const first of ['SIGHUP', 'SIGTERM', 'SIGINT'] as const) {
    it(`SIGHUP after ${first} gives nothing up: the kernel and the shell may both send one`, () => {
      const { signals, send } = listen();
      const run = attached(signals);
      send(first);
      send('SIGHUP');
      send('SIGHUP');
      expect(stateOf(run)).to.deep.equal({ stopping: true, cut: false });
      expect(signals.giveUp.aborted).to.be.false;
    });
  }

  const endings: readonly (readonly [EndSignal, EndSignal, string])[] = [
    ['SIGINT', 'SIGINT', 'interrupted'],
    ['SIGTERM', 'SIGTERM', 'terminated'],
    ['SIGTERM', 'SIGINT', 'terminated'],
    ['SIGINT', 'SIGTERM', 'interrupted'],
    ['SIGHUP', 'SIGTERM', 'hung_up'],
    ['SIGHUP', 'SIGINT', 'hung_up'],
  ];
  for (const [first, second, code] of endings) {
    it(`${first} stops every run, and ${second} after it gives all of them up`, () => {
      const { signals, send } = listen();
      const runs = [attached(signals), attached(signals)];
      send(first);
      expect(runs.map(stateOf)).to.deep.equal(Array(2).fill({ stopping: true, cut: false }));
      expect(signals.failure()?.code).to.equal(code);
      expect(signals.giveUp.aborted).to.be.false;
      send(second);
      expect(runs.map(stateOf)).to.deep.equal(Array(2).fill({ stopping: true, cut: true }));
      expect(signals.giveUp.aborted).to.be.true;
      expect(signals.failure()?.code, 'the first one counts').to.equal(code);
      send(first);
      expect(signals.failure()?.code).to.equal(code);
    });
  }

  it('do not reach a run that has ended', () => {
    const { signals, send } = listen();
    const lifetime = startRunLifetime(0);
    const detach = signals.attach(lifetime);
    const other = attached(signals);
    detach();
    detach();
    send('SIGTERM');
    expect(stateOf(lifetime)).to.deep.equal({ stopping: false, cut: false });
    expect(stateOf(other).stopping).to.be.true;
  });

  it('may be waited for by many at once, without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    const { signals, send } = listen();
    const waits = Array.from({ length: 64 }, () =>
      sleep(60_000, undefined, { signal: signals.giveUp }).catch(() => 'given up'),
    );
    expect(getEventListeners(signals.giveUp, 'abort').length).to.be.at.least(64);
    send('SIGTERM');
    send('SIGTERM');
    expect(new Set(await Promise.all(waits))).to.deep.equal(new Set(['given up']));
    await sleep(1);
    process.off('warning', note);
    expect(warnings).to.deep.equal([]);
  });
});
