import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The licence that the package declares, such as `MIT`. */
  readonly licence: string;
  /** Absolute path of the folder that it is installed in. */
  readonly folder: string;
}

const fileInPackage = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * Finds the packages whose code is in a bundle.
 *
 * @param metafile - esbuild's description of the bundle
 * @param projectFolder - what the paths in it are relative to
 * @returns the packages, by name
 * @throws Error if one of them does not say its name, version and licence
 */
export function bundledPackages(metafile: Metafile, projectFolder: string): readonly BundledPackage[] {
  const folders = bundledFiles(metafile).flatMap((path) => fileInPackage.exec(path)?.[1] ?? []);
  return [...new Set(folders)]
    .map((folder) => readPackage(join(projectFolder, folder)))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** @returns the files of which at least a part is in the bundle, by their paths from the project's folder */
export function bundledFiles({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
}

function readPackage(folder: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license: licence } = manifest;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof licence !== 'string')
    throw new Error(`${folder}/package.json lacks a name, a version or a licence`);
  return { name, version, licence, folder };
}
