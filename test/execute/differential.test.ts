import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { GraphQLCompositeType, GraphQLField, GraphQLSchema } from 'graphql';
import { splitShop, wholeShop } from './shop.ts';

const shop = splitShop();
const schema = shop.apiSchema;

/** What graphql-js answers on the unsplit schema. */
function whole(query: string, variables: Record<string, unknown>): string {
  const result = execute({ schema, document: parse(query), rootValue: wholeShop, variableValues: variables });
  if (result instanceof Promise || result.errors !== undefined)
    throw new Error('The unsplit schema has errors.');
  return JSON.stringify(result.data);
}

async function assertEqualToWhole(query: string, variables: Record<string, unknown> = {}): Promise<void> {
  for (const plainRuns of [0, 5]) {
    const split = await shop.run(query, { variables, settings: { plainRuns, maxRepresentations: 2 } });
    assert.deepEqual(
      { text: split.text, errors: split.errors, problems: split.valueCompletion },
      { text: whole(query, variables), errors: [], problems: [] },
      query,
    );
  }
}

describe('split over four subgraphs the shop answers as if it were one', () => {
  for (const [name, query] of [
    ['fields of an interface object', '{ medias { id rating reviews { stars } title } }'],
    [
      'an interface object below fragments without an outer type',
      '{ medias { id ... on Book { __typename rating pages } ... on Film { rating } } }',
    ],
    ['an interface object with an outer type', '{ medias { __typename id ... on Book { rating } } }'],
    [
      'from an interface object back to the real type',
      '{ topReviews { media { __typename title ... on Book { pages shipping } ... on Film { minutes rating } } } }',
    ],
    [
      'an object fragment inside an interface fragment, without __typename',
      '{ me { ... on Actor { id ... on User { level nick } } } }',
    ],
    [
      'interfaces with members in several subgraphs',
      '{ actors { name ... on User { level shout reviews { id } } ... on Bot { level maker } } }',
    ],
    [
      'aliases that are names of keys and required fields',
      '{ users { id: name nick: id shout level email: shout } }',
    ],
    [
      'required fields of nested objects, arguments',
      '{ book(id: "m1") { shipping a: shipping(zone: "abc") weight { unit } } }',
    ],
    [
      'a deep round trip',
      '{ users { best { reviews { author { best { level reviews { media { title rating } } } } } } follows { name ... on User { level } } } }',
    ],
    ['nothing found', '{ book(id: "zzz") { title shipping reviews { id } } }'],
    [
      'one thing asked for twice in different ways',
      '{ a: users { id level } users { ...U } b: me { ...U } } fragment U on User { name level best { level ...V } } fragment V on User { shout }',
    ],
  ] as const) {
    test(name, () => assertEqualToWhole(query));
  }

  for (const yes of [true, false]) {
    test(`skipped inputs inside fragments that hold nothing else (${yes})`, () =>
      assertEqualToWhole(
        'query($yes: Boolean! $no: Boolean!) { me { ... on User @skip(if: $no) { ... on User @skip(if: $no) { level shout @skip(if: $yes) } } } }',
        { yes, no: false },
      ));

    test(`a field beside one that is skipped (${yes}) together with what it requires`, () =>
      assertEqualToWhole(
        'query($yes: Boolean!) { me { level shout @skip(if: $yes) } book(id: "m1") { ... @skip(if: $yes) { shipping } reviews { id } } }',
        { yes },
      ));
  }

  test('random operations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.boolean(), fc.boolean(), async (gen, yes, no) => {
        const root = schema.getQueryType();
        if (!root) throw new Error('The schema has no query type.');
        const query = `query($yes: Boolean! $no: Boolean!) { __typename @skip(if: $yes) @include(if: $no) ${selections(gen, root, 4)} }`;
        fc.pre(validate(schema, parse(query)).length === 0);
        await assertEqualToWhole(query, { yes, no });
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

type Gen = fc.GeneratorValue;

const chance = (gen: Gen, percent: number): boolean => gen(fc.nat, { max: 99 }) < percent;
const one = <T>(gen: Gen, of: readonly T[]): T => of[gen(fc.nat, { max: of.length - 1 })] as T;

function selections(gen: Gen, type: GraphQLCompositeType, depth: number): string {
  const count = 1 + gen(fc.nat, { max: 3 });
  const texts = Array.from({ length: count }, () => selection(gen, type, depth));
  // The planner leaves out a field of which only conditional parts are selected, even where the field itself is not.
  return texts.some((text) => text.includes('@')) ? `t: __typename ${texts.join(' ')}` : texts.join(' ');
}

function selection(gen: Gen, type: GraphQLCompositeType, depth: number): string {
  const directive = one(gen, [
    '',
    '',
    '',
    '',
    ' @skip(if: $yes)',
    ' @include(if: $no)',
    ' @include(if: $yes)',
  ]);
  if (chance(gen, 10)) return `__typename${directive}`;
  if (depth > 0 && chance(gen, 30)) {
    const inside = one(gen, related(schema, type));
    return `... on ${inside.name}${directive} { ${selections(gen, inside, depth - 1)} }`;
  }
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const leaf = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
  const usable = depth > 0 ? fields : leaf;
  return usable.length === 0
    ? `__typename${directive}`
    : fieldText(gen, one(gen, usable), { directive, depth, names: leaf.map(({ name }) => name) });
}

interface FieldText {
  readonly directive: string;
  readonly depth: number;
  readonly names: readonly string[];
}

function fieldText(
  gen: Gen,
  field: GraphQLField<unknown, unknown>,
  { directive, depth, names }: FieldText,
): string {
  const alias = chance(gen, 15) ? `${one(gen, [...names, 'constructor', '__proto__', 'other'])}: ` : '';
  const args = argumentsOf(gen, field.name);
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? ` { ${selections(gen, type, depth - 1)} }` : '';
  return `${alias}${field.name}${args}${directive}${below}`;
}

function argumentsOf(gen: Gen, name: string): string {
  if (name === 'book') return `(id: "${one(gen, ['m1', 'm2', 'm3'])}")`;
  if (name === 'topReviews') return one(gen, ['', '(first: 1)', '(first: 6)']);
  return name === 'shipping' ? one(gen, ['', '(zone: "")', '(zone: "long")']) : '';
}

/** Types a fragment may name here. */
function related(from: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  if (isObjectType(type)) return [type, ...type.getInterfaces()];
  return isAbstractType(type) ? [type, ...from.getPossibleTypes(type)] : [type];
}
