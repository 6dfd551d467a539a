import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { metricCatalogue } from '../../gateway/model/metrics.ts';
import { startShop } from './cached-shop.ts';
import { startClub, type Club, type ClubOptions } from './club.ts';
import { readPage, type Page } from './metrics-text.ts';
import { freePort, startRedis, withoutRedis } from './redis-server.ts';

/** Numbers as an operator sees them: a real gateway is asked, and its page read as Prometheus reads it. */

const on = { prometheus: { enabled: true } };

async function club(t: TestContext, config: ClubOptions['config'] = {}): Promise<Club> {
  const started = await startClub({ config: { telemetry: { metrics: on }, ...config } });
  t.after(() => started.close());
  return started;
}

/** A page that is younger than what was asked before. */
async function pageOf(asked: Club): Promise<Page> {
  await sleep(600);
  const answer = await asked.send({ method: 'GET', path: '/metrics' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
  assert.equal(answer.headers['cache-control'], 'no-store');
  return readPage(answer.text);
}

test('the page tells of requests, subgraph calls, plans, documents, errors and denials', async (t) => {
  const own = await club(t);
  for (let n = 0; n < 3; n += 1) await own.ask('{ user(id: 1) { name reviews { body } } }');
  await own.ask('mutation { rename(id: 1, name: "x") { name } }');
  await own.ask('{ nothing }');
  await own.ask('{ user(id: 1) { contact ssn } }');
  await own.send({ headers: { 'content-type': 'application/json; charset=latin1' }, body: '{}' });
  const page = await pageOf(own);
  const requests = 'http_server_request_duration_seconds_count';
  assert.equal(page.sum(requests), 7);
  assert.equal(page.sum(requests, { graphql_operation_type: 'query', http_response_status_code: '200' }), 4);
  assert.equal(page.sum(requests, { graphql_operation_type: 'mutation' }), 1);
  assert.equal(page.sum(requests, { graphql_operation_type: 'none', http_response_status_code: '400' }), 1);
  assert.equal(page.sum(requests, { http_response_status_code: '415' }), 1);
  assert.equal(page.sum('http_server_active_requests'), 0);
  const calls = 'http_client_request_duration_seconds_count';
  assert.equal(page.sum(calls, { subgraph_name: 'reviews', result: 'ok' }), 3);
  assert.equal(page.sum(calls, { subgraph_name: 'accounts', result: 'ok' }), 5);
  assert.equal(page.sum('weir_graphql_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' }), 1);
  assert.equal(page.sum('weir_graphql_errors_total', { code: 'UNAUTHORIZED_FIELD_OR_TYPE' }), 2);
  assert.equal(page.sum('weir_authorization_denials_total', { rule: 'authenticated' }), 1);
  assert.equal(page.sum('weir_authorization_denials_total', { rule: 'requiresScopes' }), 1);
  assert.equal(page.sum('weir_query_planning_duration_seconds_count', { result: 'planned' }), 3);
  assert.equal(page.sum('weir_cache_misses_total', { kind: 'plan' }), 3);
  assert.equal(page.sum('weir_cache_hits_total', { kind: 'plan' }), 2);
  assert.equal(page.sum('weir_cache_hits_total', { kind: 'document' }), 2);
  assert.equal(page.sum('weir_cache_misses_total', { kind: 'document' }), 4);
  assert.equal(page.sum('weir_cache_entries', { kind: 'document' }), 3);
  assert.equal(page.sum('weir_key_reads_total', { result: 'read' }), 1);
  assert.equal(page.sum('weir_supergraph_reloads_total', { result: 'taken' }), 1);
  assert.equal(page.sum('weir_supergraph_generations'), 1);
  assert.ok(page.sum('process_resident_memory_bytes') > 1_000_000);
  assert.ok(page.sum('process_cpu_seconds_total') > 0);
});

test('denials are counted also where the log does not tell of them', async (t) => {
  const authorization = { directives: { errors: { log: false } } };
  const own = await club(t, { telemetry: { metrics: on }, authorization });
  await own.ask('{ user(id: 1) { contact ssn } }');
  const page = await pageOf(own);
  assert.equal(page.sum('weir_authorization_denials_total', { rule: 'authenticated' }), 1);
  assert.equal(page.sum('weir_authorization_denials_total', { rule: 'requiresScopes' }), 1);
  assert.doesNotMatch(own.log.join(''), /denied/);
});

test('every line is of the catalogue, and a histogram holds together', async (t) => {
  const own = await club(t);
  await own.ask('{ user(id: 1) { name } }');
  const page = await pageOf(own);
  const known: Readonly<Record<string, { readonly kind: string; readonly labels: readonly string[] }>> =
    metricCatalogue;
  assert.ok(page.types.size > 20);
  for (const [name, type] of page.types) assert.equal(known[name]?.kind, type, name);
  for (const { name, labels } of page.samples) {
    const metric = name.replace(/_(?:bucket|sum|count)$/, '');
    const wanted = known[name] ?? known[metric] ?? assert.fail(name);
    const more = name.endsWith('_bucket') ? ['le'] : [];
    assert.deepEqual(Object.keys(labels), [...wanted.labels, ...more]);
  }
  const buckets = page.samples.filter(({ name, labels }) => {
    return (
      name === 'http_server_request_duration_seconds_bucket' && labels['http_response_status_code'] === '200'
    );
  });
  assert.equal(buckets.at(-1)?.labels['le'], '+Inf');
  assert.equal(buckets.at(-1)?.value, 1);
  for (const [index, { value }] of buckets.entries()) assert.ok(value >= (buckets[index - 1]?.value ?? 0));
});

test('what callers write is no label: hundreds of client names and operations do not grow the page', async (t) => {
  const own = await club(t, {
    client_profiles: { sales: { client: 'shop', rate_limit: { rate: { requests: 100_000 } } } },
  });
  const asked = async (client: string): Promise<void> => {
    const headers = { 'apollographql-client-name': client };
    await own.ask(`query n${client} { a${client}: ping }`, { headers, operationName: `n${client}` });
  };
  await asked('shop');
  await asked('other0');
  const before = (await pageOf(own)).samples.length;
  for (let n = 0; n < 200; n += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => asked(`other${String(n + more)}`)));
  const page = await pageOf(own);
  assert.equal(page.samples.length, before);
  assert.equal(page.sum('weir_client_requests_total', { profile: 'sales' }), 1);
  assert.equal(page.sum('weir_client_requests_total', { profile: 'default' }), 201);
});

