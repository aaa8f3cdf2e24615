import { createRequire } from 'node:module';
import type { isatty } from 'node:tty';
import type { crc32 } from 'node:zlib';

interface LateModules {
  readonly 'node:tty': { readonly isatty: typeof isatty };
  readonly 'node:zlib': { readonly crc32: typeof crc32 };
}

/** A module of node that takes a good part of a short start to load, and that not every run needs. */
export function builtInLate<Name extends keyof LateModules>(name: Name): LateModules[Name] {
  return createRequire(import.meta.url)(name) as LateModules[Name];
}
