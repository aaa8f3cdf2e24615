import { distance } from 'fastest-levenshtein';

/** A word of which more than this part is different is more likely something else than a slip. */
const mostDifferentWord = 0.67;
/** There may be thousands of names, and one of them is always near. */
const mostDifferentName = 0.4;

/** The name of an instance that was probably meant; null when none is near. */
export function nearestNameOf(name: string, known: readonly string[]): string | null {
  return nearestOf(name, known, mostDifferentName);
}

/** The known word that was probably meant; null when none is near. */
export function nearestOf(
  word: string,
  known: readonly string[],
  mostDifferent = mostDifferentWord,
): string | null {
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
