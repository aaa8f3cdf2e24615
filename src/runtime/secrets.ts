const replacement = '[redacted]';

/** Anything shorter is no secret, and taking it out would garble the rest. */
const shortestSecret = 4;

/** Takes every occurrence of the secrets out of a text. */
export type Scrub = (text: string) => string;

/**
 * Builds the last line of defence before every output: whatever a message was made of, a secret does not pass.
 * Each secret is found as it is, as it stands inside JSON, in a URL, in Markdown, and in base64 (on its own, as in
 * an `Authorization: Basic` header it would be).
 */
export function createScrubber(secrets: readonly string[]): Scrub {
  const forms = new Set(
    secrets
      .filter((secret) => secret.length >= shortestSecret)
      .flatMap((secret) => [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret),
        markdownForm(secret),
        ...base64Forms(secret),
      ]),
  );
  if (forms.size === 0) return (text) => text;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const mayHoldSecret = searchFor(longestFirst);
  return (text) =>
    mayHoldSecret(text)
      ? longestFirst.reduce((clean, form) => clean.replaceAll(form, replacement), text)
      : text;
}

/** A longer one is too much for a pattern, and the error that says so repeats it. */
const longestInPattern = 4_096;

/** With the keys of hundreds of accounts, one search for all of them takes a tenth of the time of one for each. */
function searchFor(forms: readonly string[]): (text: string) => boolean {
  const short = forms.filter(({ length }) => length <= longestInPattern);
  const long = forms.filter(({ length }) => length > longestInPattern);
  const anyShort = short.length === 0 ? null : new RegExp(short.map(escapeForPattern).join('|'));
  return (text) => (anyShort?.test(text) ?? false) || long.some((form) => text.includes(form));
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** As src/report/markdownText.ts writes it in the middle of other text, less the backticks at both ends. */
function markdownForm(secret: string): string {
  const pieces = secret.split(/([|`])/).filter((piece) => piece !== '');
  const written = pieces.map((piece) => {
    if (piece === '|') return '&#124;';
    return piece === '`' ? '&#96;' : `\`${piece}\``;
  });
  return written.join('').replace(/^`|`$/g, '');
}

/**
 * Base64 of a longer text that holds the secret depends on where in a group of three bytes it starts.
 * For each of the three places, the characters that depend on the secret alone.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const wholeGroups = Math.floor(padded.length / 3) * 4;
    const start = offset === 0 ? 0 : 4;
    const standard = padded.toString('base64').slice(start, wholeGroups);
    const url = padded.toString('base64url').slice(start, wholeGroups);
    return [standard, url].filter((form) => form.length >= 8);
  });
}
