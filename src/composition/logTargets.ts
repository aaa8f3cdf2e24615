import type { CommandResult } from '../commands/commandResult.js';
import { errorCatalogue } from '../core/errorCatalogue.js';
import type { Log } from '../core/log.js';
import { safeText } from '../core/safeText.js';
import { describeAmbiguous } from '../core/targets.js';

type Unresolved = Pick<CommandResult, 'notFound' | 'ambiguous' | 'suggestions'>;

/** Logs the ids and names that stand for no instance, with what may have been meant. */
export function logTargets({ notFound, ambiguous, suggestions }: Unresolved, log: Log): void {
  if (notFound.length > 0) {
    const named = notFound.map((target) => {
      const nearest = suggestions.get(target);
      const shown = safeText(target);
      return nearest === undefined ? shown : `${shown} (did you mean ${nearest}?)`;
    });
    const { nextStep } = errorCatalogue.not_found;
    const line = `Not in the list of this account: ${named.join(', ')}. ${nextStep}`;
    log.error('not_found', line, { error: 'not_found', nextStep });
  }
  for (const each of ambiguous) {
    log.error('ambiguous_name', describeAmbiguous(each), {
      error: 'ambiguous_name',
      target: each.target,
      candidates: each.candidates.map(({ id }) => id).join(','),
    });
  }
}