test('refusals by rates, budgets and limits are told by what was too much, and costs are summed', async (t) => {
  const own = await club(t, {
    rate_limit: { anonymous: { requests: 2, per: '1d' } },
    client_profiles: {
      poor: { client: 'poor', rate_limit: { cost: { capacity: 1, refill_per_second: 1 } } },
    },
    demand_control: { enabled: true, mode: 'measure', strategy: { static_estimated: { max: 0 } } },
    limits: { max_depth: 3 },
  });
  await own.ask('{ user(id: 1) { best { best { best { name } } } } }');
  await own.ask('{ user(id: 1) { name } }');
  await own.ask('{ user(id: 1) { name } }');
  const headers = { 'apollographql-client-name': 'poor' };
  await own.ask('{ users { name } }', { headers });
  const page = await pageOf(own);
  assert.equal(page.sum('weir_graphql_errors_total', { code: 'MAX_DEPTH_LIMIT' }), 1);
  const refused = 'weir_rate_limit_refused_total';
  assert.ok(page.sum(refused, { limit: 'requests', profile: 'default' }) >= 1);
  assert.equal(page.sum('weir_cost_estimated_count'), page.sum('weir_cost_actual_count'));
  assert.ok(page.sum('weir_cost_estimated_sum') > 0);
  assert.equal(page.sum('weir_limit_warnings_total', { code: 'COST_ESTIMATED_TOO_EXPENSIVE' }) > 0, true);
});

test('a client that leaves is counted', async (t) => {
  const own = await club(t);
  const leaving = new AbortController();
  own.subgraphs.accounts.trouble = () => leaving.abort();
  await assert.rejects(own.ask('{ ping }', { signal: leaving.signal }));
  for (let tries = 0; tries < 50; tries += 1) {
    const page = await pageOf(own);
    if (page.sum('weir_requests_aborted_total') === 1) return;
  }
  assert.fail('nobody was counted');
});

