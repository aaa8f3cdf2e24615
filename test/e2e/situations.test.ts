import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { selfSignedCertificate } from '../novita/selfSignedCertificate.js';
import { startInParallel } from '../support/inParallel.js';
import { canaryKey, expectNoLeak, newFolder, oneDocument, removeFolders } from '../support/migrateRun.js';
import { failingFolder, failingLookup } from '../support/preload.js';
import { runProgram } from '../support/runProgram.js';

interface Situation {
  readonly title: string;
  /** `list` unless told otherwise. */
  readonly command?: 'list' | 'migrate';
  readonly answer?: RequestListener;
  readonly tls?: boolean;
  /** For the address that the answers come from. */
  readonly environment?: (origin: string) => Readonly<Record<string, string>>;
  readonly code: number;
  readonly error: ErrorCode | null;
  /** What the error says of the cause, and of what to do. */
  readonly cause?: RegExp;
  readonly next?: RegExp;
}

const certificate = selfSignedCertificate();
const proxyPassword = 'correct-horse-battery';

function json(status: number, body: unknown): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

function page(status: number, title: string): RequestListener {
  return (_request, response) => {
    const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head></html>`;
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  };
}

const key = (value: string) => () => ({ NOVITA_API_KEY: value });
const baseUrl = (value: string) => () => ({ NOVITA_API_BASE_URL: value });
const unplugged = (options: string) => () => ({
  NOVITA_API_BASE_URL: 'https://api.novita.ai',
  NODE_OPTIONS: options,
});
const nobodyListens = 'http://127.0.0.1:1';
const empty = json(200, { instances: [], total: 0 });

function brokenState(code: string): Pick<Situation, 'command' | 'environment' | 'code' | 'error' | 'next'> {
  const folder = join(newFolder(), 'state');
  return {
    command: 'migrate',
    environment: () => ({ NOVITA_SPOT_STATE_DIR: folder, NODE_OPTIONS: failingFolder(folder, code) }),
    code: 73,
    error: 'state_unusable',
    next: /Make the folder writable for this user alone, or point NOVITA_SPOT_STATE_DIR to another one/,
  };
}

const situations: readonly Situation[] = [
  {
    title: 'no key',
    environment: key(''),
    code: 78,
    error: 'config_invalid',
    cause: /^NOVITA_API_KEY is required: .*--sandbox$/,
  },
  {
    title: 'a key with a line break at its end',
    environment: key('key-of-mine\n'),
    code: 78,
    error: 'config_invalid',
    cause: /ends with a line break, which echo .* adds: use printf/,
  },
  {
    title: 'a key in quotes',
    environment: key('"key-of-mine"'),
    code: 78,
    error: 'config_invalid',
    cause: /is in quotes.*leave them out/,
  },
  ...[401, 403].map((status) => ({
    title: `a wrong key, ${status}`,
    answer: json(status, { code: status, reason: 'INVALID_API_KEY', message: 'no such key' }),
    code: 77,
    error: 'auth_refused' as const,
    cause: new RegExp(`^127\\.0\\.0\\.1:\\d+: HTTP ${status}, INVALID_API_KEY, no such key$`),
    next: /NOVITA_API_KEY \(or the file behind NOVITA_API_KEY_FILE\)/,
  })),
  {
    title: 'a website for the base URL',
    answer: page(200, 'Welcome'),
    code: 76,
    error: 'web_page_answer',
    cause: /HTTP 200, a web page titled "Welcome"$/,
    next: /^Check NOVITA_API_BASE_URL/,
  },
  {
    title: 'a website for the base URL, which does not have that page',
    answer: page(404, 'Not found'),
    code: 76,
    error: 'web_page_answer',
    cause: /HTTP 404, a web page titled "Not found"$/,
  },
  {
    title: 'a page that blocks',
    answer: page(403, 'Blocked by our\n  firewall'),
    code: 76,
    error: 'web_page_answer',
    cause: /HTTP 403, a web page titled "Blocked by our firewall"$/,
    next: /proxy, firewall or sign-in page/,
  },
  {
    title: 'another API for the base URL',
    answer: json(200, { object: 'list', data: [] }),
    code: 76,
    error: 'wrong_address',
    cause: /JSON that holds no list of instances$/,
    next: /^Correct NOVITA_API_BASE_URL/,
  },
  {
    title: 'another path for the base URL',
    answer: json(404, { message: 'page not found' }),
    code: 76,
    error: 'wrong_address',
    cause: /HTTP 404, page not found$/,
  },
  {
    title: 'the path of the API in the base URL',
    environment: (origin) => ({ NOVITA_API_BASE_URL: `${origin}/gpu-instance/openapi/v1` }),
    answer: empty,
    code: 78,
    error: 'config_invalid',
    cause: /must not hold the path of the API/,
  },
  {
    title: 'the base URL of another API of Novita',
    environment: baseUrl('https://api.novita.ai/v3/openai'),
    code: 78,
    error: 'config_invalid',
    cause: /must not hold the path of the API/,
  },
  {
    title: 'http:// in place of https://',
    environment: baseUrl('http://api.novita.ai'),
    code: 78,
    error: 'config_invalid',
    cause: /must be an https:\/\/ URL/,
  },
  {
    title: 'https:// where http:// is spoken',
    environment: (origin) => ({ NOVITA_API_BASE_URL: origin.replace('http:', 'https:') }),
    answer: empty,
    code: 69,
    error: 'tls_failed',
    cause: /what listens there does not speak TLS$/,
    next: /Check the port in NOVITA_API_BASE_URL/,
  },
  {
    title: 'a host that does not exist',
    environment: unplugged(failingLookup('ENOTFOUND')),
    code: 69,
    error: 'network_unreachable',
    cause: /^api\.novita\.ai: ENOTFOUND, no host of this name is known$/,
    next: /Check the spelling of the host/,
  },
  {
    title: 'no name server',
    environment: unplugged(failingLookup('EAI_AGAIN')),
    code: 69,
    error: 'network_unreachable',
    cause: /^api\.novita\.ai: EAI_AGAIN, the name server did not answer$/,
    next: /network and the DNS of this machine/,
  },
  {
    title: 'no network',
    environment: unplugged(failingLookup('ENETUNREACH')),
    code: 69,
    error: 'network_unreachable',
    cause: /^api\.novita\.ai: ENETUNREACH, this machine has no way/,
    next: /Check the network of this machine/,
  },
  {
    title: 'nobody who listens',
    environment: baseUrl(nobodyListens),
    code: 69,
    error: 'network_unreachable',
    cause: /^127\.0\.0\.1:1: ECONNREFUSED, nothing listens there/,
    next: /^Check the host and the port(?!.*PROXY)/,
  },
  {
    title: 'a proxy that is set and not used',
    environment: () => ({
      NOVITA_API_BASE_URL: nobodyListens,
      HTTPS_PROXY: `http://me:${proxyPassword}@127.0.0.1:3128`,
    }),
    code: 69,
    error: 'network_unreachable',
    next: /HTTPS_PROXY is set, but novita-spot connects directly/,
  },
  {
    title: 'a proxy that wants a password',
    answer: page(407, 'Sign in'),
    code: 69,
    error: 'proxy_in_the_way',
    cause: /HTTP 407, a web page titled "Sign in"$/,
    next: /let the host of the API pass/,
  },
  {
    title: 'a connection that somebody opens on the way',
    tls: true,
    answer: empty,
    code: 69,
    error: 'tls_failed',
    cause: /^127\.0\.0\.1:\d+: DEPTH_ZERO_SELF_SIGNED_CERT, the certificate is signed by itself$/,
    next: /path into NODE_EXTRA_CA_CERTS/,
  },
  { title: 'an account without instances', answer: empty, code: 0, error: null },
  {
    title: 'a slash at the end of the base URL',
    environment: (origin) => ({ NOVITA_API_BASE_URL: `${origin}/` }),
    answer: empty,
    code: 0,
    error: null,
  },
  {
    title: 'no permission on the state folder',
    ...brokenState('EACCES'),
    cause: /is not accessible to this user$/,
  },
  {
    title: 'a state folder on a read-only file system',
    ...brokenState('EROFS'),
    cause: /read-only file system$/,
  },
  { title: 'a state folder on a full disk', ...brokenState('ENOSPC'), cause: /is on a full disk$/ },
];

