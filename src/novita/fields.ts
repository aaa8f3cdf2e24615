import * as v from 'valibot';
import { cleanText, isUnsafeText } from './cleanText.js';

/*
 * Fields of an answer, each read by one function: a list has a million of them, and schemas of schemas take several times
 * as long.
 */

/** Whatever a field holds, be it nothing; null stands for what is absent. */
export function leniently<Value>(read: (value: unknown) => Value) {
  return v.optional(v.pipe(v.unknown(), v.transform(read)), null);
}

/** The documentation has numbers as strings in some places and as numbers in others. Null when it is neither. */
export function readText(value: unknown): string | null {
  if (typeof value === 'string') return cleanText(value);
  return typeof value === 'number' && !Number.isNaN(value) ? String(value) : null;
}

export const text = v.pipe(v.unknown(), v.transform(readText), v.string());
export const textOrNull = leniently(readText);

/** An id goes back to the API as it came, so one that is not safe to show makes its row unreadable. */
export const identifier = v.pipe(v.unknown(), v.transform(readIdentifier), v.string());

function readIdentifier(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || isUnsafeText(value) ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** Null when it is no whole number of as many digits at most. */
export function readCount(value: unknown, mostDigits: number): number | null {
  const digits = readText(value);
  return digits !== null && digits.length <= mostDigits && /^\d+$/.test(digits) ? Number(digits) : null;
}

/** Unix seconds; the fields are undocumented, so milliseconds are understood as well. "0" means never. */
export const unixSecondsOrNull = leniently((value) => {
  const number = readCount(value, 14) ?? 0;
  const seconds = number >= 1e11 ? Math.floor(number / 1000) : number;
  return seconds === 0 ? null : seconds;
});
