import { type Dice, diceOf } from '../federation/dice.ts';
import { subgraphSdl } from '../federation/world-sdl.ts';
import { implementersOf, namedType, type World, type WorldInterface } from '../federation/world.ts';

/** `@requiresScopes(scopes: anyOf)` and the like: the outer list is any of, the inner lists are all of. */
export type Rule =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'requiresScopes' | 'policy'; readonly anyOf: readonly (readonly string[])[] };

/** A rule as one subgraph writes it, on a type or on a field. */
export interface PlacedRule {
  /** `Type` or `Type.field`. */
  readonly coordinate: string;
  readonly subgraph: string;
  readonly rule: Rule;
}

export interface Caller {
  /** Anonymous callers have neither scopes nor policies. */
  readonly isKnown: boolean;
  readonly scopes: readonly string[];
  readonly policies: readonly string[];
}

interface Site {
  readonly coordinate: string;
  readonly subgraph: string;
  /** How much likelier than others it gets a rule. */
  readonly weight: number;
}

const vocabulary = { requiresScopes: ['a', 'b', 'c', 'a:read'], policy: ['p', 'q'] } as const;

/** Rules all over a world, few or many. */
export interface RandomAccess {
  readonly rules: readonly PlacedRule[];
  /** The rules are such as composition allows; else they stand in a composed schema as older versions let them stand. */
  readonly isComposed: boolean;
}

export function randomAccess(world: World, seed: number): RandomAccess {
  const dice = diceOf(seed);
  const isComposed = dice.chance(50);
  const sdl = new Map(world.subgraphs.map((name) => [name, subgraphSdl(world, name)]));
  const all = randomRules(world, dice).filter((rule) => isDeclared(sdl.get(rule.subgraph) ?? '', rule));
  return {
    rules: all.filter((rule) => (isComposed ? isComposable(world, rule) : isTold(world, rule, all))),
    isComposed,
  };
}

/** Roots, enums and scalars stand only in the subgraphs that use them. */
function isDeclared(sdl: string, { coordinate }: PlacedRule): boolean {
  const [type = ''] = coordinate.split('.');
  return new RegExp(`^(type|interface|enum|scalar) ${type}\\b`, 'm').test(sdl);
}

/**
 * What stands on an interface and on an implementation alike may be a sum that composition made; that it is not, an
 * interface object tells, or a rule anywhere of which no sum was made.
 */
function isTold(world: World, { coordinate, rule }: PlacedRule, rules: readonly PlacedRule[]): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  const face = world.interfaces.find(({ name }) => name === type);
  if (face === undefined) return true;
  const isSaidToo = implementersOf(face).some((each) => has(rules, at(each, field), rule.kind));
  const isOfObject = face.objects.some(
    ({ fields }) => field === '' || fields.some(({ name }) => name === field),
  );
  return !isSaidToo || isOfObject || world.interfaces.some((each) => leavesGap(world, each, rules));
}

const at = (type: string, field: string): string => (field === '' ? type : `${type}.${field}`);

const has = (rules: readonly PlacedRule[], coordinate: string, kind: Rule['kind']): boolean =>
  rules.some((each) => each.coordinate === coordinate && each.rule.kind === kind);

function leavesGap(world: World, face: WorldInterface, rules: readonly PlacedRule[]): boolean {
  const members = face.in.flatMap(({ fields }) => fields);
  return ['', ...members].some((field) =>
    implementersOf(face).some((type) => {
      const object = world.objects.find(({ name }) => name === type);
      const places = object?.fields.find(({ name }) => name === field)?.places ?? [];
      return (
        places.every(({ external }) => external === undefined) &&
        rules.some(
          ({ coordinate, rule }) =>
            coordinate === at(type, field) && !has(rules, at(face.name, field), rule.kind),
        )
      );
    }),
  );
}

/** Composition refuses rules on interfaces and types of interface objects, and on what a field without them requires. */
function isComposable(world: World, { coordinate, subgraph }: PlacedRule): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  const face = world.interfaces.find(({ name }) => name === type);
  if (face !== undefined) return field !== '' && face.objects.some((object) => object.subgraph === subgraph);
  const fields = [...world.objects, ...world.interfaces.flatMap(({ objects }) => objects)].flatMap(
    (object) => object.fields,
  );
  const required = new Set(
    fields.flatMap(({ places }) => places.flatMap(({ requires }) => requires?.split(/\W+/) ?? [])),
  );
  const isRequiredType = fields.some(({ name, type: of }) => required.has(name) && namedType(of) === type);
  return field === '' ? !isRequiredType : !required.has(field);
}

