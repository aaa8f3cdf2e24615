import type { Failure } from './failure.js';

/** What other programs take the address of a proxy from. */
const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** No usable connection, or one that something on the way answered. */
const mayBeMissingProxy = new Set(['network', 'timeout']);

/**
 * Says that a proxy is set and not used, where a connection failed that other programs make through it. Names the
 * variable and not its value, which may hold a password.
 */
export function withProxyHint(
  failure: Failure,
  environment: Readonly<Record<string, string | undefined>>,
): Failure {
  const name = proxyVariables.find((variable) => (environment[variable] ?? '') !== '');
  if (name === undefined || !mayBeMissingProxy.has(failure.category)) return failure;
  const hint = `${name} is set, but novita-spot connects directly and uses no proxy: this machine needs a way to the API without one.`;
  return { ...failure, nextStep: `${failure.nextStep} ${hint}` };
}