test('after a new supergraph nothing that was counted is lost', async (t) => {
  const own = await club(t);
  await own.ask('{ ping }');
  await own.ask('{ ping }');
  const before = await pageOf(own);
  const { supergraphFile, events } = own;
  writeFileSync(`${supergraphFile}.new`, own.sdl.replace('ping: String', 'ping: String pong: String'));
  renameSync(`${supergraphFile}.new`, supergraphFile);
  for (let tries = 0; tries < 600 && events.length < 2; tries += 1) await sleep(50);
  assert.equal(events[1]?.kind, 'taken');
  for (let tries = 0; tries < 100; tries += 1) {
    const page = await pageOf(own);
    if (page.sum('weir_supergraph_generations') > 1) continue;
    for (const metric of ['weir_cache_hits_total', 'weir_cache_misses_total'])
      assert.ok(page.sum(metric, { kind: 'plan' }) >= before.sum(metric, { kind: 'plan' }), metric);
    assert.equal(page.sum('weir_supergraph_reloads_total', { result: 'taken' }), 2);
    return;
  }
  assert.fail('the supergraph of before is still there');
});

test('the response cache is told by subgraph and type', async (t) => {
  const shop = await startShop({
    cache: { whole_responses: false, subgraph: { all: { ttl: '1h' } } },
    config: { telemetry: { metrics: on } },
  });
  t.after(() => shop.close());
  const { url } = shop.gateway;
  for (let n = 0; n < 2; n += 1) await shop.ask('{ product(id: 1) { id name inStock } }');
  await sleep(600);
  const page = readPage(await (await fetch(new URL('/metrics', url))).text());
  const product = { subgraph_name: 'stock', type: 'Product' };
  for (const result of ['miss', 'hit'])
    assert.equal(page.sum('weir_response_cache_requests_total', { ...product, result }), 1, result);
  assert.ok(page.sum('weir_response_cache_stored_total') > 0);
  assert.ok(page.sum('weir_response_cache_entries') > 0);
  assert.ok(page.sum('weir_response_cache_bytes') > 0);
});

test('whether Redis answers is told by what it is used for', { skip: withoutRedis }, async (t) => {
  const redis = await startRedis(await freePort());
  t.after(() => redis.stop());
  const shared = { redis: { urls: [redis.url], timeout: '1s' } };
  const own = await club(t, { supergraph: { query_planning: { cache: shared } }, apq: shared });
  const use = { use: 'plans' };
  await own.ask('{ ping }');
  assert.equal((await pageOf(own)).sum('weir_redis_up', use), 1);
  assert.equal((await pageOf(own)).sum('weir_redis_up'), 2);
  await redis.stop();
  for (let tries = 0; tries < 50; tries += 1) {
    const page = await pageOf(own);
    if (page.sum('weir_redis_up') > 0) continue;
    assert.equal(page.sum('weir_redis_outages_total', use), 1);
    return;
  }
  assert.fail('it is said to be up');
});

test('nothing is counted or answered unless it is asked for', async (t) => {
  const started = await startClub();
  t.after(() => started.close());
  assert.equal((await started.send({ method: 'GET', path: '/metrics' })).status, 404);
});

test('beside GraphQL the page is for this machine alone: for a proxy and for others nothing is there', async (t) => {
  const own = await club(t, { supergraph: { listen: '0.0.0.0:0' } });
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'host']) {
    const answer = await own.send({ method: 'GET', path: '/metrics', headers: { [header]: 'shop.example' } });
    assert.equal(answer.status, 404, header);
  }
  assert.equal((await own.send({ path: '/metrics', headers: {}, body: '{}' })).status, 404);
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  const outside = addresses.find(({ internal, family }) => !internal && family === 'IPv4');
  if (outside === undefined) return;
  const host = `http://${outside.address}:${String(own.port)}`;
  const answer = await fetch(`${host}/metrics`).catch(() => undefined);
  assert.ok(answer === undefined || answer.status === 404);
});

test('on an address of its own nothing but the page is answered, and GraphQL has it not', async (t) => {
  const own = await club(t, {
    telemetry: { metrics: { prometheus: { enabled: true, path: '/numbers', listen: '127.0.0.1:0' } } },
  });
  await own.ask('{ ping }');
  const told = own.log.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const url = String(told.find(({ msg }) => msg === 'metrics are told')?.['url']);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/numbers$/);
  const page = readPage(await (await fetch(url)).text());
  assert.equal(page.sum('http_server_request_duration_seconds_count'), 1);
  assert.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 405);
  assert.equal((await fetch(new URL('/graphql', url))).status, 404);
  for (const path of ['/numbers', '/metrics'])
    assert.equal((await own.send({ method: 'GET', path })).status, 404, path);
});
