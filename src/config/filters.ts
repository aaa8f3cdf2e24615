import type { Exclusion } from '../core/decisionTable.js';
import type { Instance } from '../core/instance.js';
import { compileNamePattern } from './namePattern.js';

type FilteredInstance = Pick<Instance, 'id' | 'name'>;

export interface Filter {
  /** Name patterns or exact ids; empty for every instance. */
  readonly include: readonly string[];
  /** Name patterns or exact ids; wins over include. */
  readonly exclude: readonly string[];
}

/**
 * Compiles the include and exclude lists.
 *
 * @returns tells which of them leaves an instance out; null when none does
 * @throws Error for an item that is not a usable pattern, which a loaded Config never holds
 */
export function compileFilter({
  include,
  exclude,
}: Filter): (instance: FilteredInstance) => Exclusion | null {
  const includedBy = compileList(include);
  const excludedBy = compileList(exclude);
  return (instance) => {
    const pattern = excludedBy(instance);
    if (pattern !== null) return { variable: 'MIGRATION_EXCLUDE', pattern };
    const isLeftOut = include.length > 0 && includedBy(instance) === null;
    return isLeftOut ? { variable: 'MIGRATION_INCLUDE', pattern: null } : null;
  };
}

/** Finds the item that an instance matches. */
function compileList(items: readonly string[]): (instance: FilteredInstance) => string | null {
  const ids = new Set(items);
  const patterns = items.map((item) => ({ item, matches: compileNamePattern(item) }));
  return ({ id, name }) => (ids.has(id) ? id : (patterns.find(({ matches }) => matches(name))?.item ?? null));
}
