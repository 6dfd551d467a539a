/** A source of numbers that look random and are the same in every run. */
export interface Random {
  /** A whole number from 0 to `below - 1`. */
  below(limit: number): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** True in about `percent` of 100 calls. */
  chance(percent: number): boolean;
}

/** Numbers that depend on the seeds alone, for example on the kind of a thing and its number (mulberry32). */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) >>> 0, 0x2545f491);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T, // below() stays within the list
    chance: (percent) => next() * 100 < percent,
  };
}
