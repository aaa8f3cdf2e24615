import { failureOf } from '../core/failure.js';
import { ProviderError } from '../core/providerError.js';
import { parseErrorBody } from './answers.js';

/** The first thing that is asked of the API. */
export const instancesPath = '/gpu/instances';

/**
 * A list cannot be gone: this answer comes from something that is not the API, or no longer as we know it.
 *
 * @param isFirst - nothing that is the API has answered before
 */
export function asListError(error: ProviderError, isFirst: boolean): ProviderError {
  const { code, status, message, cause, host } = error.failure;
  const pathIsUnknown =
    isFirst && (status === 404 || status === 405) && !message.includes('RESOURCE_NOT_FOUND');
  if (code !== 'instance_gone' && !(pathIsUnknown && code === 'request_rejected')) return error;
  const details = { ...(status === null ? {} : { status }), ...(host === null ? {} : { host }) };
  const failure = pathIsUnknown
    ? failureOf('wrong_address', { ...details, detail: cause ?? '' })
    : failureOf('request_rejected', { ...details, detail: message });
  return new ProviderError(failure, error.effect);
}

/** Good JSON, but neither a page of the list nor an error. */
export function isOfAnotherApi(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || 'instances' in body || 'total' in body) return false;
  const { reason, message } = parseErrorBody(body);
  return reason === null && message === null;
}

/** The failure of a first list that is answered well, by something else. */
export function wrongAddress({ host, pathname }: URL): ProviderError {
  const detail = `GET ${pathname}, HTTP 200 with JSON that holds no list of instances`;
  return new ProviderError(failureOf('wrong_address', { host, detail }), 'none');
}
