import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

interface MadeLate {
  /** The end of the path of a file. */
  readonly file: string;
  /** What the file says, and what it says in the bundle. */
  readonly changes: readonly (readonly [said: string, instead: string])[];
}

/** Makes what a constant stands for when its method is called for the first time. */
function madeAtFirstCall(name: string, made: string, method: string): readonly [string, string] {
  return [
    `const ${name} = new ${made};`,
    `let ${name}AtLast;
     const ${name} = { ${method}: (value) => (${name}AtLast ??= new ${made}).${method}(value) };`,
  ];
}

/**
 * What takes long to make or to load, and is not used in most runs. The first two read tables of all languages, which
 * takes as long as a third of a start of node: one for the messages of wrong options of got, one for text that is not
 * ASCII.
 */
const madeLate: readonly MadeLate[] = [
  {
    file: '/node_modules/@sindresorhus/is/distribution/index.js',
    changes: (
      [
        ['andFormatter', 'conjunction'],
        ['orFormatter', 'disjunction'],
      ] as const
    ).map(([name, type]) =>
      madeAtFirstCall(name, `Intl.ListFormat('en', { style: 'long', type: '${type}' })`, 'format'),
    ),
  },
  {
    file: '/node_modules/string-width/index.js',
    changes: [madeAtFirstCall('segmenter', 'Intl.Segmenter()', 'segment')],
  },
  {
    file: '/src/config/namePattern.ts',
    changes: [
      [
        "import picomatch from 'picomatch';",
        "const picomatch: typeof import('picomatch') = (...args) => require('picomatch')(...args);",
      ],
    ],
  },
];

/**
 * Has what takes long to make made when it is used, not when its file is loaded.
 *
 * @throws Error from the build if a file no longer says what it is expected to
 */
export const makeLate: Plugin = {
  name: 'make-late',
  setup: (build) => {
    for (const { file, changes } of madeLate)
      build.onLoad({ filter: new RegExp(`${file.replace(/\W/g, '\\$&')}$`) }, ({ path }) => ({
        contents: changes.reduce((text, change) => changed(text, change, path), readFileSync(path, 'utf8')),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      }));
  },
};

function changed(text: string, [said, instead]: readonly [string, string], path: string): string {
  if (text.split(said).length !== 2) throw new Error(`${path} does not say once: ${said}`);
  return text.replace(said, () => instead);
}
