import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { listenToStops } from '../../src/runtime/jobControl.js';

function setUp() {
  const happened: string[] = [];
  const target = Object.assign(new EventEmitter(), {
    pid: 4711,
    kill: (pid: number, signal: string) => {
      happened.push(`${signal} to ${pid}, ${target.listenerCount('SIGTSTP')} listening`);
    },
  });
  const stopping = (): void => void happened.push('stopping');
  const continued = (): void => void happened.push('continued');
  return { happened, target, stopping, continued };
}

describe('listenToStops', () => {
  it('lets the kernel stop the process in between, each time', () => {
    const { happened, target, stopping, continued } = setUp();
    listenToStops(target, { stopping, continued });
    target.emit('SIGTSTP');
    target.emit('SIGTSTP');
    const once = ['stopping', 'SIGTSTP to 4711, 0 listening', 'continued'];
    expect(happened).to.deep.equal([...once, ...once]);
  });

  it('listens no more when it is told so, also by the listener', () => {
    const { happened, target, stopping, continued } = setUp();
    const forget = listenToStops(target, {
      stopping: () => {
        stopping();
        forget();
      },
      continued,
    });
    target.emit('SIGTSTP');
    target.emit('SIGTSTP');
    expect(happened).to.deep.equal(['stopping', 'SIGTSTP to 4711, 0 listening']);
  });
});
