/** Randomness that is the same for the same seed. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number;
  /** A whole number from the first to the last, both inclusive. */
  integer(first: number, last: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** Picks by weight. */
  weighted<Value>(choices: readonly (readonly [Value, number])[]): Value;
}

/** The mulberry32 generator: small, fast, and even enough for drawing faults. */
export function createRandom(seed: number): Random {
  // Neighbouring seeds must not start alike.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;

  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (first: number, last: number): number =>
    first + Math.floor(fraction() * (last - first + 1));

  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (values) => {
      if (values.length === 0) throw new Error('There is nothing to pick from');
      return values[integer(0, values.length - 1)] as (typeof values)[number];
    },
    weighted: (choices) => {
      let left = fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new Error('There is nothing to pick from');
    },
  };
}
