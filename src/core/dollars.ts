/** An amount of USD, such as "$0.28", with more digits where two do not say it. */
export function formatDollars(dollars: number): string {
  const digits = [2, 3, 4].find((count) => Number(dollars.toFixed(count)) === dollars) ?? 5;
  return `$${dollars.toFixed(digits)}`;
}
