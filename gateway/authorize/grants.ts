import { Kind, type ConstDirectiveNode, type ConstValueNode } from 'graphql';
import type { Principal } from '../model/principal.ts';
import { argumentOf, type AccessFeature } from './access-directives.ts';

/** One thing a caller must have; equal rules anywhere in the schema are one and the same grant. */
export interface Grant {
  readonly index: number;
  readonly feature: AccessFeature;
  /** For logs: `@requiresScopes(a & b | c)`. */
  readonly text: string;
  /** The policies it names. */
  readonly policies: readonly string[];
  /** The scopes or policies as the directive has them; one empty way where it has none. */
  readonly anyOf: AnyOfAll;
  readonly verdict: (holder: Holder) => Verdict;
}

/** What a caller has. */
export interface Holder {
  readonly principal: Principal;
  /** `undefined`: nobody could say. */
  readonly policy: (name: string) => boolean | undefined;
}

/** `1` yes, `0` no, `?` could not be decided, which is no as well. */
export type Verdict = '1' | '0' | '?';

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
  /** All that were made so far. */
  readonly all: () => readonly Grant[];
}

export function grants(): Grants {
  const byText = new Map<string, Grant>();
  const grant = (rest: Omit<Grant, 'index'>): Grant => {
    const known = byText.get(rest.text);
    if (known !== undefined) return known;
    const made: Grant = { index: byText.size, ...rest };
    byText.set(rest.text, made);
    return made;
  };
  const never = grant({
    feature: 'authenticated',
    text: 'a rule that cannot be read',
    policies: [],
    anyOf: [['a rule that cannot be read']],
    verdict: () => '0',
  });
  return {
    never,
    all: () => [...byText.values()],
    of: (directive, feature) => {
      if (feature === 'authenticated' && (directive.arguments ?? []).length > 0) return never;
      if (feature === 'authenticated')
        return grant({ feature, text: '@authenticated', policies: [], anyOf: [[]], verdict: isKnown });
      const name = feature === 'policy' ? 'policies' : 'scopes';
      const words = anyOfAll(argumentOf(directive, name));
      if (words === undefined || directive.arguments?.length !== 1) return never;
      const text = `@${feature}(${words.map((all) => all.join(' & ')).join(' | ')})`;
      const anyOf = words;
      if (feature === 'policy')
        return grant({
          feature,
          text,
          policies: [...new Set(words.flat())],
          anyOf,
          verdict: byPolicies(words),
        });
      return grant({ feature, text, policies: [], anyOf, verdict: byScopes(words) });
    },
  };
}

const isKnown = ({ principal }: Holder): Verdict => (principal.kind === 'known' ? '1' : '0');

/** An empty outer list is granted to nobody: it names no way to be allowed. */
const byScopes =
  (words: AnyOfAll) =>
  ({ principal }: Holder): Verdict =>
    principal.kind === 'known' && words.some((all) => all.every((word) => principal.scopes.has(word)))
      ? '1'
      : '0';

const byPolicies =
  (words: AnyOfAll) =>
  ({ policy }: Holder): Verdict => {
    const ways = words.map((all) => all.map(policy));
    if (ways.some((way) => way.every((held) => held === true))) return '1';
    return ways.some((way) => !way.includes(false)) ? '?' : '0';
  };

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
