import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { buildSchema, execute, getNamedType, isListType, isNonNullType, parse, validate } from 'graphql';
import type { GraphQLOutputType, GraphQLSchema } from 'graphql';
import { ran, rootFetch } from './hand-made.ts';

const objectNames = ['A', 'B', 'C'] as const;
const leaves = ['String', 'Int', 'Float', 'Boolean', 'ID', 'E', 'J'] as const;
const composites = [...objectNames, 'I', 'U'] as const;
/** Aliases stand for one field each, so that all selections can be merged; some are what every object inherits. */
const aliases = ['x0', 'toString', '__proto__', 'constructor', 'valueOf', 'x5', 'x6', 'x7'];
const fieldCount = aliases.length;

type Gen = fc.GeneratorValue;

interface Picked {
  readonly kind: 'field' | 'typename' | 'on';
  readonly field: number;
  readonly isAliased: boolean;
  readonly on: string;
  readonly directive: string;
  readonly below: readonly Picked[];
}

const wraps = ['', '!', '[]', '[]!', '[!]', '[!]!', '[[!]!]', '[[]]'];

function wrapped(name: string, wrap: string): string {
  const inner = wrap.replace(/!$/, '');
  const outer = wrap.endsWith('!') && wrap !== '!' ? '!' : '';
  if (wrap === '!') return `${name}!`;
  if (inner === '') return name;
  const content = inner.slice(1, -1);
  return `[${wrapped(name, content)}]${outer}`;
}

// The generator's own type gives `any` for a spread of values.
const one = <T>(gen: Gen, of: readonly T[]): T => gen(fc.constantFrom, ...of) as T;
const chance = (gen: Gen, percent: number): boolean => gen(fc.nat, { max: 99 }) < percent;

function randomSchema(gen: Gen): GraphQLSchema {
  const fields = Array.from({ length: fieldCount }, (_, index) => {
    const name = index < 4 ? one(gen, leaves) : one(gen, chance(gen, 70) ? composites : leaves);
    return `f${String(index)}: ${wrapped(name, one(gen, wraps))}`;
  }).join(' ');
  return buildSchema(`
    scalar J enum E { RED GREEN }
    interface I { ${fields} } union U = A | B
    ${objectNames.map((name) => `type ${name} implements I { ${fields} }`).join('\n')}
    type Query { ${fields} }
  `);
}

const conditions = [
  '',
  '',
  '',
  ' @skip(if: $yes)',
  ' @include(if: $no)',
  ' @include(if: $yes)',
  ' @skip(if: $no)',
];

function randomSelections(
  gen: Gen,
  { schema, on, depth }: { schema: GraphQLSchema; on: string; depth: number },
): Picked[] {
  const count = 1 + gen(fc.nat, { max: 3 });
  return Array.from({ length: count }, (): Picked => {
    const base = {
      field: gen(fc.nat, { max: fieldCount - 1 }),
      isAliased: chance(gen, 30),
      directive: one(gen, conditions),
    };
    if (chance(gen, 15)) return { ...base, kind: 'typename', on, below: [] };
    if (depth > 0 && on !== 'Query' && chance(gen, 25)) {
      const inside = one(gen, fragmentsOn(on));
      return {
        ...base,
        kind: 'on',
        on: inside,
        below: randomSelections(gen, { schema, on: inside, depth: depth - 1 }),
      };
    }
    const type = getNamedType(
      schema.getQueryType()?.getFields()[`f${String(base.field)}`]?.type ?? undefined,
    );
    const name = type?.name ?? '';
    if (on !== 'U' && !(composites as readonly string[]).includes(name))
      return { ...base, kind: 'field', on, below: [] };
    if (depth === 0 || on === 'U') return { ...base, kind: 'typename', on, below: [] };
    return {
      ...base,
      kind: 'field',
      on,
      below: randomSelections(gen, { schema, on: name, depth: depth - 1 }),
    };
  });
}

function fragmentsOn(on: string): readonly string[] {
  if (on === 'I' || on === 'U') return composites.filter((name) => on === 'I' || name !== 'C');
  return on === 'C' ? ['C', 'I'] : [on, 'I', 'U'];
}

function printed(selections: readonly Picked[]): string {
  return selections.map((selection) => printedOne(selection)).join(' ');
}

function printedOne({ kind, field, isAliased, on, directive, below }: Picked): string {
  if (kind === 'typename') return `${isAliased ? 't: ' : ''}__typename${directive}`;
  if (kind === 'on') return `... on ${on}${directive} { ${printed(below)} }`;
  const alias = isAliased ? `${aliases[field] ?? ''}: ` : '';
  return `${alias}f${String(field)}${directive}${below.length > 0 ? ` { ${printed(below)} }` : ''}`;
}

interface Faults {
  /** Chance in percent that a value is not what the schema promises. */
  readonly percent: number;
}

