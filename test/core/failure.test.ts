import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { type FailureDetails, failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';

describe('failureOf', () => {
  for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
    it(`says of ${code} what the catalogue says`, () => {
      const { category, message, nextStep, retryable } = errorCatalogue[code];
      expect(failureOf(code)).to.deep.equal({ code, category, message, nextStep, retryable, status: null });
    });
  }

  const { message } = errorCatalogue.server_error;
  const details: readonly (readonly [string, FailureDetails, string, number | null])[] = [
    ['no details', {}, message, null],
    ['a detail', { detail: 'HTTP 500' }, `${message}: HTTP 500`, null],
    ['an empty detail', { detail: '' }, message, null],
    ['a status', { status: 500 }, message, 500],
    ['both', { detail: 'HTTP 503', status: 503 }, `${message}: HTTP 503`, 503],
  ];
  for (const [title, input, expectedMessage, status] of details) {
    it(`takes ${title}`, () => {
      expect(failureOf('server_error', input)).to.include({ message: expectedMessage, status });
    });
  }
});

describe('ProviderError', () => {
  const failure = failureOf('rate_limited', { detail: 'HTTP 429', status: 429 });

  it('carries the failure, its effect and what the API asked to wait', () => {
    const error = new ProviderError(failure, 'none', 3000);
    expect(error).to.be.an.instanceOf(Error);
    expect(error).to.include({
      name: 'ProviderError',
      message: failure.message,
      failure,
      effect: 'none',
      retryAfterMs: 3000,
    });
  });

  it('asks to wait for nothing by default', () => {
    expect(new ProviderError(failure, 'possible')).to.include({ effect: 'possible', retryAfterMs: null });
  });

  it('has no cause, which could hold the key', () => {
    expect(new ProviderError(failure, 'none')).not.to.have.property('cause');
  });
});
