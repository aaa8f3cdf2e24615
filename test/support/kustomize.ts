import { execFileSync } from 'node:child_process';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubernetesSchema.js';

/**
 * Builds a folder as `kubectl apply -k` does.
 *
 * @param folder - absolute path
 * @returns what would be sent to the cluster
 * @throws Error with what kubectl says, if it does not build
 */
export function kustomize(folder: string): readonly KubernetesObject[] {
  const printed = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
  return parseAllDocuments(printed).map((document) => document.toJS() as KubernetesObject);
}

/** The one CronJob of a build. */
export function cronJobIn(objects: readonly KubernetesObject[]): ICronJob & KubernetesObject {
  const [found, ...others] = objects.filter(({ kind }) => kind === 'CronJob');
  if (!found || others.length > 0) throw new Error('not one CronJob');
  return found as ICronJob & KubernetesObject;
}
