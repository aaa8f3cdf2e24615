import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import type { Effect } from '../../src/core/outcome.js';
import { errorOfKeepingAnswer } from '../../src/novita/classifyKeeping.js';

type Row = readonly [status: number, body: unknown, code: ErrorCode | null, effect?: Effect];

const reason = (word: string, message = 'no') => ({ code: 400, reason: word, message, metadata: {} });

const rows: readonly Row[] = [
  // The platform does not keep the data.
  [400, reason('VALIDATOR_PARAM', 'save_data is not supported'), 'data_not_kept'],
  [400, reason('VALIDATOR_PARAM', 'invalid field SaveData'), 'data_not_kept'],
  [400, reason('SAVE_DATA_UNSUPPORTED'), 'data_not_kept'],
  [400, reason('NOT_SUPPORT'), 'data_not_kept'],
  [400, reason('UNSUPPORTED_OPERATION'), 'data_not_kept'],
  [400, reason('UNSUPPORTED_BILLING_MODE', 'cannot keep the data of spot instances'), 'data_not_kept'],
  [400, { message: 'data of this instance cannot be preserved' }, 'data_not_kept'],
  [422, { error: { message: 'saving data is unavailable' } }, 'data_not_kept'],
  [422, { error: 'unsupported option' }, 'data_not_kept'],
  // The API does not know the request.
  [404, { message: 'Route PUT:/gpus/v2/instances/i-1/migrate not found' }, 'save_data_unavailable'],
  [404, { message: 'no such path: /gpus/v2/instances/i-1/migrate' }, 'save_data_unavailable'],
  [404, '404 page not found', 'save_data_unavailable'],
  [404, '<html>Not Found</html>', 'save_data_unavailable'],
  [404, { message: 'no such path' }, 'save_data_unavailable'],
  [404, '', 'save_data_unavailable'],
  [405, { message: 'Method Not Allowed' }, 'save_data_unavailable'],
  [405, '', 'save_data_unavailable'],
  // Everything else, as without data.
  [400, reason('RESOURCE_NOT_FOUND'), 'instance_gone'],
  [404, reason('RESOURCE_NOT_FOUND'), 'instance_gone'],
  [404, { message: 'instance not found' }, 'instance_gone'],
  [404, { message: 'the instance does not exist' }, 'instance_gone'],
  [400, reason('MIGRATE_INSUFFICIENT_RESOURCE', 'save_data: no node has room'), 'no_capacity'],
  [400, reason('NODE_STATUS', 'not available'), 'no_capacity'],
  [400, reason('CONFLICT', 'saving data already'), 'state_conflict'],
  [400, reason('OPERATION_LIMIT', 'not allowed'), 'state_conflict'],
  [400, reason('UNSUPPORTED_BILLING_MODE'), 'incompatible'],
  [400, reason('CUDA_VERSION_INCOMPATIBLE', 'not supported'), 'incompatible'],
  [400, reason('VALIDATOR_PARAM', 'instance_id is too long'), 'request_rejected'],
  [400, reason('NEW_TROUBLE'), 'request_rejected'],
  // What is refused here is not the option.
  [400, { message: 'operation not allowed for this account' }, 'request_rejected'],
  [400, { message: 'service unavailable' }, 'request_rejected'],
  [415, { message: 'Unsupported Media Type' }, 'request_rejected'],
  [451, { message: 'Unavailable For Legal Reasons' }, 'request_rejected'],
  [404, { message: 'instance i-1 not found at /gpus/v2/instances/i-1/migrate' }, 'instance_gone'],
  [400, '', 'request_rejected'],
  [400, '<html>save_data</html>', 'web_page_answer'],
  [401, reason('INVALID_API_KEY', 'save_data'), 'auth_refused'],
  [403, { message: 'save_data is not allowed for this key' }, 'auth_refused'],
  [402, { message: 'save_data' }, 'balance_too_low'],
  [400, reason('BALANCE_NOT_ENOUGH', 'save_data not supported'), 'balance_too_low'],
  [409, { message: 'save_data not supported now' }, 'state_conflict'],
  [429, { message: 'save_data not supported so often' }, 'rate_limited'],
  // Where something may have been done, nothing may be sent after it, whatever the words are.
  [408, { message: 'save_data is not supported' }, 'request_timeout', 'possible'],
  [500, { message: 'save_data is not supported' }, 'server_error', 'possible'],
  [501, { message: 'save_data is not implemented' }, 'server_error', 'possible'],
  [500, reason('VALIDATOR_PARAM', 'save_data is not supported'), 'request_rejected'],
  [503, reason('SAVE_DATA_UNSUPPORTED'), 'server_error', 'possible'],
  [504, { message: 'save_data is not supported' }, 'request_timeout', 'possible'],
  [307, { message: 'save_data is not supported' }, 'redirect_refused', 'possible'],
  [200, reason('VALIDATOR_PARAM', 'save_data is not supported'), 'request_rejected'],
  // A success; what its body says is for another reader.
  [200, {}, null],
  [200, { message: 'save_data is not supported' }, null],
  [204, '', null],
];

describe('novita: the answer to a request that keeps data', () => {
  for (const [status, body, code, effect = 'none'] of rows) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    it(`means ${code ?? 'success'}: ${status} ${text}`, () => {
      const error = errorOfKeepingAnswer(
        { status, retryAfter: undefined, body: text },
        0,
        (said) => said,
        'api.test',
      );
      expect(error?.failure.code ?? null).to.equal(code);
      if (error !== null) expect(error.effect).to.equal(effect);
    });
  }

  it('names the answer and never the key', () => {
    const body = JSON.stringify(reason('VALIDATOR_PARAM', 'save_data is not supported for sk_key'));
    const redact = (said: string) => said.replaceAll('sk_key', '[redacted]');
    const error = errorOfKeepingAnswer({ status: 400, retryAfter: undefined, body }, 0, redact, 'api.test');
    expect(error?.failure).to.include({ code: 'data_not_kept', status: 400, retryable: false });
    expect(error?.failure.message).to.match(/: HTTP 400, VALIDATOR_PARAM, save_data .* \[redacted\]$/);
  });
});
