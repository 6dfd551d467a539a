import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphql, type GraphQLSchema } from 'graphql';
import { permissions as accounts } from '../../subgraphs/accounts/src/permissions.ts';
import { guardedSchema as accountsSchema } from '../../subgraphs/accounts/src/schema.ts';
import { permissions as catalog } from '../../subgraphs/catalog/src/permissions.ts';
import { guardedSchema as catalogSchema } from '../../subgraphs/catalog/src/schema.ts';
import { permissions as inventory } from '../../subgraphs/inventory/src/permissions.ts';
import { guardedSchema as inventorySchema } from '../../subgraphs/inventory/src/schema.ts';
import { permissions as orders } from '../../subgraphs/orders/src/permissions.ts';
import { guardedSchema as ordersSchema } from '../../subgraphs/orders/src/schema.ts';
import { permissions as reviews } from '../../subgraphs/reviews/src/permissions.ts';
import { guardedSchema as reviewsSchema } from '../../subgraphs/reviews/src/schema.ts';

/** What the rule trees of all subgraphs have in common, whatever stands before them. */

interface Guarded {
  readonly permissions: object;
  readonly schema: GraphQLSchema;
  /** Asks for what needs a scope. */
  readonly needsScope: string;
}

const subgraphs: Readonly<Record<string, Guarded>> = {
  accounts: {
    permissions: accounts,
    schema: accountsSchema(),
    needsScope: '{ users { nodes { id } } }',
  },
  catalog: {
    permissions: catalog,
    schema: catalogSchema(),
    needsScope: 'mutation { setPrice(productId: "p1", amount: 1) { id } }',
  },
  inventory: {
    permissions: inventory,
    schema: inventorySchema(),
    needsScope: '{ lowStock { nodes { available } } }',
  },
  orders: { permissions: orders, schema: ordersSchema(), needsScope: '{ orders { nodes { id } } }' },
  reviews: {
    permissions: reviews,
    schema: reviewsSchema(),
    needsScope: '{ moderationQueue { nodes { id } } }',
  },
};

/** The rules of a tree, those inside others too. */
function rulesIn(tree: unknown): readonly { readonly cache: unknown }[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const inside = Object.values(tree).flatMap(rulesIn);
  return 'cache' in tree ? [tree, ...inside] : inside;
}

for (const [name, { permissions, schema, needsScope }] of Object.entries(subgraphs)) {
  describe(`the rules of ${name}`, () => {
    test('are asked for each object and argument anew', () => {
      const found = rulesIn(permissions);
      assert.ok(found.length > 0);
      assert.deepEqual(
        found.filter(({ cache }) => cache !== 'no_cache' && cache !== 'strict'),
        [],
      );
    });

    const codes = async (caller: unknown): Promise<readonly unknown[]> => {
      // Nothing but who asks: what a resolver needs is not there, and its error would be another.
      const { data, errors = [] } = await graphql({ schema, source: needsScope, contextValue: { caller } });
      assert.ok(Object.values(data ?? {}).every((value) => value === null));
      assert.doesNotMatch(JSON.stringify(errors), /canary/);
      return errors.map(({ extensions }) => extensions['code']);
    };

    test('refuse who is unknown, and who has other scopes', async () => {
      assert.deepEqual(await codes({ kind: 'anonymous' }), ['UNAUTHENTICATED']);
      const known = { kind: 'user', id: 'u1', scopes: new Set(['other']), roles: [], policies: new Set() };
      assert.deepEqual(await codes(known), ['FORBIDDEN']);
    });

    test('refuse when they break, and say nothing of why', async () => {
      const scopes = {
        has: () => {
          throw new Error('canary');
        },
      };
      assert.deepEqual(await codes({ kind: 'user', id: 'u1', scopes }), ['FORBIDDEN']);
    });
  });
}
