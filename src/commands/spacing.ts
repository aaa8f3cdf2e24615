/**
 * Lets whoever comes together go on one after the other.
 *
 * @param sleep - resolves after so many ms
 * @param gapMs - the least time between two of them, in ms
 * @returns a function that resolves when it is the caller's turn, in the order of the calls
 */
export function createSpacing(sleep: (ms: number) => Promise<void>, gapMs: number): () => Promise<void> {
  let next: Promise<void> = Promise.resolve();
  return () => {
    const turn = next;
    next = turn.then(() => sleep(gapMs));
    return turn;
  };
}
