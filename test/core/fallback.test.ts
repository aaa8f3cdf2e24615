import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { findStart } from '../../src/core/evidence.js';
import { allowsMore, failureAfterStart, startFollows } from '../../src/core/fallback.js';
import { failureOf } from '../../src/core/failure.js';

const noRoom = failureOf('no_capacity', { detail: 'HTTP 400', status: 400 });

describe('a start instead of a migration', () => {
  it('follows a refusal for want of room and nothing else', () => {
    expect(startFollows('start', noRoom, false)).to.equal(true);
    expect(startFollows('none', noRoom, false)).to.equal(false);
    for (const code of ['state_conflict', 'instance_gone', 'auth_refused', 'server_error'] as const) {
      expect(startFollows('start', failureOf(code), false), code).to.equal(false);
    }
  });

  it('does not follow where a request may have had an effect', () => {
    expect(startFollows('start', noRoom, true)).to.equal(false);
  });

  const table: readonly (readonly [ErrorCode, ErrorCode])[] = [
    ['no_capacity', 'no_capacity'],
    ['state_conflict', 'no_capacity'],
    ['incompatible', 'no_capacity'],
    ['request_rejected', 'no_capacity'],
    ['instance_gone', 'no_capacity'],
    ['instance_changed', 'instance_changed'],
    ['interrupted', 'no_capacity'],
    ['deadline_reached', 'no_capacity'],
    ['auth_refused', 'auth_refused'],
    ['balance_too_low', 'balance_too_low'],
    ['network_unreachable', 'network_unreachable'],
    ['rate_limited', 'rate_limited'],
    ['proxy_in_the_way', 'proxy_in_the_way'],
  ];
  for (const [ofStart, expected] of table) {
    it(`without effect, for ${ofStart}, is ${expected}`, () => {
      expect(failureAfterStart(noRoom, failureOf(ofStart)).code).to.equal(expected);
    });
  }

  it('that was refused is named beside the refusal of the migration', () => {
    const { message, cause, status, nextStep } = failureAfterStart(
      noRoom,
      failureOf('state_conflict', { detail: 'HTTP 409' }),
    );
    expect(message).to.match(/HTTP 400; a start on its own node was refused as well: .*HTTP 409$/);
    expect(message).to.include(cause ?? 'no cause');
    expect([status, nextStep]).to.deep.equal([400, noRoom.nextStep]);
  });

  it('is allowed by a plan that was made with it, and by no other', () => {
    expect([allowsMore('start', 'none'), allowsMore('start', 'start')]).to.deep.equal([true, false]);
    expect([allowsMore('none', 'start'), allowsMore('none', 'none')]).to.deep.equal([false, false]);
  });
});

describe('findStart', () => {
  for (const status of ['toStart', 'starting', 'pulling', 'running']) {
    it(`sees a start in ${status}`, () => {
      expect(findStart({ status })).to.deep.equal({ finding: 'took_effect', job: null });
    });
  }
  for (const status of ['exited', 'migrating', 'stopping', 'thawing', null]) {
    it(`cannot tell from ${String(status)}`, () => expect(findStart({ status }).finding).to.equal('unclear'));
  }
});
