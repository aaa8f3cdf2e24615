import tls from 'node:tls';

/** Lets the tests of a describe block connect to a server that nobody vouches for. */
export function trustAnyCertificate(): void {
  const { connect } = tls;
  before(() => {
    const trusting = (options: tls.ConnectionOptions): tls.TLSSocket =>
      connect({ ...options, rejectUnauthorized: false });
    Reflect.set(tls, 'connect', trusting);
  });
  after(() => Reflect.set(tls, 'connect', connect));
}