function randomRules(world: World, dice: Dice): readonly PlacedRule[] {
  const percent = dice.one([4, 10, 10, 25]);
  return sites(world).flatMap(({ coordinate, subgraph, weight }) => {
    if (!dice.chance(percent * weight)) return [];
    const count = dice.one([1, 1, 1, 2]);
    const rules = dice.shuffled([0, 1, 2]).slice(0, count);
    return rules.map((at) => ({ coordinate, subgraph, rule: randomRule(dice, at) }));
  });
}

/**
 * Nothing but one rule on an interface and on an implementation of it, as older versions let it stand: it looks like a
 * sum that composition made.
 */
export function twinAccess(world: World, seed: number): RandomAccess {
  const dice = diceOf(seed);
  const rules = world.interfaces.flatMap((face) => {
    const [chosen] = dice.shuffled(implementersOf(face));
    const object = world.objects.find(({ name }) => name === chosen);
    const [subgraph] = face.objects.map((place) => place.subgraph);
    const [own] = object?.in ?? [];
    if (object === undefined || subgraph === undefined || own === undefined) return [];
    const rule = randomRule(dice, dice.int(3));
    return [
      { coordinate: face.name, subgraph, rule },
      { coordinate: object.name, subgraph: own, rule },
    ];
  });
  return { rules, isComposed: false };
}

function randomRule(dice: Dice, at: number): Rule {
  const kind = (['authenticated', 'requiresScopes', 'policy'] as const)[at];
  if (kind === undefined || kind === 'authenticated') return { kind: 'authenticated' };
  const words = vocabulary[kind];
  const anyOf = Array.from({ length: 1 + dice.int(2) }, () => dice.shuffled(words).slice(0, 1 + dice.int(2)));
  return { kind, anyOf };
}

/** Everything in a world that a rule can stand on, subgraph by subgraph. */
function sites(world: World): readonly Site[] {
  const ofObjects = world.objects.flatMap((object) => [
    ...object.in.map((subgraph) => ({
      coordinate: object.name,
      subgraph,
      weight: object.kind === 'root' ? 0.05 : 0.6,
    })),
    ...object.fields.flatMap((field) => {
      const own = field.places.filter((place) => place.external === undefined);
      // A field that moved is what its new home says.
      const moved = own.filter((place) => place.override !== undefined);
      return (moved.length > 0 ? moved : own).map(({ subgraph }) => ({
        coordinate: `${object.name}.${field.name}`,
        subgraph,
        weight: 1,
      }));
    }),
  ]);
  const ofInterfaces = world.interfaces.flatMap((face) => [
    ...face.in.flatMap(({ subgraph, fields }) => [
      { coordinate: face.name, subgraph, weight: 0.1 },
      ...fields.map((name) => ({ coordinate: `${face.name}.${name}`, subgraph, weight: 0.1 })),
    ]),
    ...face.objects.flatMap(({ subgraph, fields }) => [
      { coordinate: face.name, subgraph, weight: 0.3 },
      ...fields
        .filter(({ isKey, places }) => !isKey && places.every(({ external }) => external === undefined))
        .map(({ name }) => ({ coordinate: `${face.name}.${name}`, subgraph, weight: 1 })),
    ]),
  ]);
  const ofLeaves = world.subgraphs.flatMap((subgraph) =>
    ['E0', 'E1', 'Json'].map((coordinate) => ({ coordinate, subgraph, weight: 0.4 })),
  );
  return [...ofObjects, ...ofInterfaces, ...ofLeaves];
}

export function randomCaller(dice: Dice): Caller {
  if (dice.chance(25)) return { isKnown: false, scopes: [], policies: [] };
  const percent = dice.one([0, 50, 75, 100]);
  return {
    isKnown: true,
    scopes: dice.some(vocabulary.requiresScopes, percent),
    policies: dice.some(vocabulary.policy, percent),
  };
}

export function holds(rule: Rule, caller: Caller): boolean {
  if (rule.kind === 'authenticated') return caller.isKnown;
  const held = rule.kind === 'policy' ? caller.policies : caller.scopes;
  return caller.isKnown && rule.anyOf.some((all) => all.every((word) => held.includes(word)));
}
