import { idWithName } from '../core/instance.js';
import { noPrices } from '../core/price.js';
import type { CommandResult } from './commandResult.js';
import { observe, type ObserveInput } from './observe.js';

/**
 * Decides about the instances and changes nothing: what `list` and `check` stand on.
 *
 * @throws ProviderError when the instance list cannot be read
 */
export async function inspect(input: ObserveInput): Promise<CommandResult> {
  const { decisions, ...observation } = await observe(input);
  for (const { instance, verdict, reason } of decisions) {
    input.log.debug('decided', `${idWithName(instance)}: ${verdict}, ${reason}`, {
      instanceId: instance.id,
      verdict,
      reason,
    });
  }
  const results = decisions.map((decision) => ({ decision, outcome: null, attempts: 0, failure: null }));
  return { ...observation, results, settled: [], prices: noPrices, dryRun: false, failure: null };
}
