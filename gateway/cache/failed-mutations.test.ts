import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredWith, smallCache } from '../../test/gateway/small-cache.ts';
import { WeirError } from '../model/errors.ts';
import type { SubgraphAnswer } from '../model/subgraph-call.ts';

const types = `
  type Query @join__type(graph: A) { product: Product }
  type Mutation @join__type(graph: A) { set: Product payload: Payload found: Found touch: Boolean }
  type Payload @join__type(graph: A) { product: Product }
  union Found @join__type(graph: A) = Product | Payload
  type Product @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") { id: ID! price: Int }`;
const policy = 'public, max-age=60';

const failed: SubgraphAnswer = { kind: 'failed', error: new WeirError('SUBREQUEST_HTTP_ERROR', 'too late') };
const refused: SubgraphAnswer = {
  ...{ kind: 'answered', data: { set: null }, headers: {}, mayNeedEscape: false },
  errors: [{ message: 'no', path: ['set'], extensions: { code: 'BAD_USER_INPUT' } }],
};
const price =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{price}}}';
const representations = [{ __typename: 'Product', id: '1' }];

const changes: readonly (readonly [
  what: string,
  document: string,
  answer: SubgraphAnswer,
  dropped: boolean,
])[] = [
  ['failed', 'mutation{set{id}}', failed, true],
  ['has no data', 'mutation{set{id}}', answeredWith(null, undefined, ['no']), true],
  ['has an error in its place', 'mutation{set{id}}', answeredWith({ set: null }, undefined, ['no']), true],
  [
    'has an error further down',
    'mutation{payload{product{id}}}',
    answeredWith({ payload: { product: null } }, undefined, ['no']),
    true,
  ],
  ['failed, and may be of several types', 'mutation{found{__typename}}', failed, true],
  ['is a refusal', 'mutation{set{id}}', refused, false],
  ['says that there is nothing', 'mutation{set{id}}', answeredWith({ set: null }), false],
  ['returns no entity', 'mutation{touch}', failed, false],
];
for (const [what, document, answer, dropped] of changes) {
  test(`what a mutation may have changed though its answer ${what}`, async () => {
    for (const subgraph of ['a', 'b']) {
      const cache = smallCache({
        types,
        answer: (_, { operationKind }) =>
          operationKind === 'mutation' ? answer : answeredWith({ _entities: [{ price: 1 }] }, policy),
      });
      const asked = { document: price, subgraph, representations };
      await cache.ask(asked);
      await cache.change({ document });
      await cache.ask(asked);
      assert.equal(cache.calls(), dropped ? 3 : 2, subgraph);
    }
  });
}
