import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/config.ts';
import { unknownSubgraphs, unknownNamesText } from './subgraph-names.ts';

const known = new Set(['reviews', 'accounts']);

function unknownIn(text: string) {
  const loaded = parseConfig({ file: 'gateway.yaml', text }, '.', {});
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.text);
  return unknownSubgraphs(loaded.config, known);
}

test('every key that speaks of a subgraph is looked at, with the name that may be meant', () => {
  const unknown = unknownIn(`
override_subgraph_url: { acounts: http://127.0.0.1:1/, reviews: http://127.0.0.1:2/ }
traffic_shaping: { subgraphs: { revews: { timeout: 1s }, accounts: {} } }
headers: { subgraphs: { other: {} } }
demand_control: { strategy: { static_estimated: { subgraph: { subgraphs: { Revievs: { max: 1 } } } } } }
response_cache: { subgraph: { subgraphs: { x: {} } } }
include_subgraph_errors: { subgraphs: { y: true } }
authentication: { subgraph: { subgraphs: { z: {} } } }
`);
  assert.deepEqual(unknown.map(({ key, near }) => [key, near]).sort(), [
    ['authentication.subgraph.subgraphs.z', undefined],
    ['demand_control.strategy.static_estimated.subgraph.subgraphs.Revievs', 'reviews'],
    ['headers.subgraphs.other', undefined],
    ['include_subgraph_errors.subgraphs.y', undefined],
    ['override_subgraph_url.acounts', 'accounts'],
    ['response_cache.subgraph.subgraphs.x', undefined],
    ['traffic_shaping.subgraphs.revews', 'reviews'],
  ]);
  assert.equal(
    unknownNamesText(unknown.slice(0, 1)),
    'override_subgraph_url.acounts (did you mean "accounts"?)',
  );
});

test('subgraphs that are there are none of it', () => {
  assert.deepEqual(unknownIn('traffic_shaping: { subgraphs: { reviews: {}, accounts: {} } }'), []);
});
