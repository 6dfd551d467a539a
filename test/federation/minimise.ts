import { type DocumentNode, Kind, parse, print, validate, visit, type ASTNode } from 'graphql';
import { type FuzzCase, faultOf } from './fuzz-case.ts';
import { composed, type Worlds } from './world-run.ts';
import type { World } from './world.ts';

export interface Counterexample {
  readonly world: World;
  readonly fuzzCase: FuzzCase;
  readonly fault: string;
}

/** The same fault with as little of operation and world as a greedy search finds necessary. */
export async function minimised(found: Counterexample): Promise<Counterexample> {
  let smallest = found;
  for (;;) {
    const before = sizeOf(smallest);
    smallest = await withSmallerOperation(smallest);
    smallest = await withSmallerWorld(smallest);
    if (sizeOf(smallest) >= before) return smallest;
  }
}

const sizeOf = ({ world, fuzzCase }: Counterexample): number =>
  JSON.stringify(world).length + fuzzCase.text.length + JSON.stringify(fuzzCase.variables).length;

/** Faults of one kind begin alike; a smaller case with another fault would be another counterexample. */
const kindOfFault = (fault: string): string =>
  (fault.split('\n')[0] ?? '')
    .replace(/^(plain|generated): /, '')
    .replace(/(is|should be|be:) .*/, '$1')
    .replace(/[\w.]*\.\w+\b|\d+/g, '#')
    .slice(0, 40);

async function sameFault(worlds: Worlds, fuzzCase: FuzzCase, fault: string): Promise<string | undefined> {
  try {
    const now = await faultOf(worlds, fuzzCase);
    return now !== undefined && kindOfFault(now) === kindOfFault(fault) ? now : undefined;
  } catch {
    return undefined;
  }
}

async function withSmallerOperation(found: Counterexample): Promise<Counterexample> {
  const worlds = composed(found.world);
  if ('refused' in worlds) return found;
  let { fuzzCase, fault } = found;
  for (let at = 0; ;) {
    const candidate = withoutPart(fuzzCase, at);
    if (candidate === undefined) return { ...found, fuzzCase, fault };
    const isValid = candidate !== 'kept' && validate(worlds.apiSchema, parse(candidate.text)).length === 0;
    const now = isValid ? await sameFault(worlds, candidate, fault) : undefined;
    if (now === undefined || candidate === 'kept') {
      at += 1;
      continue;
    }
    fuzzCase = candidate;
    fault = now;
  }
}

const removable: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
]);

/** The case without the n-th removable part of its operation; `undefined` when there are no more. */
function withoutPart(fuzzCase: FuzzCase, at: number): FuzzCase | 'kept' | undefined {
  const document = parse(fuzzCase.text, { noLocation: true });
  const counter = { left: at };
  const without: DocumentNode = visit(document, {
    enter(node: ASTNode) {
      if (!removable.has(node.kind)) return undefined;
      if (counter.left-- === 0) return null;
      const isAliased = node.kind === Kind.FIELD && node.alias !== undefined;
      return isAliased && counter.left-- === 0 ? { ...node, alias: undefined } : undefined;
    },
  });
  if (counter.left < 0) return withText(fuzzCase, without);
  const unwrapped = withoutWrapper(document, counter);
  return counter.left < 0 ? withText(fuzzCase, unwrapped) : undefined;
}

/** The document with an inline fragment replaced by what it holds: the one at which the counter runs out. */
function withoutWrapper(document: DocumentNode, counter: { left: number }): DocumentNode {
  return visit(document, {
    SelectionSet(node) {
      if (counter.left < 0) return undefined;
      const selections = node.selections.flatMap((each) => {
        const isMeant = each.kind === Kind.INLINE_FRAGMENT && counter.left-- === 0;
        return isMeant ? each.selectionSet.selections : [each];
      });
      return counter.left < 0 ? { ...node, selections } : undefined;
    },
  });
}

function withText(fuzzCase: FuzzCase, changed: DocumentNode): FuzzCase | 'kept' {
  const text = print(withoutUnused(changed));
  try {
    parse(text);
  } catch {
    return 'kept';
  }
  const variables = Object.fromEntries(
    Object.entries(fuzzCase.variables).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text)),
  );
  return { ...fuzzCase, text, variables };
}

/** Variables and fragments that nothing uses any more make an operation invalid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => void used.add(`$${node.name.value}`),
    FragmentSpread: (node) => void used.add(node.name.value),
  });
  return visit(document, {
    VariableDefinition: (node) => (used.has(`$${node.variable.name.value}`) ? undefined : null),
    FragmentDefinition: (node) => (used.has(node.name.value) ? undefined : null),
  });
}

async function withSmallerWorld(found: Counterexample): Promise<Counterexample> {
  let smallest = found;
  for (let at = 0; ;) {
    const world = withoutItem(smallest.world, at);
    if (world === undefined) return smallest;
    const smaller = await inWorld(world, smallest);
    if (smaller === undefined) at += 1;
    else smallest = smaller;
  }
}

async function inWorld(
  world: World,
  { fuzzCase, fault }: Counterexample,
): Promise<Counterexample | undefined> {
  try {
    const worlds = composed(world);
    if ('refused' in worlds || validate(worlds.apiSchema, parse(fuzzCase.text)).length > 0) return undefined;
    const now = await sameFault(worlds, fuzzCase, fault);
    return now === undefined ? undefined : { world, fuzzCase, fault: now };
  } catch {
    return undefined;
  }
}

/** The world without the n-th list item found in it, or without the n-th optional member after those. */
function withoutItem(world: World, at: number): World | undefined {
  let count = -1;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.flatMap((item: unknown) => ((count += 1) === at ? [] : [walk(item)]));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const isOptional = ['external', 'requires', 'provides', 'override', 'label', 'type', 'key'].includes(
        key,
      );
      if (isOptional && 'subgraph' in value && (count += 1) === at) return [];
      return [[key, walk(inner)] as const];
    });
    return Object.fromEntries(entries);
  };
  const smaller = walk(world) as World;
  return count < at ? undefined : smaller;
}
