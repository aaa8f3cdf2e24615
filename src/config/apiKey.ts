import { EnvError } from 'envalid';
import { checkSecret } from './secretFile.js';

/**
 * Checks a key that was given as it is: printable ASCII characters without spaces or enclosing quotes.
 *
 * @returns the key
 * @throws EnvError with a hint at the likely cause, without any part of the key
 */
export function checkApiKey(key: string): string {
  if (/^[\r\n]*$/.test(key)) throw new EnvError('holds no key, only line breaks: put the key there');
  if (/[\r\n]$/.test(key)) {
    throw new EnvError(
      'ends with a line break, which echo or a Kubernetes secret made with it adds: ' +
        'use printf or echo -n, or NOVITA_API_KEY_FILE, which allows for one',
    );
  }
  checkSecret(key, 'key');
  return key;
}
