/** Hues that stay apart on light and dark grounds. */
const hues = [174, 217, 32, 282, 346, 95, 199, 56, 250, 14] as const;

/** One hue for each subgraph: the same name keeps its hue from plan to plan, unless two names collide in one plan. */
export function subgraphHues(names: readonly string[]): ReadonlyMap<string, number> {
  const hueOf = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of [...names].sort()) {
    const start = hashOf(name) % hues.length;
    const inTurn = [...hues.slice(start), ...hues.slice(0, start)];
    const hue = inTurn.find((candidate) => !taken.has(candidate)) ?? inTurn[0] ?? hues[0];
    taken.add(hue);
    hueOf.set(name, hue);
  }
  return hueOf;
}

function hashOf(name: string): number {
  return Array.from(name).reduce(
    (hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003,
    7,
  );
}
