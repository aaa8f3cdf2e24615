import { expect } from 'chai';
import type { ErrorCategory, ErrorCode } from '../../src/core/errorCatalogue.js';
import type { Effect } from '../../src/core/outcome.js';
import { useHttpMock } from '../support/httpMock.js';
import { providerErrorOf, testClient } from './fixtures.js';

type Expected = readonly [code: ErrorCode, category: ErrorCategory, effect: Effect];

const auth: Expected = ['auth_refused', 'auth', 'none'];
const blocked: Expected = ['account_blocked', 'account', 'none'];
const balance: Expected = ['balance_too_low', 'account', 'none'];
const capacity: Expected = ['no_capacity', 'capacity', 'none'];
const conflict: Expected = ['state_conflict', 'conflict', 'none'];
const gone: Expected = ['instance_gone', 'permanent', 'none'];
const rejected: Expected = ['request_rejected', 'permanent', 'none'];
const incompatible: Expected = ['incompatible', 'permanent', 'none'];
const limited: Expected = ['rate_limited', 'rate_limit', 'none'];
const server: Expected = ['server_error', 'server', 'possible'];
const proxy: Expected = ['proxy_in_the_way', 'network', 'none'];
const page: Expected = ['web_page_answer', 'protocol', 'none'];
const timeout: Expected = ['request_timeout', 'timeout', 'possible'];

const byReason: readonly (readonly [string, Expected])[] = [
  ['INVALID_API_KEY', auth],
  ['MISSING_API_KEY', auth],
  ['INVALID_USER_TOKEN', auth],
  ['BANNED_USER', blocked],
  ['USER_IS_LOCKED', blocked],
  ['BALANCE_NOT_ENOUGH', balance],
  ['EXPIRED_OR_BALANCE_NOT_ENOUGH', balance],
  ['BUDGET_EXCEEDED', balance],
  ['BUDGET_NEW_KIND', balance],
  ['INSUFFICIENT_RESOURCE', capacity],
  ['MIGRATE_INSUFFICIENT_RESOURCE', capacity],
  ['CLUSTER_STATUS', capacity],
  ['NODE_STATUS', capacity],
  ['CONFLICT', conflict],
  ['DEPENDENT_RESOURCE_STATE', conflict],
  ['OPERATION_LIMIT', conflict],
  ['RESOURCE_NOT_FOUND', gone],
  ['VALIDATOR_PARAM', rejected],
  ['UNSUPPORTED_BILLING_MODE', incompatible],
  ['CUDA_VERSION_INCOMPATIBLE', incompatible],
  ['RATE_LIMIT_EXCEEDED', limited],
  ['UNKNOWN', server],
];

const html = '<html><head><title>Bad Gateway</title></head></html>';
const byStatus: readonly (readonly [number, string, Expected])[] = [
  [400, '', rejected],
  [400, '{"code": 400, "reason": "NEW_TROUBLE", "message": "no"}', rejected],
  [400, '{"reason": "constructor"}', rejected],
  [400, '{"reason": "__proto__"}', rejected],
  [400, '{"reason": "CONFLICT\\u0000"}', rejected],
  [400, '{"reason": null, "message": null}', rejected],
  [400, html, page],
  [401, '', auth],
  [401, '{"code": 401, "reason": "NEW_TROUBLE"}', auth],
  [402, '{"message": "pay"}', balance],
  [403, '{"error": "forbidden"}', auth],
  [403, html, page],
  [404, html, page],
  [401, html, auth],
  [404, '', gone],
  [405, html, page],
  [407, html, proxy],
  [407, '', proxy],
  [511, html, proxy],
  [408, '', timeout],
  [409, '{}', conflict],
  [413, '', rejected],
  [418, '{"message": "I am a teapot"}', rejected],
  [422, '{}', rejected],
  [429, '', limited],
  [429, html, limited],
  [500, '{"code": 500, "reason": "NEW_TROUBLE"}', server],
  [500, '', server],
  [502, html, server],
  [503, 'null', server],
  [504, '[]', timeout],
  [599, '"x"', server],
];

describe('novita: what an answer that is not a success means', () => {
  const http = useHttpMock();

  async function expectMeaning(status: number, body: string, expected: Expected): Promise<string> {
    http.api.post('/gpu/instance/migrate').reply(status, body);
    const { client } = await testClient();
    const { failure, effect } = await providerErrorOf(client.migrateInstance('i-1'));
    expect([failure.code, failure.category, effect]).to.deep.equal(expected);
    expect(failure.status).to.equal(status);
    return failure.message;
  }

  for (const [reason, expected] of byReason) {
    for (const status of [400, 500, 200]) {
      it(`${status} with the reason ${reason}: ${expected[0]}`, async () => {
        const body = JSON.stringify({ code: status, reason, message: 'in words', metadata: { a: 1 } });
        expect(await expectMeaning(status, body, expected)).to.match(
          new RegExp(`: HTTP ${status}, ${reason}, in words$`),
        );
      });
    }
  }

  for (const [status, body, expected] of byStatus) {
    it(`${status} with ${body.slice(0, 60) || 'no body'}: ${expected[0]}`, () =>
      expectMeaning(status, body, expected));
  }

  it('finds the reason inside of an error object, too', () =>
    expectMeaning(400, '{"error": {"reason": "CONFLICT", "message": "busy"}}', conflict));

  it('keeps what the API says in words, cleaned and shortened', async () => {
    const body = JSON.stringify({ message: `a\u001b[31m${'x'.repeat(1000)}` });
    const message = await expectMeaning(418, body, rejected);
    expect(message).to.include('HTTP 418, a\uFFFD[31mxxx').and.have.length.below(350);
  });
});
