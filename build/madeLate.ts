import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

interface MadeLate {
  readonly file: RegExp;
  /** What is made as the file is loaded: its name, the class and what it is given, and the method that is called. */
  readonly made: readonly { readonly name: string; readonly by: string; readonly method: string }[];
}

/**
 * Each of these reads tables of the languages of the world, which takes as long as a third of a start of node. Most runs
 * never use one: the first is for the messages of wrong options of got, the other for text that is not ASCII.
 */
const madeLate: readonly MadeLate[] = [
  {
    file: /\/node_modules\/@sindresorhus\/is\/distribution\/index\.js$/,
    made: ['and', 'or'].map((word) => ({
      name: `${word}Formatter`,
      by: `Intl.ListFormat('en', { style: 'long', type: '${word === 'and' ? 'con' : 'dis'}junction' })`,
      method: 'format',
    })),
  },
  {
    file: /\/node_modules\/string-width\/index\.js$/,
    made: [{ name: 'segmenter', by: 'Intl.Segmenter()', method: 'segment' }],
  },
];

/**
 * Has what takes long to make made when it is used, not when its file is loaded.
 *
 * @throws Error from the build if a package no longer says what it is expected to
 */
export const makeLate: Plugin = {
  name: 'make-late',
  setup: (build) => {
    for (const { file, made } of madeLate)
      build.onLoad({ filter: file }, ({ path }) => ({
        contents: made.reduce((text, each) => postponed(text, each, path), readFileSync(path, 'utf8')),
        loader: 'js',
      }));
  },
};

function postponed(text: string, { name, by, method }: MadeLate['made'][number], path: string): string {
  const atOnce = `const ${name} = new ${by};`;
  if (text.split(atOnce).length !== 2) throw new Error(`${path} does not say once: ${atOnce}`);
  const late = `let ${name}AtLast;
const ${name} = { ${method}: (value) => (${name}AtLast ??= new ${by}).${method}(value) };`;
  return text.replace(atOnce, () => late);
}
