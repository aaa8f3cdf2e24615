const longestHarmlessValue = 16;
/** Part of a key as long as this is worth hiding, wherever it turns up. */
const tellingLength = 4;

/** True when the text holds a whole secret. Empty secrets do not count. */
export function mentionsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => secret !== '' && text.includes(secret));
}

/**
 * True when a rejected value may be repeated in a message: it is short and printable, does not look like
 * a key, and neither lies in a secret nor holds one, nor has as much as four characters in common with one.
 */
export function isHarmless(value: string, secrets: readonly string[]): boolean {
  if (value.length > longestHarmlessValue || !/^[\x20-\x7e]*$/.test(value)) return false;
  if (/sk[-_]/i.test(value) || mentionsSecret(value, secrets)) return false;
  return !secrets.some((secret) => secret.includes(value) || sharesRun(value, secret));
}

function sharesRun(value: string, secret: string): boolean {
  for (let start = 0; start + tellingLength <= value.length; start += 1) {
    if (secret.includes(value.slice(start, start + tellingLength))) return true;
  }
  return false;
}

/** A name like a key of Novita: people do put the key itself where a path belongs. */
const keyInPath = /(?:^|\/)sk[-_][^/.]{8,}/i;

/** True when a path can be shown: no control characters in it, no secret, and nothing that looks like a key. */
export function isShowablePath(path: string, secrets: readonly string[]): boolean {
  return (
    path.length <= 4096 && !/\p{C}/u.test(path) && !keyInPath.test(path) && !mentionsSecret(path, secrets)
  );
}
