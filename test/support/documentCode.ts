/** The blocks of code of a Markdown document, without their fences. */
export function codeBlocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^( *)```[^\n]*\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** What is set in code style within the sentences. */
function codeSpansOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^( *)```[^\n]*\n[\s\S]*?^\1```$/gm, '');
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll(/\s+/g, ' '));
}

/**
 * Every command line of the program, in blocks and in sentences, as the words behind its name.
 * What stands for something else (`<id|name>`) is taken for the first of it, and what may be left out (`[...]`) is.
 */
export function commandLinesOf(text: string): readonly (readonly string[])[] {
  const lines = codeBlocksOf(text).flatMap((block) => block.replaceAll(/\\\n */g, '').split('\n'));
  return [...lines, ...codeSpansOf(text)].flatMap((line) => {
    // What `status` prints begins with the name of the program as well, and then a state.
    const [, command] = /^(?:\$ )?(?:[A-Z_]+=\S+ )*novita-spot (?![A-Z]+:)(.+)$/.exec(line.trim()) ?? [];
    return command === undefined ? [] : [wordsOf(command)];
  });
}

function wordsOf(command: string): readonly string[] {
  const plain = command
    .replaceAll('\\|', '|')
    .replaceAll('<command>', 'list')
    .replaceAll(/<([^>|]+)[^>]*>/g, '$1')
    .replaceAll(/ \[[^\]]+\]/g, '')
    .replace(/ *(?:[|;&>]|2>| #).*$/, '');
  return [...plain.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

/** The names behind `npm run`, wherever they stand. */
export function npmScriptsOf(text: string): readonly string[] {
  const code = [...codeBlocksOf(text), ...codeSpansOf(text)].join('\n');
  return [...code.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
}
