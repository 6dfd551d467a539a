import { withGatheredRules } from '../../schema/compose/gathered-rules.ts';
import { composed, type Worlds } from '../federation/world-run.ts';
import type { World } from '../federation/world.ts';
import { enforcedFeatures } from '../../gateway/authorize/authorize.ts';
import { subgraphWithRules, supergraphWithRules } from './access-sdl.ts';
import { NaiveChecker } from './naive-checker.ts';
import type { RandomAccess } from './random-access.ts';

/** A world in which not everything is for everyone. */
export interface AccessWorld extends RandomAccess {
  /** Its plans are remembered: many callers ask the same. */
  readonly worlds: Worlds;
  readonly checker: NaiveChecker;
}

/** Stands in every text of a field that is no key. Such as a header can hold. */
export const canaryOf = (typeName: string, field: string): string => `<${typeName}.${field}>`;

/** A world with its rules: written into the subgraphs, or into what was composed without them. */
export function accessWorld(world: World, access: RandomAccess): AccessWorld | { readonly refused: string } {
  const { rules, isComposed } = access;
  const worlds = composed(world, {
    enforced: enforcedFeatures,
    canary: canaryOf,
    ...(isComposed
      ? {
          toSubgraph: (sdl, subgraph) => subgraphWithRules(sdl, subgraph, rules),
          toSupergraph: withGatheredRules,
        }
      : { toSupergraph: (sdl) => supergraphWithRules(sdl, rules) }),
  });
  if ('refused' in worlds) return worlds;
  const checker = new NaiveChecker({ world, schema: worlds.apiSchema, rules, gathers: isComposed });
  return { ...access, worlds: remembering(worlds), checker };
}

function remembering(worlds: Worlds): Worlds {
  const plans = new Map<string, ReturnType<Worlds['plan']>>();
  const plan: Worlds['plan'] = (asked) => {
    const key = JSON.stringify(asked);
    const known = plans.get(key) ?? worlds.plan(asked);
    plans.set(key, known);
    return known;
  };
  return { ...worlds, plan };
}
