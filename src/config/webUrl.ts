import { EnvError } from 'envalid';

/** Far above any that is in use. */
const longestUrl = 4_096;

/**
 * Checks the URL of something that is told how runs went.
 *
 * @param expected - what a good value is, as in "must be ..."
 * @returns the URL as it was given
 * @throws EnvError without the value, which is a secret
 */
export function checkWebUrl(text: string, expected: string): string {
  if (text.length > longestUrl)
    throw new EnvError(`is longer than ${longestUrl} characters: it must be a URL`);
  if (!/^https?:\/\/[^/]/i.test(text) || /[^\x21-\x7e]|\\/.test(text) || !URL.canParse(text)) {
    throw new EnvError(`must be ${expected}`);
  }
  if (!canDecode(new URL(text))) {
    throw new EnvError('has a % in its user name or password that stands for no character: write it as %25');
  }
  if (text.includes('#')) throw new EnvError('must not have a fragment (#): leave it out');
  return text;
}

/**
 * The same for a URL in which {account} may stand for a name.
 *
 * @throws EnvError without the value
 */
export function checkPingUrl(text: string, expected: string): string {
  const url = checkWebUrl(text, expected);
  if (/[{}]/.test(new URL(url).host)) {
    throw new EnvError('must not have {account} in its host: put it into the path');
  }
  return url;
}

/**
 * The same for a Pushgateway, whose paths are added to the end of the URL.
 *
 * @throws EnvError without the value
 */
export function checkGatewayUrl(text: string, expected: string): string {
  const url = checkWebUrl(text, expected);
  if (url.includes('?')) throw new EnvError('must not have a query (?): paths are added to its end');
  return url.replace(/\/+$/, '');
}

function canDecode({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