async function live({ command = 'list', answer = empty, tls = false, environment }: Situation) {
  const server = tls ? createTlsServer(certificate, answer) : createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stateDir = newFolder();
  try {
    const ended = await runProgram([command, '-o', 'json'], {
      environment: {
        NOVITA_API_KEY: canaryKey,
        NOVITA_API_BASE_URL: origin,
        NOVITA_SPOT_STATE_DIR: stateDir,
        MIGRATION_RETRY_BASE_MS: '1',
        ...environment?.(origin),
      },
    });
    expectNoLeak(ended, stateDir);
    return ended;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('what a newcomer gets wrong', function () {
  this.timeout(60_000);

  let resultOf: (situation: Situation) => ReturnType<typeof live>;
  before(() => {
    resultOf = startInParallel(situations, live);
  });
  after(removeFolders);

  for (const situation of situations) {
    const { title, code, error, cause = /(?:)/, next = /(?:)/ } = situation;
    it(`${title}: exit ${code}${error === null ? '' : `, ${error}`}`, async () => {
      const ended = await resultOf(situation);
      const report = oneDocument(ended);
      expect({ code: ended.code, error: report.error?.code ?? null }).to.deep.equal({ code, error });
      expect(ended.stderr + ended.stdout).not.to.include(proxyPassword);
      if (report.error === null) return;
      expect(report.error.cause).to.match(cause);
      expect(report.error.nextStep).to.match(next);

      const lines = ended.stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const { cause: reason, host, status, nextStep, message } = report.error;
      expect(lines.find(({ event }) => event === 'run_failed')).to.include({
        error,
        cause: reason,
        host,
        status,
        nextStep,
      });
      expect(lines.map((line) => String(line['message'])).join()).to.include(message);
      expect(ended.stderr).to.include('No instance was looked at, and nothing was changed.');
    });
  }

  it('an account without instances says so, and why that may be', async () => {
    const environment = { NOVITA_API_KEY: canaryKey };
    const { code, stdout } = await runOn(empty, ['list'], environment);
    expect(code).to.equal(0);
    expect(stdout).to.include(
      'This account has no instances.\nIf you expect some, the key may be that of another',
    );
  });

  it('an authority of their own is known by NODE_EXTRA_CA_CERTS, as the next step says', async () => {
    const path = join(newFolder(), 'authority.pem');
    writeFileSync(path, certificate.cert);
    const tls = situations.find((each) => each.tls === true);
    const ended = await live({
      title: '',
      answer: empty,
      tls: true,
      code: 0,
      error: null,
      environment: () => ({ NODE_EXTRA_CA_CERTS: path }),
    });
    expect(tls?.next?.source).to.include('NODE_EXTRA_CA_CERTS');
    // It has no name for the host, which is the next thing that is checked.
    expect(oneDocument(ended).error?.cause).to.match(
      /ERR_TLS_CERT_ALTNAME_INVALID, the certificate is that of/,
    );
  });

  for (const [title, offsetMs, warning] of [
    [
      'an hour ahead',
      -3_600_000,
      /^The clock of this machine is (59 min|1 h 0 min) ahead of that of 127\.0\.0\.1/,
    ],
    [
      'an hour behind',
      3_600_000,
      /^The clock of this machine is (59 min|1 h 0 min) behind that of 127\.0\.0\.1/,
    ],
    ['right to the minute', 30_000, null],
  ] as const) {
    it(`a clock that is ${title}: ${warning === null ? 'no word' : 'one warning'}, exit 0`, async () => {
      const answer: RequestListener = (request, response) => {
        response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString());
        const list = { instances: [{ id: 'i-1', status: 'running' }], total: 2 };
        json(200, list)(request, response);
      };
      const { code, stdout, stderr } = await runOn(answer, ['list', '-o', 'json'], {});
      const { warnings } = oneDocument({ stdout, stderr });
      const ofClock = warnings.filter((each) => each.includes('clock'));
      expect([code, ofClock.length]).to.deep.equal([0, warning === null ? 0 : 1]);
      expect(stderr.split('clock_warning')).to.have.length(warning === null ? 1 : 2);
      if (warning !== null) expect(ofClock[0]).to.match(warning);
    });
  }
});

async function runOn(
  answer: RequestListener,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const own = { NOVITA_API_KEY: canaryKey, NOVITA_API_BASE_URL: `http://127.0.0.1:${port}` };
  try {
    return await runProgram(args, { environment: { ...own, ...environment } });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
