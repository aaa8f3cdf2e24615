/** @throws Error when there is nothing to take the median of */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
  return (low + high) / 2;
}

/**
 * What one series is to another, run by run: the machine is faster at some times than at others, and only runs next
 * to each other saw the same.
 */
export function pairedRatios(values: readonly number[], base: readonly number[]): readonly number[] {
  return values.map((value, index) => value / (base[index] ?? NaN));
}
