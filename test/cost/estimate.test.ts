import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  buildASTSchema,
  execute,
  Kind,
  parse,
  print,
  validate,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
} from 'graphql';
import { createCosts, type OperationCost } from '../../gateway/cost/cost.ts';
import type { Operation, OperationHash } from '../../gateway/model/operation.ts';
import { diceOf, type Dice } from '../federation/dice.ts';
import { randomRequest, type RandomRequest } from './random-request.ts';
import { abstracts, randomShop, usualLength, type ListRule, type RandomShop } from './random-shop.ts';

interface Case {
  readonly shop: RandomShop;
  readonly schema: GraphQLSchema;
  readonly request: RandomRequest;
  readonly costOf: (document: DocumentNode) => OperationCost;
}

function caseOf(dice: Dice): Case {
  const shop = randomShop(dice);
  const document = parse(shop.sdl);
  const schema = buildASTSchema(document);
  const request = randomRequest(dice, shop);
  const costs = createCosts(document, schema, { listSize: usualLength });
  return {
    ...{ shop, schema, request },
    costOf: (operation) => costs.of(operationOf(operation)),
  };
}

function operationOf(document: DocumentNode): Operation {
  return { hash: '' as OperationHash, text: '', document, name: undefined, kind: 'query' };
}

/** Coerced as the gateway does: what was not given has its default, or is absent. */
const coerced = (variables: RandomRequest['variables']): Readonly<Record<string, unknown>> => ({
  m: 2,
  ...variables,
});

/** An object that a resolver gave: its type, and how long the lists in it may be. */
interface Thing {
  readonly type: string;
  readonly sizes: ReadonlyMap<string, number>;
}

/** Answers of subgraphs that keep what their schema promises, with lists as long as they may be, or shorter. */
function answer(
  { shop, schema, request }: Case,
  document: DocumentNode,
  dice: Dice,
): Readonly<Record<string, unknown>> {
  const result = execute({
    ...{ schema, document, variableValues: request.variables },
    rootValue: { type: 'Query', sizes: new Map() } satisfies Thing,
    typeResolver: (thing: Thing) => thing.type,
    fieldResolver: (source: Thing, args: Record<string, unknown>, _context, { fieldName, returnType }) => {
      const rule = shop.fields.get(source.type)?.find(({ name }) => name === fieldName)?.rule;
      const promised = lengthOf(rule, args);
      const length = source.sizes.get(fieldName) ?? promised;
      const below = sizesBelow(rule, promised, { source, fieldName });
      return valueOf(String(returnType), { dice, length, below });
    },
  });
  assert.ok(!(result instanceof Promise));
  assert.deepEqual(result.errors ?? [], []);
  return result.data ?? {};
}

function lengthOf(rule: ListRule | undefined, args: Record<string, unknown>): number {
  const otherwise = rule?.assumed ?? usualLength;
  const input = args['in'] as { readonly first?: unknown } | null | undefined;
  const given = rule?.by === 'first' ? args['first'] : rule?.by === 'in.first' ? input?.first : undefined;
  return typeof given === 'number' && given >= 0 ? given : otherwise;
}

function sizesBelow(
  rule: ListRule | undefined,
  promised: number,
  { source, fieldName }: { readonly source: Thing; readonly fieldName: string },
): ReadonlyMap<string, number> {
  if (rule !== undefined && rule.sizes.length > 0) return new Map(rule.sizes.map((path) => [path, promised]));
  const inner = [...source.sizes].filter(([path]) => path.startsWith(`${fieldName}.`));
  return new Map(inner.map(([path, size]) => [path.slice(fieldName.length + 1), size]));
}

interface Making {
  readonly dice: Dice;
  readonly length: number;
  readonly below: ReadonlyMap<string, number>;
}

function valueOf(type: string, making: Making): unknown {
  const { dice, length, below } = making;
  if (dice.chance(4)) return null;
  if (type.startsWith('[')) {
    const most = Math.min(length, 6);
    const items = dice.chance(70) ? most : dice.int(most + 1);
    return Array.from({ length: items }, () =>
      valueOf(type.slice(1, -1), { ...making, length: usualLength }),
    );
  }
  if (type === 'Int') return 1;
  if (type === 'Blob') return 'blob';
  if (type === 'Tag') return 'X';
  return { type: dice.one(abstracts[type] ?? [type]), sizes: below } satisfies Thing;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('an answer that keeps what its schema promises never costs more than was estimated', () => {
  let dear = 0;
  const property = fc.property(seeds, (seed) => {
    const dice = diceOf(seed);
    const one = caseOf(dice);
    const document = parse(one.request.text, { noLocation: true });
    assert.deepEqual(validate(one.schema, document).map(String), []);
    const variables = coerced(one.request.variables);
    const cost = one.costOf(document);
    const estimated = cost.estimate(variables).cost;
    const count = cost.counting((node) => (node.alias ?? node.name).value);
    const actual = count(answer(one, document, dice), variables);
    if (actual > 10) dear += 1;
    assert.ok(
      actual <= estimated,
      `${String(actual)} > ${String(estimated)}\n${one.shop.sdl}\n${print(document)}\n${JSON.stringify(variables)}`,
    );
  });
  fc.assert(property, { numRuns: 250 });
  assert.ok(dear > 50, `only ${String(dear)} of the answers cost anything`);
});

/** The same operation, written in another way. */
const rewritings: Readonly<Record<string, (document: DocumentNode) => DocumentNode>> = {
  'fragments inlined': inlined,
  'aliases renamed': (document) =>
    visit(document, {
      Field: (node) =>
        node.alias === undefined
          ? undefined
          : { ...node, alias: { ...node.alias, value: `z${node.alias.value}` } },
    }),
  'fields reordered': (document) =>
    visit(document, {
      SelectionSet: { leave: (node) => ({ ...node, selections: [...node.selections].reverse() }) },
    }),
};

function inlined(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const written = (inner: DocumentNode): DocumentNode =>
    visit(inner, {
      FragmentSpread: ({ name, directives = [] }): InlineFragmentNode => {
        const { typeCondition, selectionSet } = fragments.get(name.value) ?? assert.fail();
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
      },
    });
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  let whole: DocumentNode = { ...document, definitions: operations };
  while (print(whole).includes('...F')) whole = written(whole);
  return whole;
}

for (const [how, rewrite] of Object.entries(rewritings)) {
  test(`the estimate is the same with ${how}`, () => {
    let different = 0;
    const property = fc.property(seeds, (seed) => {
      const one = caseOf(diceOf(seed));
      const document = parse(one.request.text, { noLocation: true });
      const other = rewrite(document);
      if (print(other) !== print(document)) different += 1;
      const variables = coerced(one.request.variables);
      assert.deepEqual(
        one.costOf(other).estimate(variables),
        one.costOf(document).estimate(variables),
        `${one.shop.sdl}\n${print(document)}`,
      );
    });
    fc.assert(property, { numRuns: 120 });
    assert.ok(different > 80);
  });
}
