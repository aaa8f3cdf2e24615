import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type BuildResult } from 'esbuild';

/** The folder of the project; the paths in a metafile are relative to it. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** Packages in CommonJS ask for the built-in modules of node with `require`, which a module in ESM does not have. */
const requireForCommonJs = [
  "import { createRequire as createRequireOfModule } from 'node:module';",
  'const require = createRequireOfModule(import.meta.url);',
].join('\n');

export type Bundle = BuildResult<{ metafile: true; write: false }>;

/**
 * Puts the program and the packages that it uses into files that need nothing but node. What the source imports
 * dynamically goes into files of its own, which are read only when it is asked for.
 *
 * @returns the files of dist/, not written yet, and esbuild's description of what went into them
 * @throws Error if a file would need anything at run time that is neither in it nor in node
 */
export async function bundle(): Promise<Bundle> {
  const result = await build({
    absWorkingDir: projectFolder,
    entryPoints: ['src/main.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: requireForCommonJs },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const missing = importsOutsideOfNode(result);
  if (missing.length > 0) throw new Error(`The bundle needs what is not in it: ${missing.join(', ')}`);
  return result;
}

function importsOutsideOfNode({ metafile }: Bundle): readonly string[] {
  const paths = Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter(({ path, external }) => external === true && !isBuiltin(path))
    .map(({ path }) => path);
  return [...new Set(paths)];
}
