/**
 * Reads a date in the form that servers send. The parser alone is lenient: it takes "-5" for a year, and no zone for that
 * of this machine.
 *
 * @returns unix ms; NaN when it is none
 */
export function httpDateMs(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : NaN;
}
