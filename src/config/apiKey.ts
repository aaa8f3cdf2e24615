import { EnvError } from 'envalid';
import { describeReadFailure } from './readFailure.js';
import { isShowablePath } from './secrecy.js';

/**
 * Checks a key as it is: printable ASCII characters without spaces or enclosing quotes.
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
  checkCharacters(key);
  return key;
}

/**
 * Reads the key from a file, less one line break at its end.
 *
 * @param secrets - what no message may hold; what the file holds is added
 * @throws EnvError when the file cannot be read or does not hold a usable key
 */
export function readApiKeyFile(
  path: string,
  readTextFile: (path: string) => string,
  secrets: string[],
): string {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    throw new EnvError(`${nameOfFile(path, secrets)} ${describeReadFailure(error)}`);
  }
  const key = text.replace(/\r?\n$/, '');
  secrets.push(key);
  if (/^[\r\n]*$/.test(key)) throw new EnvError('the file is empty: put the key into it');
  if (/[\r\n]/.test(key))
    throw new EnvError('the file has more than one line: it must hold the key and nothing else');
  checkCharacters(key);
  return key;
}

function checkCharacters(key: string): void {
  if (/\p{Cc}/u.test(key)) {
    throw new EnvError(
      'holds a control character, such as a tab or a line break in the middle: copy the key again',
    );
  }
  if (key.includes(' ')) {
    throw new EnvError('holds a space: give the key alone, without "Bearer" and without blanks around it');
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new EnvError('holds characters outside ASCII, such as a byte order mark: copy the key again');
  }
  if (/^(["']).*\1$/.test(key)) {
    throw new EnvError('is in quotes, which are taken for a part of the key: leave them out');
  }
}

/** Only what is plainly a path is shown: people do put the key itself here. */
function nameOfFile(path: string, secrets: readonly string[]): string {
  const plainlyPath = /^\.{0,2}\//.test(path) && isShowablePath(path, secrets);
  return plainlyPath
    ? `the file ${path}`
    : 'the file that it names (a path was expected here, not the key itself)';
}
