import { Kind, type ConstDirectiveNode, type ConstValueNode } from 'graphql';
import type { Principal } from '../model/principal.ts';
import { argumentOf, type AccessFeature } from './access-directives.ts';

/** One thing a caller must have; equal rules anywhere in the schema are one and the same grant. */
export interface Grant {
  readonly index: number;
  readonly feature: AccessFeature;
  /** For logs: `@requiresScopes(a & b | c)`. */
  readonly text: string;
  readonly holds: (principal: Principal) => boolean;
}

/** All of them are needed. */
export type Requirement = ReadonlySet<Grant>;

export const noRequirement: Requirement = new Set();

/** Outer list: any of them; inner list: all of them. */
type AnyOfAll = readonly (readonly string[])[];

/** Makes one grant of equal rules. */
export interface Grants {
  readonly of: (directive: ConstDirectiveNode, feature: AccessFeature) => Grant;
  /** What nobody has: for a rule that cannot be read. */
  readonly never: Grant;
}

export function grants(): Grants {
  const byText = new Map<string, Grant>();
  const grant = (feature: AccessFeature, text: string, holds: Grant['holds']): Grant => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const made: Grant = { index: byText.size, feature, text, holds };
    byText.set(text, made);
    return made;
  };
  const never = grant('authenticated', 'a rule that cannot be read', () => false);
  return {
    never,
    of: (directive, feature) => {
      if (feature === 'authenticated')
        return grant(feature, '@authenticated', ({ kind }) => kind === 'known');
      const words = anyOfAll(argumentOf(directive, feature === 'policy' ? 'policies' : 'scopes'));
      if (words === undefined) return never;
      const text = `@${feature}(${words.map((all) => all.join(' & ')).join(' | ')})`;
      return grant(feature, text, feature === 'policy' ? hasAny(words, 'policies') : hasAny(words, 'scopes'));
    },
  };
}

/** An empty outer list is granted to nobody: it names no way to be allowed. */
const hasAny =
  (words: AnyOfAll, held: 'scopes' | 'policies') =>
  (principal: Principal): boolean =>
    principal.kind === 'known' && words.some((all) => all.every((word) => principal[held].has(word)));

/** Reads `[["a", "b"], ["c"]]` with GraphQL's list coercion; `undefined` for anything else. */
function anyOfAll(value: ConstValueNode | undefined): AnyOfAll | undefined {
  if (value === undefined) return undefined;
  const outer = value.kind === Kind.LIST ? value.values : [value];
  const words: string[][] = [];
  for (const inner of outer) {
    const all = (inner.kind === Kind.LIST ? inner.values : [inner])
      .map(wordOf)
      .filter((word) => word !== undefined);
    if (all.length !== (inner.kind === Kind.LIST ? inner.values.length : 1)) return undefined;
    words.push(all);
  }
  return words;
}

const wordOf = (value: ConstValueNode): string | undefined =>
  value.kind === Kind.STRING ? value.value : undefined;
