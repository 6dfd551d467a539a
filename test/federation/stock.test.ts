import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { splitShop } from '../execute/shop.ts';
import { stockGateway } from './stock.ts';

const shop = splitShop();
const stock = await stockGateway(shop);

/** Operations that stock plans and executes rightly; where it does not, `directives.test.ts` says what is right. */
const operations: readonly (readonly [string, Record<string, unknown>?])[] = [
  ['{ me { id name nick } }'],
  ['{ me { level shout } }'],
  ['{ users { name level best { name level best { id email } } } }'],
  ['{ users { reviews { stars body } } }'],
  ['{ users { best { reviews { id author { level } } } } }'],
  ['{ actors { name ... on User { level nick } ... on Bot { maker level } } }'],
  ['{ actors { __typename id } }'],
  ['{ actors { ... on User { __typename follows { __typename name } } } }'],
  ['{ book(id: "m1") { title pages shipping weight { grams unit } } }'],
  ['query ($id: ID!, $zone: String) { book(id: $id) { shipping(zone: $zone) } }', { id: 'm2', zone: 'far' }],
  ['{ book(id: "nothing") { title shipping } }'],
  ['{ medias { id title rating } }'],
  ['{ medias { title reviews { stars } } }'],
  ['{ topReviews { stars author { name level } } }'],
  ['query ($first: Int = 2) { topReviews(first: $first) { id } }'],
  ['{ topReviews(first: 6) { media { title } author { best { name } } } }'],
  ['query ($yes: Boolean!) { me { id level @include(if: $yes) shout @skip(if: $yes) } }', { yes: false }],
  ['{ a: me { name } b: me { n: name l: level } }'],
  [
    '{ me { ...A } users { ...A } } fragment A on User { name level ...B } fragment B on User { best { shout } }',
  ],
  ['{ __typename me { __typename id } }'],
  ['query A { me { id } }'],
];

describe('answers are those of stock @apollo/gateway where it is right', () => {
  for (const [text, variables = {}] of operations) {
    test(`${text} ${Object.keys(variables).length > 0 ? JSON.stringify(variables) : ''}`, async () => {
      const theirs = await stock(text, variables);
      assert.equal(theirs.errors, undefined);
      for (const plainRuns of [0, 5]) {
        const ours = await shop.run(text, { variables, settings: { plainRuns } });
        assert.equal(ours.text, JSON.stringify(theirs.data));
        assert.deepEqual([ours.errors, ours.valueCompletion], [[], []]);
      }
    });
  }
});
