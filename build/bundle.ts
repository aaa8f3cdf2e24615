import { isBuiltin } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  build as runBuild,
  type BuildOptions,
  type ImportKind,
  type Metafile,
  type OutputFile,
  type Plugin,
} from 'esbuild';
import { leaveOut } from './leftOut.js';
import { makeLate } from './madeLate.js';

/** The folder of the project; the paths in a metafile are relative to it. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

export interface Bundle {
  readonly outputFiles: readonly OutputFile[];
  /** esbuild's description of what went into the files. */
  readonly metafile: Metafile;
}

/** What stands for `import.meta.url`, which CommonJS does not have. */
const ownUrl = { name: 'ownUrl', code: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" };

/**
 * The source is in modules of ECMAScript; the files are in CommonJS, which node reads in a good deal less time: it
 * neither resolves nor links them one by one, nor makes a copy of the exports of its own modules.
 */
const options = {
  absWorkingDir: projectFolder,
  outdir: 'dist',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': ownUrl.name },
  banner: { js: ownUrl.code },
  // Comments and layout take time to read at each start. Names stay, for the stack of a bug.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  // They are in a file of their own.
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Puts the program and the packages that it uses into files that need nothing but node. Whatever the source imports
 * dynamically goes into a file of its own, which is read only when it is asked for. Each file is whole: what two of them
 * need is in both, so that a start reads few files. So no value may cross from one to the other that is told by its
 * class or kept in a module.
 *
 * @returns the files of dist/, not written yet
 * @throws Error if a file would need anything at run time that is neither in dist/ nor in node
 */
export async function bundle(): Promise<Bundle> {
  const sources = new Map([['main', 'src/main.ts']]);
  const outputFiles: OutputFile[] = [];
  const metafile: Metafile = { inputs: {}, outputs: {} };
  // Grows while it is gone through.
  for (const [name, source] of sources) {
    const plugins = [leaveOut, makeLate, apart(sources)];
    const result = await runBuild({ ...options, plugins, entryPoints: [{ in: source, out: name }] });
    outputFiles.push(...result.outputFiles);
    Object.assign(metafile.inputs, result.metafile.inputs);
    Object.assign(metafile.outputs, result.metafile.outputs);
  }
  const missing = importsOutsideOfNode(metafile);
  if (missing.length > 0) throw new Error(`The bundle needs what is not in it: ${missing.join(', ')}`);
  return { outputFiles, metafile };
}

/** Leaves what is asked for late to another file, and adds its source to those to be bundled. */
function apart(sources: Map<string, string>): Plugin {
  return {
    name: 'apart',
    setup: (build) => {
      build.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir }) => {
        if (!isAskedForLate(kind, importer) || isBuiltin(path)) return undefined;
        const { path: source, errors } = await build.resolve(path, {
          kind: 'import-statement',
          importer,
          resolveDir,
        });
        if (errors.length > 0) return { errors };
        const name = nameOfFile(path, source);
        if ((sources.get(name) ?? source) !== source) throw new Error(`Two files would be called ${name}.js`);
        sources.set(name, source);
        return { path: `./${name}.js`, external: true };
      });
    },
  };
}

/** The source, in modules of ECMAScript, has no `require` but those that are put in by `makeLate`. */
function isAskedForLate(kind: ImportKind, importer: string): boolean {
  return (
    kind === 'dynamic-import' || (kind === 'require-call' && importer.startsWith(`${projectFolder}src/`))
  );
}

/** Such as `report-screens` for `../report/screens.js`, and `got` for the package. */
function nameOfFile(path: string, source: string): string {
  return path.startsWith('.')
    ? `${basename(dirname(source))}-${basename(source).replace(/\.ts$/, '')}`
    : path.replace(/\W+/g, '-');
}

function importsOutsideOfNode({ outputs }: Metafile): readonly string[] {
  const files = new Set(Object.keys(outputs).map((path) => `./${basename(path)}`));
  const paths = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ path, external }) => external === true && !isBuiltin(path) && !files.has(path))
    .map(({ path }) => path);
  return [...new Set(paths)];
}
