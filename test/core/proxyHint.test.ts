import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { withProxyHint } from '../../src/core/proxyHint.js';

const secretProxy = 'http://user:password@proxy.test:3128';

describe('withProxyHint', () => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    it(`names ${name} when a connection fails, and not its value`, () => {
      const { nextStep } = withProxyHint(failureOf('network_unreachable'), { [name]: secretProxy });
      expect(nextStep).to.include(`${name} is set, but novita-spot connects directly`);
      expect(nextStep).not.to.include('password');
    });
  }

  it('keeps the next step', () => {
    const failure = failureOf('tls_failed');
    expect(withProxyHint(failure, { HTTPS_PROXY: secretProxy }).nextStep).to.include(failure.nextStep);
  });

  for (const environment of [{}, { HTTPS_PROXY: '' }, { HTTP_PROXY: secretProxy, NO_PROXY: '*' }]) {
    it(`says nothing with ${Object.keys(environment).join(', ') || 'nothing'} set`, () => {
      const failure = failureOf('network_unreachable');
      expect(withProxyHint(failure, environment)).to.deep.equal(failure);
    });
  }

  const others = (Object.keys(errorCatalogue) as ErrorCode[]).filter(
    (code) => !['network', 'timeout'].includes(errorCatalogue[code].category),
  );
  for (const code of others) {
    it(`says nothing of ${code}`, () => {
      const failure = failureOf(code);
      expect(withProxyHint(failure, { HTTPS_PROXY: secretProxy })).to.deep.equal(failure);
    });
  }
});