/** Data for everything selected, whatever its type: keys of other types do no harm. */
function randomObject(
  gen: Gen,
  { schema, below, faults }: { schema: GraphQLSchema; below: readonly Picked[]; faults: Faults },
): object {
  const data: Record<string, unknown> = {};
  for (const selection of flat(below)) {
    const type = schema.getQueryType()?.getFields()[`f${String(selection.field)}`]?.type;
    const key = selection.isAliased ? (aliases[selection.field] ?? '') : `f${String(selection.field)}`;
    if (type === undefined || Object.hasOwn(data, key)) continue;
    const all = flat(below).filter(
      (other) => other.field === selection.field && other.isAliased === selection.isAliased,
    );
    const value = randomValue(gen, { schema, type, below: all.flatMap((other) => other.below), faults });
    if (value !== undefined)
      Object.defineProperty(data, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return data;
}

const flat = (selections: readonly Picked[]): readonly Picked[] =>
  selections.flatMap((selection) =>
    selection.kind === 'on' ? flat(selection.below) : selection.kind === 'field' ? [selection] : [],
  );

interface Value {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLOutputType;
  readonly below: readonly Picked[];
  readonly faults: Faults;
}

function randomValue(gen: Gen, value: Value): unknown {
  const { type, faults } = value;
  if (chance(gen, faults.percent)) return one(gen, [null, undefined, {}, [], 'odd', 0.5]);
  if (isNonNullType(type)) return randomValue(gen, { ...value, type: type.ofType as GraphQLOutputType });
  if (chance(gen, 10)) return faults.percent > 0 && chance(gen, 50) ? undefined : nullFor(value);
  return randomPresent(gen, value);
}

/** A null where null is allowed; asked for below a non-null type it is a fault, which only faulty data has. */
const nullFor = ({ faults }: Value): null | undefined => (faults.percent > 0 ? null : undefined);

function randomPresent(gen: Gen, value: Value): unknown {
  const { type, schema, below, faults } = value;
  if (isListType(type)) {
    const item = type.ofType as GraphQLOutputType;
    return Array.from(
      { length: gen(fc.nat, { max: 3 }) },
      () => randomValue(gen, { ...value, type: item }) ?? null,
    );
  }
  switch (getNamedType(type).name) {
    case 'String':
    case 'ID':
      return gen(fc.string, { unit: 'binary', maxLength: 5 });
    case 'Int':
      return gen(fc.integer);
    case 'Float':
      return gen(fc.double, { noNaN: true, noDefaultInfinity: true });
    case 'Boolean':
      return gen(fc.boolean);
    case 'E':
      return one(gen, ['RED', 'GREEN']);
    case 'J':
      return gen(fc.jsonValue, { maxDepth: 2 });
    default: {
      const name = getNamedType(type).name;
      const possible = name === 'I' ? objectNames : name === 'U' ? (['A', 'B'] as const) : [name];
      return { __typename: one(gen, possible), ...randomObject(gen, { schema, below, faults }) };
    }
  }
}

interface Case {
  readonly schema: GraphQLSchema;
  readonly query: string;
  readonly body: string;
}

function randomCase(gen: Gen, faults: Faults): Case {
  const schema = randomSchema(gen);
  const selections = randomSelections(gen, { schema, on: 'Query', depth: 4 });
  const data = randomObject(gen, { schema, below: selections, faults });
  return {
    schema,
    query: `query($yes: Boolean! $no: Boolean!) { f0 @skip(if: $yes) @include(if: $no) ${printed(selections)} }`,
    body: JSON.stringify({ data }),
  };
}

const variables = { yes: true, no: false };

const answered = ({ schema, query, body }: Case, plainRuns: number): ReturnType<typeof ran> =>
  ran({ schema, query, plan: rootFetch(query), answers: [body], variables, settings: { plainRuns } });

/** graphql-js over the same data, reading response keys; the reference for what completion must give. */
function reference({ schema, query, body }: Case): { data: unknown; hasErrors: boolean } {
  const { data } = JSON.parse(body) as { data: unknown };
  const result = execute({
    schema,
    document: parse(query),
    rootValue: data,
    variableValues: variables,
    fieldResolver: (source: object, _args, _context, info) => {
      const value: unknown = Object.getOwnPropertyDescriptor(source, info.path.key)?.value;
      return value;
    },
    typeResolver: (value: { __typename?: string }) => value.__typename,
  });
  if (result instanceof Promise) throw new Error('A resolver was asynchronous.');
  return { data: result.data, hasErrors: (result.errors ?? []).length > 0 };
}

describe('random schemas, operations and data', () => {
  const runs = 120;

  test('sound data: generated code, plain completion and graphql-js give the same response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const made = randomCase(gen, { percent: 0 });
        assert.deepEqual(validate(made.schema, parse(made.query)), []);
        const fast = await answered(made, 0);
        const plain = await answered(made, Infinity);
        assert.deepEqual({ ...fast, calls: [] }, { ...plain, calls: [] });
        const expected = reference(made);
        assert.equal(fast.data, JSON.stringify(expected.data));
        assert.equal(fast.valueCompletion.length > 0, expected.hasErrors);
      }),
      { numRuns: runs, seed: 1 },
    );
  });

  test('faulty data: generated code and plain completion give the same response', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const made = randomCase(gen, { percent: 4 });
        const fast = await answered(made, 0);
        const plain = await answered(made, Infinity);
        assert.deepEqual({ ...fast, calls: [] }, { ...plain, calls: [] });
      }),
      { numRuns: runs, seed: 2 },
    );
  });
});
