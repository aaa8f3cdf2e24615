import type { Plugin } from 'esbuild';

interface LeftOut {
  /** What is imported. */
  readonly module: string;
  /** The package that imports it; any when left out. */
  readonly by?: string;
  /** What the importer needs to be loaded. It says so when it is used all the same. */
  readonly standIn: string;
}

const namespace = 'left-out';

/**
 * What packages import for what we never ask of them: of got, HTTP/2 (whose import alone builds the store of root
 * certificates), forms, a cache of answers and one of addresses; of commander, commands that are programs of their own.
 */
const leftOut: readonly LeftOut[] = [
  {
    module: 'http2-wrapper',
    standIn: `export default { globalAgent: undefined, auto: () => { ${complaint('HTTP/2')} } };`,
  },
  {
    module: 'form-data-encoder',
    standIn: `
      export const isFormData = (value) => value?.[Symbol.toStringTag] === 'FormData';
      export class FormDataEncoder { constructor() { ${complaint('Sending forms')} } }`,
  },
  {
    module: 'cacheable-request',
    standIn: `
      export class CacheError extends Error {}
      export default class { constructor() { ${complaint('The cache of answers')} } }`,
  },
  {
    module: 'cacheable-lookup',
    standIn: `export default class { constructor() { ${complaint('The cache of addresses')} } }`,
  },
  {
    module: 'node:child_process',
    by: 'commander',
    standIn: `exports.spawn = () => { ${complaint('Running other programs')} };`,
  },
];

function complaint(what: string): string {
  return `throw new Error(${JSON.stringify(`${what}: left out of this bundle`)});`;
}

/** Puts a few lines in the place of modules that are never used. */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup: (build) => {
    for (const { module, by } of leftOut)
      build.onResolve({ filter: new RegExp(`^${module}$`) }, ({ path, importer }) =>
        by === undefined || importer.includes(`/node_modules/${by}/`) ? { path, namespace } : undefined,
      );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: leftOut.find(({ module }) => module === path)?.standIn ?? '',
      loader: 'js',
    }));
  },
};
