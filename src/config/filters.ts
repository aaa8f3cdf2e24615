import { compileNamePattern } from './namePattern.js';

export interface Filter {
  /** Name patterns or exact ids; empty for every instance. */
  readonly include: readonly string[];
  /** Name patterns or exact ids; wins over include. */
  readonly exclude: readonly string[];
}

/**
 * Compiles the include and exclude lists.
 *
 * @returns tells whether an instance is left out: true means EXCLUDED
 * @throws Error for an item that is not a usable pattern, which a loaded Config never holds
 */
export function compileFilter({
  include,
  exclude,
}: Filter): (instance: { readonly id: string; readonly name: string }) => boolean {
  const isIncluded = compileList(include);
  const isExcluded = compileList(exclude);
  return (instance) => isExcluded(instance) || (include.length > 0 && !isIncluded(instance));
}

function compileList(items: readonly string[]): (instance: { id: string; name: string }) => boolean {
  const ids = new Set(items);
  const patterns = items.map(compileNamePattern);
  return ({ id, name }) => ids.has(id) || patterns.some((matches) => matches(name));
}
