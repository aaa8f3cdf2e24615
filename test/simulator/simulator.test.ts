import { expect } from 'chai';
import type { Transport } from '../../src/novita/transport.js';
import {
  claimsSuccess,
  goesOnWithoutDataWhenUnsure,
  ignoresTheEnd,
  seesOnlySuccesses,
  sendsAgainAfterServerErrors,
  sendsAgainWhenUnsure,
  sendsTwice,
  startsTwice,
  startsWhenUnsure,
} from './sabotage.js';
import { simulate, type SimulateOptions } from './simulate.js';

describe('migrate, when everything around it fails', () => {
  it('acts at most once and tells the truth in 300 schedules', async () => {
    const violations: string[] = [];
    for (let seed = 1; seed <= 300; seed += 1) {
      for (const violation of await simulate(seed)) violations.push(`seed ${seed}: ${violation}`);
    }

    expect(violations).to.deep.equal([]);
  });

  it('plays the same schedule for the same seed', async () => {
    const replays: string[][] = [[], []];
    for (const events of replays) await simulate(7, { note: (text) => events.push(text) });

    expect(replays[0]).to.have.length.above(10).and.deep.equal(replays[1]);
  });
});

describe('the judge of the simulator', () => {
  const cases: readonly (readonly [string, Sabotage, RegExp])[] = [
    ['that sends every migrate request twice', sendsTwice, /was migrated twice/],
    ['that sends again when unsure', sendsAgainWhenUnsure, /was migrated twice/],
    ['that sends again after server errors', sendsAgainAfterServerErrors, /was migrated twice/],
    ['that goes on without data when unsure', goesOnWithoutDataWhenUnsure, /was migrated twice/],
    ['that starts an instance twice', startsTwice, /was migrated twice/],
    ['that starts what it may have migrated', startsWhenUnsure, /was migrated twice/],
    ['that takes no answer for success', claimsSuccess, /reported as migrated, but/],
    ['that never gives up a request', ignoresTheEnd, /the run took/],
    ['that takes each job for a success', seesOnlySuccesses, /is told to have succeeded and has not/],
  ];
  for (const [client, sabotage, complaint] of cases) {
    it(`notices a client ${client}`, async () => {
      const violations = await violationsWith({ sabotage }, complaint);

      expect(violations.join('\n')).to.match(complaint);
    });
  }

  for (const complaint of [/was told twice/, /this host had been refused for what it is/]) {
    it(`notices a host that forgets: ${complaint.source}`, async () => {
      const violations = await violationsWith({ forgets: true }, complaint);

      expect(violations.join('\n')).to.match(complaint);
    });
  }

  it('notices a host that tells nobody', async () => {
    const complaint = /nobody was told how/;
    const violations = await violationsWith({ forgets: true }, complaint);

    expect(violations.join('\n')).to.match(complaint);
  });
});

type Sabotage = (transport: Transport) => Transport;

/** Plays schedules until the complaint is heard, or there have been enough. */
async function violationsWith(options: SimulateOptions, complaint: RegExp): Promise<readonly string[]> {
  const violations: string[] = [];
  for (let seed = 1; seed <= 300 && !violations.some((each) => complaint.test(each)); seed += 1) {
    violations.push(...(await simulate(seed, options)));
  }
  return violations;
}
