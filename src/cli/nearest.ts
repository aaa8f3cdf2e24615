import { distance } from 'fastest-levenshtein';

/** A word of which more than this part is different is more likely something else than a slip. */
const mostDifferent = 0.67;

/** The known word that was probably meant; null when none is near. */
export function nearestOf(word: string, known: readonly string[]): string | null {
  const [nearest] = known
    .map((candidate) => ({
      candidate,
      difference: differenceOf(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ difference }) => difference < mostDifferent)
    .sort((a, b) => a.difference - b.difference);
  return nearest?.candidate ?? null;
}

function differenceOf(word: string, other: string): number {
  return distance(word, other) / Math.max(word.length, other.length);
}
