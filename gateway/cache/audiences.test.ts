import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mockAnswer } from '../../test/gateway/mock-answer.ts';
import {
  answeredWith,
  smallCache,
  smallSchema,
  type Asker,
  type SmallAsk,
} from '../../test/gateway/small-cache.ts';

/** Product is known to both subgraphs, everything else to the first alone. */
const types = `
  type Query @join__type(graph: A) @join__type(graph: B) {
    product: Product @join__field(graph: A)
    me: User @join__field(graph: A)
    node: Node @join__field(graph: A) @cacheControl(maxAge: 60)
    any: Any @join__field(graph: A) @cacheControl(maxAge: 60)
    open: Open @join__field(graph: A) @cacheControl(maxAge: 60)
    hers: Hers @join__field(graph: A) @cacheControl(maxAge: 60)
    moved: String @join__field(graph: A, override: "b") @cacheControl(maxAge: 60)
    both: String @join__field(graph: A) @join__field(graph: B) @cacheControl(maxAge: 60)
    offer: Product @join__field(graph: A) @cacheControl(maxAge: 60)
    greeting: String @join__field(graph: A) @cacheControl(maxAge: 60)
    page: Page @join__field(graph: A)
  }
  interface Node @join__type(graph: A) { id: ID! owner: String @cacheControl(scope: PRIVATE) name: String }
  type Open implements Node @join__type(graph: A) { id: ID! owner: String name: String }
  type Secret implements Node @join__type(graph: A) @cacheControl(scope: PRIVATE) {
    id: ID! owner: String name: String
  }
  union Any @join__type(graph: A) = Open | Hers
  type Hers @join__type(graph: A) @cacheControl(scope: PRIVATE) { x: String }
  type Page @join__type(graph: A) @cacheControl(inheritMaxAge: true) { open: Open @cacheControl(maxAge: 60) }
  type User @join__type(graph: A, key: "id") { id: ID! name: String }
  type Product @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") @cacheControl(maxAge: 60) {
    id: ID!
    price: Int @join__field(graph: A) @join__field(graph: B, external: true) @cacheControl(maxAge: 60)
    note: String @join__field(graph: B)
  }`;

const note =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{note}}}';
const representations = [{ __typename: 'Product', id: '1' }];

interface Told {
  readonly cacheControl?: string;
  readonly times?: Readonly<Record<string, number>>;
}

const schema = smallSchema(types);

/** The one that is told from all others stands where it can. */
const choose = (possible: readonly string[]): string =>
  possible.find((name) => name === 'Secret' || name === 'Hers') ?? possible[0] ?? '';

const answerTo = ({ document, representations: wanted }: SmallAsk, text = 'x') =>
  mockAnswer({ schema, text, choose }, document, wanted);

/** Who is given whose answer, when ann, bob, and two callers without a name ask in turn. */
async function givenTo(one: SmallAsk, { cacheControl, times = {} }: Told = {}): Promise<readonly Asker[]> {
  const cache = smallCache({
    ...{ types, all: { types: times } },
    answer: (by) => answeredWith(answerTo(one, by), cacheControl),
  });
  const seen: Asker[] = [];
  for (const by of ['ann', 'bob', 'nobody', 'ann', 'bob', 'nobody'] as const)
    seen.push(/ann|bob|nobody/.exec(JSON.stringify(await cache.ask({ ...one, by })))?.[0] as Asker);
  return seen;
}

const each = ['ann', 'bob', 'nobody', 'ann', 'bob', 'nobody'];
const everybodys = each.map(() => 'ann');

