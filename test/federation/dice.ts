/** Decisions of a generator; the same seed makes the same ones. */
export interface Dice {
  /** 0 to `below` - 1. */
  readonly int: (below: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** Some of them, in their order; each with the given chance. */
  readonly some: <T>(of: readonly T[], percent: number) => readonly T[];
  readonly shuffled: <T>(of: readonly T[]) => readonly T[];
}

/** Dice over mulberry32: small, fast, and good enough to choose test cases. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const chance = (percent: number): boolean => next() * 100 < percent;
  const one = <T>(of: readonly T[]): T => {
    const chosen = of[int(of.length)];
    if (of.length === 0) throw new Error('There is nothing to choose from.');
    return chosen as T;
  };
  const shuffled = <T>(of: readonly T[]): readonly T[] =>
    of
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return { int, chance, one, some: (of, percent) => of.filter(() => chance(percent)), shuffled };
}

/** A number for any text, well spread (FNV-1a). */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
