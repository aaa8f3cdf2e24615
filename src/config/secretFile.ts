import { EnvError } from 'envalid';
import { describeReadFailure } from './readFailure.js';
import { isShowablePath } from './secrecy.js';

/** Far above any key, URL or webhook secret. */
const longestSecret = 4_096;

export interface SecretFile {
  readonly path: string;
  /** What it holds, such as "key". */
  readonly noun: string;
  /** @throws the errors of node:fs */
  readonly readTextFile: (path: string) => string;
  /** What no message may hold; what the file holds is added. */
  readonly secrets: string[];
}

/**
 * Reads a secret from a file that holds nothing else, less one line break at its end.
 *
 * @throws EnvError when the file cannot be read or does not hold one line of printable ASCII characters
 */
export function readSecretFile({ path, noun, readTextFile, secrets }: SecretFile): string {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    throw new EnvError(`${nameOfFile(path, noun, secrets)} ${describeReadFailure(error)}`);
  }
  const secret = text.replace(/\r?\n$/, '');
  secrets.push(secret);
  if (/^[\r\n]*$/.test(secret)) throw new EnvError(`the file is empty: put the ${noun} into it`);
  if (/[\r\n]/.test(secret))
    throw new EnvError(`the file has more than one line: it must hold the ${noun} and nothing else`);
  checkSecret(secret, noun);
  return secret;
}

/**
 * Checks that a secret is printable ASCII characters without spaces or enclosing quotes.
 *
 * @param noun - what it is, such as "key"
 * @throws EnvError with a hint at the likely cause, without any part of the secret
 */
export function checkSecret(secret: string, noun: string): void {
  if (secret.length > longestSecret) {
    throw new EnvError(`is longer than ${longestSecret} characters: it must be the ${noun} and nothing else`);
  }
  if (/\p{Cc}/u.test(secret)) {
    throw new EnvError(
      `holds a control character, such as a tab or a line break in the middle: copy the ${noun} again`,
    );
  }
  if (secret.includes(' ')) {
    const bearer = noun === 'key' ? 'without "Bearer" and ' : '';
    throw new EnvError(`holds a space: give the ${noun} alone, ${bearer}without blanks around it`);
  }
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw new EnvError(`holds characters outside ASCII, such as a byte order mark: copy the ${noun} again`);
  }
  if (/^(["']).*\1$/.test(secret)) {
    throw new EnvError(`is in quotes, which are taken for a part of the ${noun}: leave them out`);
  }
}

/** Only what is plainly a path is shown: people do put the secret itself here. */
function nameOfFile(path: string, noun: string, secrets: readonly string[]): string {
  const plainlyPath = /^\.{0,2}\//.test(path) && isShowablePath(path, secrets);
  return plainlyPath
    ? `the file ${path}`
    : `the file that it names (a path was expected here, not the ${noun} itself)`;
}