const cases: readonly (readonly [what: string, asked: SmallAsk, told: Told, expected: readonly string[]])[] =
  [
    ['the schema speaks of all of it', { document: '{open{id}}' }, {}, everybodys],
    [
      'a time by type does not make public what nobody spoke of',
      { document: '{product{id} me{name}}' },
      { times: { Product: 60_000, User: 60_000 } },
      each,
    ],
    ['a type that two subgraphs know', { document: note, subgraph: 'b', representations }, {}, each],
    [
      'the same, where the subgraph says so itself',
      { document: note, subgraph: 'b', representations },
      { cacheControl: 'public, max-age=60' },
      everybodys,
    ],
    ['a private type behind an interface', { document: '{node{id ...on Secret{name}}}' }, {}, each],
    ['a private type in a union', { document: '{any{...on Hers{x}}}' }, {}, each],
    ['a private type of a field with a time', { document: '{hers{x}}' }, {}, each],
    ['a private field of the interface', { document: '{open{owner}}' }, {}, each],
    ['a field with a time, of a type that two subgraphs know', { document: '{offer{id}}' }, {}, each],
    ['a field that two subgraphs have', { document: '{both}' }, {}, each],
    ['a field that was taken over', { document: '{moved}' }, {}, each],
    ['a scalar', { document: '{greeting}' }, {}, everybodys],
    ['a field below that two subgraphs know', { document: '{open{id} product{id}}' }, {}, each],
  ];
for (const [what, asked, told, expected] of cases) {
  test(`who is given an answer: ${what}`, async () => {
    assert.deepEqual(await givenTo(asked, told), expected);
  });
}

/** Whether an answer is kept, and for how many seconds. */
async function keptFor(one: SmallAsk, { cacheControl, times = {} }: Told): Promise<number> {
  const cache = smallCache({
    ...{ types, all: { types: times } },
    answer: () => answeredWith(answerTo(one), cacheControl),
  });
  await cache.ask(one);
  for (const seconds of [0, 10, 60, 90]) {
    cache.clock.now = 1_000_000 + seconds * 950;
    await cache.ask(one);
    if (cache.calls() > 1) return seconds;
  }
  return Infinity;
}

const lifetimes: readonly (readonly [what: string, document: string, told: Told, seconds: number])[] = [
  ['a field’s hint', '{open{id}}', {}, 60],
  ['a time by type, of the only field', '{product{id}}', { times: { Product: 10_000 } }, 10],
  [
    'the same, longer than the subgraph says',
    '{me{id}}',
    { cacheControl: 'max-age=10', times: { User: 60_000 } },
    60,
  ],
  [
    'a time by type does not speak for other fields',
    '{product{id} greeting}',
    { cacheControl: 'max-age=0', times: { Product: 60_000 } },
    0,
  ],
  ['nor where nobody else speaks', '{product{id} me{id}}', { times: { Product: 60_000 } }, 0],
  ['a type of 0 seconds inside', '{page{open{id}}}', { cacheControl: 'max-age=60', times: { Open: 0 } }, 0],
  ['a type of 0 seconds behind an interface', '{node{id}}', { times: { Secret: 0, Node: 60_000 } }, 0],
  ['a type of 0 seconds in a union', '{any{...on Open{id}}}', { times: { Hers: 0, Any: 60_000 } }, 0],
  ['an interface of 0 seconds', '{open{id}}', { times: { Node: 0, Open: 60_000 } }, 0],
  [
    'a type inside that is kept for less',
    '{page{open{id}}}',
    { cacheControl: 'max-age=60', times: { Open: 10_000 } },
    10,
  ],
  ['a type that inherits, at the top', '{page{open{id}}}', {}, 0],
];
for (const [what, document, told, seconds] of lifetimes) {
  test(`how long: ${what}`, async () => {
    assert.equal(await keptFor({ document, by: 'ann' }, told), seconds);
  });
}

test('a hint on another subgraph’s field says nothing of how long this one’s answer holds', async () => {
  const price = note.replace('note', 'price');
  const documentOf = (fields: string) => price.replace('price', fields);
  assert.equal(
    await keptFor({ document: documentOf('price'), subgraph: 'a', by: 'ann', representations }, {}),
    60,
  );
  const cacheControl = 'max-age=90';
  // It can only be shorter.
  assert.equal(
    await keptFor({ document: price, subgraph: 'b', by: 'ann', representations }, { cacheControl }),
    60,
  );
});
