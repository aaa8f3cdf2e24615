import type { FailureDetails } from '../core/failure.js';

interface NetworkCause {
  readonly words: string;
  /** A better next step than that of the catalogue. */
  readonly nextStep?: string;
}

const unknownAuthority: NetworkCause = {
  words: 'the certificate is signed by an authority that this machine does not know',
  nextStep:
    'If a proxy of your own opens the connection, or the API is private, put the certificate of its authority into a file and its path into NODE_EXTRA_CA_CERTS. Otherwise somebody else may be listening in: check the network.',
};
const noTls: NetworkCause = {
  words: 'what listens there does not speak TLS',
  nextStep: 'Check the port in NOVITA_API_BASE_URL: it seems to be one for http://, not https://.',
};

/** The codes of node:dns, node:net and node:tls that people meet, in words. */
const causes: Readonly<Record<string, NetworkCause>> = {
  ENOTFOUND: {
    words: 'no host of this name is known',
    nextStep: 'Check the spelling of the host in NOVITA_API_BASE_URL, then the DNS of this machine.',
  },
  EAI_AGAIN: {
    words: 'the name server did not answer',
    nextStep: 'Check the network and the DNS of this machine; a later run tries again.',
  },
  ECONNREFUSED: {
    words: 'nothing listens there, or a firewall refuses',
    nextStep:
      'Check the host and the port in NOVITA_API_BASE_URL, and any firewall; a later run tries again.',
  },
  ENETUNREACH: {
    words: 'this machine has no way to that network',
    nextStep: 'Check the network of this machine; a later run tries again.',
  },
  EHOSTUNREACH: { words: 'there is no way to that host' },
  ETIMEDOUT: { words: 'the connection was not answered; a firewall may drop it' },
  ECONNRESET: { words: 'the other side cut the connection' },
  EPIPE: { words: 'the other side closed the connection' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { ...unknownAuthority, words: 'the certificate is signed by itself' },
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: {
    words: 'the certificate has expired, or the clock of this machine is ahead',
    nextStep: 'Check the clock of this machine, then NOVITA_API_BASE_URL and any proxy.',
  },
  CERT_NOT_YET_VALID: {
    words: 'the certificate is not valid yet, or the clock of this machine is behind',
    nextStep: 'Check the clock of this machine, then NOVITA_API_BASE_URL and any proxy.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    words: 'the certificate is that of another host',
    nextStep: 'Check the host in NOVITA_API_BASE_URL, and any proxy on the way.',
  },
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

/** Puts a code of node's network into words. One that is not known stands for itself. */
export function networkCause(code: string): Pick<FailureDetails, 'detail' | 'nextStep'> {
  const cause = Object.hasOwn(causes, code) ? causes[code] : undefined;
  if (cause === undefined) return { detail: code };
  const { words, nextStep } = cause;
  return { detail: `${code}, ${words}`, ...(nextStep === undefined ? {} : { nextStep }) };
}
