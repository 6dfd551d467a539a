import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from './config.ts';

function said(text: string): readonly string[] {
  const loaded = parseConfig({ file: 'gateway.yaml', text }, '/srv', {});
  return loaded.ok ? [] : loaded.problems.map(({ path, message }) => `${path}: ${message}`);
}

const everything = `
persisted_queries: { enabled: true, local_manifests: [web.json] }
demand_control: { enabled: true }
response_cache: { enabled: true }
client_profiles:
  default: { persisted_queries: safelist, limits: { max_depth: 10 } }
  old: { client: web, versions: ['1.*', '>=2 <2.4'], persisted_queries: ids }
  web:
    client: web
    limits: { max_depth: 9, max_height: 9, max_aliases: 9, max_root_fields: 9, max_directives: 9 }
    demand_control: { max: 100 }
    rate_limit: { rate: { requests: 5, per: 10s }, cost: { capacity: 10, refill_per_second: 1 }, concurrency: 3 }
    response_cache: false
    include_subgraph_errors: { redact_message: false }
`;

test('a profile with everything that it can say is accepted', () => {
  assert.deepEqual(said(everything), []);
});

for (const [text, expected] of [
  [
    'client_profiles: { web: { limits: {} } }',
    'client_profiles.web.client: name the client program that the profile is for',
  ],
  [
    'client_profiles: { default: { client: web } }',
    'client_profiles.default.client: the default profile is for all other programs, got "web"',
  ],
  [
    'client_profiles: { web: { client: web, versions: ["2.1 <3"] } }',
    'client_profiles.web.versions[0]: expected 2.1, 2.* or comparisons: ">=2.1 <3", got "2.1 <3"',
  ],
  [
    'client_profiles: { web: { client: web, limit: {} } }',
    'client_profiles.web.limit: unknown key — did you mean "limits"?',
  ],
  [
    'client_profiles: { web: { client: web, persisted_queries: ids } }',
    'client_profiles.web.persisted_queries: does nothing without persisted_queries.enabled, got "ids"',
  ],
  [
    'client_profiles: { web: { client: web, demand_control: { max: 1 } } }',
    'client_profiles.web.demand_control: does nothing without demand_control.enabled',
  ],
  [
    'rate_limit: { clients: { web: {} } }',
    'rate_limit.clients: write client_profiles: { NAME: { client: NAME, rate_limit: { … } } }',
  ],
] as const) {
  test(`${text} is refused`, () => {
    assert.deepEqual(said(text), [expected]);
  });
}

test('what is said of a feature that is off, but only to keep it off, is fine', () => {
  const text = 'client_profiles: { web: { client: web, persisted_queries: off, response_cache: false } }';
  assert.deepEqual(said(text), []);
});
