const day = 86_400;

/** How long what is no longer seen is still remembered, in seconds: what comes and goes is not told each time. */
const keptFor = { instance: 7 * day, run: 3_600 } as const;

/** What earlier runs have told and are waiting for. Times are unix seconds. */
export interface NoticeMemory {
  /** When each thing that was told was last seen, by the key of its notice. */
  readonly announced: Readonly<Record<string, number>>;
  /** Of each instance that was migrated and not seen running since, when the run that did so began, by its id. */
  readonly awaited: Readonly<Record<string, number>>;
}

export const emptyMemory: NoticeMemory = { announced: {}, awaited: {} };

/** Reads what an earlier run left; null when there is nothing that can be read. */
export function readNoticeMemory(text: string): NoticeMemory | null {
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    if (typeof value !== 'object' || value === null) return null;
    const announced = readTimes(value['announced']);
    const awaited = readTimes(value['awaited']);
    return announced === null || awaited === null ? null : { announced, awaited };
  } catch {
    return null;
  }
}

function readTimes(value: unknown): Readonly<Record<string, number>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/**
 * Forgets what has not been seen for so long that it would be news again.
 *
 * @param nowSeconds - unix seconds
 */
export function forgetOld(memory: NoticeMemory, nowSeconds: number): NoticeMemory {
  const isKept = ([key, seenAt]: readonly [string, number]): boolean =>
    nowSeconds - seenAt < (key.startsWith('run_failed:') ? keptFor.run : keptFor.instance);
  return {
    announced: Object.fromEntries(Object.entries(memory.announced).filter(isKept)),
    awaited: Object.fromEntries(Object.entries(memory.awaited).filter(isKept)),
  };
}
