import { EnvError } from 'envalid';
import { expectedValue } from './variableKinds.js';
import { variables } from './variables.js';

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

const officialHost = 'api.novita.ai';

/**
 * Checks where the API is: https, or http to this machine, with a path prefix at most.
 *
 * @returns the URL without trailing slashes
 * @throws EnvError without the value, which may hold credentials
 */
export function parseBaseUrl(text: string): string {
  const expected = `must be ${expectedValue(variables.NOVITA_API_BASE_URL)}`;
  // The URL parser forgives blanks, backslashes and extra slashes, and what it makes of them can surprise.
  if (!/^https?:\/\/[^/]/i.test(text) || /[^\x21-\x7e]|\\/.test(text) || !URL.canParse(text)) {
    throw new EnvError(expected);
  }
  // An empty part leaves no trace in the parsed URL, so the text is what is looked at.
  if (/^[^/]*\/\/[^/?#]*@/.test(text)) {
    throw new EnvError('must not hold a user name or password: the key goes into NOVITA_API_KEY');
  }
  if (/[?#]/.test(text)) throw new EnvError('must not have a query (?) or fragment (#): leave it out');

  const url = new URL(text);
  if (url.protocol !== 'https:' && !loopback.test(url.hostname)) throw new EnvError(expected);
  // The program adds the path itself, and what is pasted from the documentation or meant for another client has one.
  if (url.pathname.includes('/gpu-instance') || (url.hostname === officialHost && url.pathname !== '/')) {
    throw new EnvError(
      'must not hold the path of the API, which the program adds: leave out all that follows the host',
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
