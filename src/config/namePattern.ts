import picomatch from 'picomatch';

/** Stands for what picomatch would take for a path: it never occurs in a name, which has no control characters. */
const nameCharacter = '\x01';

const options: picomatch.PicomatchOptions = {
  nobrace: true,
  noextglob: true,
  noglobstar: true,
  nonegate: true,
  regex: false,
  posix: true,
  fastpaths: false,
  keepQuotes: true,
  strictBrackets: true,
  strictSlashes: true,
  windows: false,
  // A pattern that gives no regular expression throws instead of matching nothing.
  debug: true,
};

/**
 * Compiles a glob for names: `*` any characters, `?` one, `[a-z]` and `[!a-z]` one of a set, `\` takes the next
 * character as it is. Case counts; slashes and leading dots are characters like any other.
 *
 * @returns tells whether a name matches, as a whole
 * @throws Error that says what is wrong with the pattern, without repeating it
 */
export function compileNamePattern(pattern: string): (name: string) => boolean {
  if (/\p{Cc}/u.test(pattern)) throw new Error('has a control character in it');
  if (pattern.startsWith('!')) throw new Error('starts with !: negation is what MIGRATION_EXCLUDE is for');
  if (/[{}()|"]/.test(pattern.replace(/\\./gs, ''))) {
    throw new Error(
      'has braces, parentheses, | or double quotes, which have no meaning here: separate alternatives by commas, ' +
        'and put \\ before such a character of a name',
    );
  }
  try {
    const matches = picomatch(encode(withoutIdleEscapes(pattern)), options);
    return (name) => name === pattern || matches(encode(name));
  } catch {
    throw new Error('has an unfinished or impossible [...] in it: put \\ before a bracket of a name');
  }
}

/**
 * Picomatch is made for paths: it treats slashes, dots after them and the empty text in ways of their own.
 * A name without slashes and with a character in front has none of these.
 */
function encode(text: string): string {
  return nameCharacter + text.replaceAll('/', nameCharacter);
}

/** Picomatch hands `\d` on as a class of the regular expression; here it is a plain d. */
function withoutIdleEscapes(pattern: string): string {
  return pattern.replace(/\\(.)/gs, (escape, character: string) =>
    /[a-z0-9]/i.test(character) ? character : escape,
  );
}
