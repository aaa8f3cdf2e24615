import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundledPackages.js';

const introduction =
  'The program in this folder contains code of the packages below, under the licences given here.';
const licenceFile = /^(licen[cs]e|copying|notice|copyright)/i;
const rule = '='.repeat(80);

/**
 * Writes out the licences of the packages in a bundle, as most of them ask of whoever passes them on.
 *
 * @throws Error if a package comes without the text of its licence
 */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  return `${[introduction, ...packages.map(entryOf)].join(`\n\n${rule}\n`)}\n`;
}

function entryOf({ name, version, licence, folder }: BundledPackage): string {
  const files = readdirSync(folder).filter((file) => licenceFile.test(file));
  const texts = files.map((file) => withUnixLineEnds(readFileSync(join(folder, file), 'utf8')).trim());
  if (texts.every((text) => text === ''))
    throw new Error(`${name} ${version} comes without the text of its licence`);
  return `${name} ${version} (${licence})\n${rule}\n\n${texts.join('\n\n')}`;
}

function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
