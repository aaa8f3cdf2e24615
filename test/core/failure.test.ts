import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { type FailureDetails, failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';

describe('failureOf', () => {
  for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
    it(`says of ${code} what the catalogue says`, () => {
      const { category, message, nextStep, retryable } = errorCatalogue[code];
      const nothingMore = { cause: null, host: null, status: null };
      expect(failureOf(code)).to.deep.equal({ code, category, message, nextStep, retryable, ...nothingMore });
    });
  }

  const { message } = errorCatalogue.server_error;
  const details: readonly (readonly [string, FailureDetails, string, number | null])[] = [
    ['no details', {}, message, null],
    ['a detail', { detail: 'HTTP 500' }, `${message}: HTTP 500`, null],
    ['an empty detail', { detail: '' }, message, null],
    ['a status', { status: 500 }, message, 500],
    ['a host', { host: 'api.test' }, `${message}: api.test`, null],
    ['a host and a detail', { host: 'api.test', detail: 'HTTP 500' }, `${message}: api.test: HTTP 500`, null],
    ['both', { detail: 'HTTP 503', status: 503 }, `${message}: HTTP 503`, 503],
  ];
  for (const [title, input, expectedMessage, status] of details) {
    it(`takes ${title}`, () => {
      expect(failureOf('server_error', input)).to.include({ message: expectedMessage, status });
    });
  }
});

describe('the cause of a failure', () => {
  it('is the host and the detail, without what happened', () => {
    const failure = failureOf('server_error', { host: 'api.test', detail: 'HTTP 500' });
    expect(failure).to.include({ cause: 'api.test: HTTP 500', host: 'api.test' });
  });

  it('leaves out the host where the API speaks of the instance', () => {
    const failure = failureOf('no_capacity', { host: 'api.test', detail: 'HTTP 400' });
    expect(failure).to.include({ cause: 'HTTP 400', host: 'api.test' });
  });

  it('may have a better next step than the usual one', () => {
    expect(failureOf('server_error', { nextStep: 'Wait.' }).nextStep).to.equal('Wait.');
  });
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
