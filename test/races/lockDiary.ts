interface Entry {
  readonly event: string;
  readonly pid: string;
}

/**
 * Looks for two holders at a time in what the contenders of one lock wrote down: `begin`, `beat` and `end` by
 * the holder, `kill` by whoever ended it, right before doing so.
 *
 * @returns what was wrong; empty when the lock had one holder at a time
 */
export function doubleHolders(diary: string): readonly string[] {
  const entries = diary
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => {
      const [event = '', pid = ''] = line.split(' ');
      return { event, pid };
    });
  return entries.flatMap(({ event, pid }, position) =>
    event === 'begin' ? problemsAt(entries, pid, position) : [],
  );
}

/** Each process holds the lock once at most. */
function problemsAt(entries: readonly Entry[], pid: string, position: number): readonly string[] {
  const before = entries.slice(0, position);
  const after = entries.slice(position + 1);
  const earlier = before.filter((entry) => entry.event === 'begin').map((entry) => entry.pid);
  return earlier.flatMap((holder) => {
    const isOver = before.some((entry) => entry.pid === holder && /^(end|kill)$/.test(entry.event));
    const goesOn = after.some((entry) => entry.pid === holder && entry.event !== 'kill');
    return isOver && !goesOn ? [] : [`${pid} began while ${holder} held the lock`];
  });
}
