import { nothingToDo } from './errorCatalogue.js';
import type { Failure } from './failure.js';
import type { InstanceResult } from './summary.js';

/** Does not say that there is nothing to do where nobody knows what became of an instance. */
export function withUnknownHint(
  failure: Failure,
  results: readonly Pick<InstanceResult, 'outcome'>[],
): Failure {
  const isUnknown = results.some(({ outcome }) => outcome === 'unknown');
  if (!isUnknown || failure.nextStep !== nothingToDo) return failure;
  const nextStep =
    'Look with "novita-spot check" at what is unknown before you do anything; a later run takes the rest.';
  return { ...failure, nextStep };
}
