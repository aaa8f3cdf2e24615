import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The folder of the Kubernetes manifests. */
export const manifests = new URL('../../deploy/kubernetes/', import.meta.url);

/** Reads one YAML file of it as Kubernetes does: by YAML 1.1, in which 0440 is octal. */
export function readManifest(path: string): unknown {
  return parse(readFileSync(new URL(path, manifests), 'utf8'), { version: '1.1' });
}
