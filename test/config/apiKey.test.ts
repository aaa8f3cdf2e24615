import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { errorOf, key, messageFor, nodeError, readerOf, sourcesWith } from './fixtures.js';

const path = '/run/secrets/novita';

function keyFromFile(text: string): string {
  const environment = { NOVITA_API_KEY_FILE: path };
  return loadConfig(sourcesWith({ environment, readTextFile: readerOf({ [path]: text }) })).config.apiKey;
}

function fileMessage(readTextFile: (path: string) => string, named = path): string {
  return errorOf(sourcesWith({ environment: { NOVITA_API_KEY_FILE: named }, readTextFile })).message;
}

describe('config: API key', () => {
  const required =
    'is required: set it, NOVITA_API_KEY_FILE or NOVITA_ACCOUNTS_DIR, or try the program out with --sandbox';
  for (const environment of [{}, { NOVITA_API_KEY: '' }, { NOVITA_API_KEY: '', NOVITA_API_KEY_FILE: '' }]) {
    it(`is required: ${JSON.stringify(environment)}`, () => {
      expect(errorOf(sourcesWith({ environment })).problems).to.deep.equal([
        { variable: 'NOVITA_API_KEY', message: required },
      ]);
    });
  }

  it('is refused in two places', () => {
    const environment = { NOVITA_API_KEY: key, NOVITA_API_KEY_FILE: path };
    const readTextFile = readerOf({ [path]: key });
    expect(errorOf(sourcesWith({ environment, readTextFile })).problems).to.deep.equal([
      { variable: 'NOVITA_API_KEY', message: 'is set together with NOVITA_API_KEY_FILE: unset one of them' },
    ]);
  });

  it('may have its other place empty', () => {
    const environment = { NOVITA_API_KEY: key, NOVITA_API_KEY_FILE: '' };
    expect(loadConfig(sourcesWith({ environment })).config.apiKey).to.equal(key);
  });

  it('may hold every printable character', () => {
    const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 33 + index));
    expect(loadConfig(sourcesWith({ environment: { NOVITA_API_KEY: printable } })).config.apiKey).to.equal(
      printable,
    );
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['line break at the end', `${key}\n`, 'ends with a line break'],
    ['CRLF at the end', `${key}\r\n`, 'ends with a line break'],
    ['only a line break', '\n', 'holds no key, only line breaks'],
    ['line break inside', 'sk_Canary\nQ7xZ9wV3', 'holds a control character'],
    ['tab', `\t${key}`, 'holds a control character'],
    ['escape', `\x1b[2J${key}`, 'holds a control character'],
    ['NUL', `${key}\0`, 'holds a control character'],
    ['space before', ` ${key}`, 'holds a space'],
    ['Bearer', `Bearer ${key}`, 'without "Bearer"'],
    ['only a space', ' ', 'holds a space'],
    ['non-breaking space', `${key}\u00a0`, 'outside ASCII'],
    ['byte order mark', `\ufeff${key}`, 'byte order mark'],
    ['letter outside ASCII', `${key}é`, 'outside ASCII'],
    ['double quotes', `"${key}"`, 'is in quotes'],
    ['single quotes', `'${key}'`, 'is in quotes'],
    ['far too many characters', 'Canary'.repeat(700), 'is longer than 4096 characters'],
  ];
  for (const [title, value, expected] of refused) {
    it(`is refused with ${title}`, () => {
      const message = messageFor('NOVITA_API_KEY', value);
      expect(message).to.include(expected);
      expect(message).not.to.include('Canary');
    });
  }

  describe('from a file', () => {
    for (const ending of ['', '\n', '\r\n']) {
      it(`may end with ${JSON.stringify(ending)}`, () => expect(keyFromFile(key + ending)).to.equal(key));
    }

    const refusedTexts: readonly (readonly [string, string, string])[] = [
      ['nothing', '', 'the file is empty'],
      ['a line break alone', '\n', 'the file is empty'],
      ['two line breaks', `${key}\n\n`, 'more than one line'],
      ['two lines', `${key}\nsecond`, 'more than one line'],
      ['a lone carriage return', `${key}\r`, 'more than one line'],
      ['a space', `${key} \n`, 'holds a space'],
      ['a NUL', `${key}\0\n`, 'holds a control character'],
      ['a byte order mark', `\ufeff${key}\n`, 'byte order mark'],
      ['quotes around the key', `"${key}"\n`, 'is in quotes'],
    ];
    for (const [title, text, expected] of refusedTexts) {
      it(`is refused with ${title}`, () => {
        const message = fileMessage(readerOf({ [path]: text }));
        expect(message).to.match(/^NOVITA_API_KEY_FILE: /);
        expect(message).to.include(expected);
        expect(message).not.to.include('Canary');
      });
    }

    const unreadable: readonly (readonly [string, string])[] = [
      ['ENOENT', 'does not exist'],
      ['EACCES', 'is not readable by this user'],
      ['EPERM', 'is not readable by this user'],
      ['EISDIR', 'is a directory, not a file'],
      ['ENOTDIR', 'a part of its path is not a directory'],
      ['ELOOP', 'is a loop of symbolic links'],
      ['EMFILE', 'cannot be read (EMFILE)'],
    ];
    for (const [code, expected] of unreadable) {
      it(`says why it cannot be read: ${code}`, () => {
        const message = fileMessage(() => {
          throw nodeError(code, path);
        });
        expect(message).to.include(`NOVITA_API_KEY_FILE: the file ${path} `).and.include(expected);
      });
    }

    for (const named of [key, 'a/relative/path', '/path/with\x1b[2Jescape', `/${'long'.repeat(1100)}`]) {
      it(`does not show what may not be a path: ${JSON.stringify(named.slice(0, 30))}`, () => {
        const message = fileMessage(readerOf({}), named);
        expect(message).to.include('the file that it names (a path was expected here, not the key itself)');
        expect(message).not.to.include(named);
      });
    }

    for (const named of ['/absent', './absent', '../absent']) {
      it(`shows the plain path ${named}`, () => {
        expect(fileMessage(readerOf({}), named)).to.include(`the file ${named} does not exist`);
      });
    }
  });
});
