import * as v from 'valibot';
import { cleanText, isUnsafeText } from './cleanText.js';

/** The documentation has numbers as strings in some places and as numbers in others. */
export const text = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => cleanText(String(value))),
);
export const textOrNull = v.fallback(v.nullish(text, null), null);

/** An id goes back to the API as it came, so one that is not safe to show makes its row unreadable. */
export const identifier = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.nonEmpty(),
  v.check((id) => !isUnsafeText(id)),
);

/** Unix seconds; the fields are undocumented, so milliseconds are understood as well. "0" means never. */
export const unixSecondsOrNull = v.pipe(
  textOrNull,
  v.transform((value) => {
    const number = value !== null && /^\d{1,14}$/.test(value) ? Number(value) : 0;
    const seconds = number >= 1e11 ? Math.floor(number / 1000) : number;
    return seconds === 0 ? null : seconds;
  }),
);
