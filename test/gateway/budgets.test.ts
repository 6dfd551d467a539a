import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startClub, type Answer, type Club } from './club.ts';

async function club(t: TestContext, config: Readonly<Record<string, unknown>>): Promise<Club> {
  const started = await startClub({ config });
  t.after(() => started.close());
  return started;
}

interface Reported {
  readonly requestedQueryCost: number | null;
  readonly actualQueryCost: number | null;
  readonly throttleStatus?: {
    readonly maximumAvailable: number;
    readonly currentlyAvailable: number;
    readonly restoreRate: number;
  };
}

function report({ text }: Answer): Reported | undefined {
  const { extensions } = JSON.parse(text) as { readonly extensions?: { readonly cost?: Reported } };
  return extensions?.cost;
}

function firstError({ text }: Answer): {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
} {
  const { errors } = JSON.parse(text) as { readonly errors?: readonly ReturnType<typeof firstError>[] };
  assert.ok(errors?.[0] !== undefined, text);
  return errors[0];
}

const enforce = (max: number, more = {}) => ({
  demand_control: {
    enabled: true,
    mode: 'enforce',
    strategy: { static_estimated: { list_size: 10, max } },
    ...more,
  },
});

test('an operation that may cost too much is refused before anything is fetched, with its numbers', async (t) => {
  const shop = await club(t, enforce(9));
  const answer = await shop.ask('{ users { name } }');
  assert.equal(answer.status, 400);
  assert.deepEqual(firstError(answer), {
    message:
      'The operation may cost 10 (at most 9 allowed, demand_control.strategy.static_estimated.max). Ask for fewer or shorter lists.',
    extensions: { estimated: 10, maximum: 9, code: 'COST_ESTIMATED_TOO_EXPENSIVE' },
  });
  assert.deepEqual(shop.asked(), []);
});

test('in measure mode it is answered, and the log tells', async (t) => {
  const shop = await club(t, {
    demand_control: { enabled: true, strategy: { static_estimated: { max: 9 } } },
  });
  assert.equal((await shop.ask('{ users { name } }')).status, 200);
  assert.match(
    shop.log.join(''),
    /"cost":10,"cost_actual":\d.*"warnings":\["COST_ESTIMATED_TOO_EXPENSIVE"\]/,
  );
});

test('estimate and actual cost are told when asked for, in headers and in extensions', async (t) => {
  const shop = await club(t, enforce(1000));
  const silent = await shop.ask('{ users { name } }');
  assert.equal(report(silent), undefined);
  assert.equal(silent.headers['x-cost-estimated'], undefined);
  for (let time = 0; time < 5; time += 1) {
    // The first runs are completed the plain way, later ones by generated code.
    const told = await shop.ask('{ users { name } }', {
      headers: { 'x-cost-report': 'headers, extensions' },
    });
    const users = (told.data as { readonly users: readonly unknown[] }).users.length;
    assert.deepEqual(report(told), { requestedQueryCost: 10, actualQueryCost: users });
    assert.equal(told.headers['x-cost-estimated'], '10');
    assert.equal(told.headers['x-cost-actual'], String(users));
    assert.equal(told.headers['x-cost-max'], '1000');
  }
});

test('a budget is charged with the estimate, and what was not spent comes back', async (t) => {
  const shop = await club(t, { rate_limit: { cost: { capacity: 25, refill_per_second: 0 } } });
  let left = 25;
  for (;;) {
    const answer = await shop.ask('{ users { name } }');
    const told = report(answer);
    if (answer.status === 429) {
      assert.ok(left < 10);
      assert.deepEqual(firstError(answer).extensions, { limit: 'cost', code: 'RATE_LIMIT_EXCEEDED' });
      assert.equal(told?.actualQueryCost, 0);
      break;
    }
    left -= told?.actualQueryCost ?? 0;
    assert.deepEqual(told?.throttleStatus, {
      maximumAvailable: 25,
      currentlyAvailable: left,
      restoreRate: 0,
    });
  }
  // Another caller has a budget of its own.
  const token = shop.issuer.token({ sub: 'u1' });
  assert.equal((await shop.ask('{ users { name } }', { token })).status, 200);
});

test('what is refused, fails or is invalid costs nothing', async (t) => {
  const shop = await club(t, { rate_limit: { cost: { capacity: 100, refill_per_second: 0 } } });
  await shop.ask('{ nothing }');
  shop.subgraphs.accounts.trouble = (response) => void response.writeHead(500).end();
  await shop.ask('{ users { name } }');
  const { throttleStatus } = report(await shop.ask('{ __typename }')) ?? {};
  assert.equal(throttleStatus?.currentlyAvailable, 100);
});

test('an answer that tells of a budget is nobody else’s, and has no entity tag', async (t) => {
  const budget = { cost: { capacity: 1000, refill_per_second: 0 } };
  const cached = { response_cache: { enabled: true } };
  const always = await club(t, { ...cached, rate_limit: budget });
  const onRequest = await club(t, {
    ...{ ...cached, rate_limit: budget },
    demand_control: { extensions: 'on_request' },
  });
  const get = async (shop: Club, headers = {}) => {
    shop.subgraphs.accounts.headers = { 'cache-control': 'public, max-age=60' };
    const asked = { 'apollo-require-preflight': '1', ...headers };
    const answer = await shop.send({ method: 'GET', path: '/graphql?query=%7Bping%7D', headers: asked });
    assert.equal(answer.status, 200, answer.text);
    const told = report(answer)?.throttleStatus !== undefined;
    return [told, answer.headers['cache-control'], answer.headers['etag'] !== undefined] as const;
  };
  for (let time = 0; time < 2; time += 1) {
    const [told, control, isTagged] = await get(always);
    assert.ok(told);
    assert.match(String(control), /^max-age=\d+, private$/);
    assert.equal(isTagged, false);
  }
  const [silent, shared, isTagged] = await get(onRequest);
  assert.equal(silent, false);
  assert.match(String(shared), /^max-age=\d+, public$/);
  assert.equal(isTagged, true);
  const [, control] = await get(onRequest, { 'x-cost-report': 'extensions' });
  assert.match(String(control), /^max-age=\d+, private$/);
});

test('more requests than allowed are refused with 429 and the time to wait, without being parsed', async (t) => {
  const shop = await club(t, {
    rate_limit: { principal: { requests: 3, per: '1h' }, anonymous: { requests: 5, per: '1h' } },
  });
  const token = shop.issuer.token({ sub: 'u1' });
  const other = shop.issuer.token({ sub: 'u1' });
  for (const one of [token, other, token])
    assert.equal((await shop.ask('{ ping }', { token: one })).status, 200);
  const answer = await shop.ask('{ this is no GraphQL', { token: other });
  assert.equal(answer.status, 429);
  assert.equal(firstError(answer).extensions['code'], 'RATE_LIMIT_EXCEEDED');
  assert.equal(answer.headers['retry-after'], '1200');
  assert.equal(shop.asked().length, 3);
  const statuses: number[] = [];
  for (let time = 0; time < 6; time += 1) statuses.push((await shop.ask('{ ping }')).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
});

test('bad tokens and forwarding headers do not make another caller', async (t) => {
  const shop = await club(t, { rate_limit: { anonymous: { requests: 3, per: '1h' } } });
  const names = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'true-client-ip', 'cf-connecting-ip'];
  const statuses: number[] = [];
  for (const [index, name] of names.entries())
    statuses.push((await shop.ask('{ ping }', { headers: { [name]: `203.0.113.${String(index)}` } })).status);
  statuses.push((await shop.ask('{ ping }', { token: 'no.token.atall' })).status);
  assert.deepEqual(statuses, [200, 200, 200, 429, 429, 429]);
});

test('a proxy that is trusted tells callers apart', async (t) => {
  const shop = await club(t, {
    rate_limit: { anonymous: { requests: 1, per: '1h' }, trusted_proxies: ['127.0.0.0/8'] },
  });
  const from = async (address: string) =>
    (await shop.ask('{ ping }', { headers: { 'x-forwarded-for': address } })).status;
  assert.equal(await from('203.0.113.1'), 200);
  assert.equal(await from('203.0.113.2'), 200);
  assert.equal(await from('9.9.9.9, 203.0.113.2'), 429);
});

test('each caller has so many requests at the same time', async (t) => {
  const shop = await club(t, {
    rate_limit: { concurrency: 2 },
    traffic_shaping: { router: { dedupe: false }, all: { deduplicate_query: false } },
  });
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  shop.subgraphs.accounts.trouble = async (response) => {
    await gate;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"users":[]}}');
  };
  const running = [shop.ask('{ users { name } }'), shop.ask('{ users { name } }')];
  while (shop.subgraphs.accounts.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const third = await shop.ask('{ users { name } }');
  assert.equal(third.status, 429);
  assert.equal(third.headers['retry-after'], '1');
  go();
  assert.deepEqual(
    (await Promise.all(running)).map(({ status }) => status),
    [200, 200],
  );
  assert.equal((await shop.ask('{ users { name } }')).status, 200);
});

test('users and addresses have buckets each; or all users of a program share them', async (t) => {
  const rates = { principal: { requests: 2, per: '1h' }, anonymous: { requests: 2, per: '1h' } };
  const own = await club(t, { rate_limit: rates });
  const program = await club(t, { rate_limit: { ...rates, by: 'client' } });
  const statuses = async (shop: Club): Promise<readonly number[]> => {
    const told: number[] = [];
    for (const sub of ['u1', 'u1', 'u1', 'u2', 'u2']) {
      const token = shop.issuer.token({ sub, client_id: 'web' });
      // What the header says is not believed over the token.
      const headers = { 'apollographql-client-name': `x-${sub}` };
      told.push((await shop.ask('{ ping }', { token, headers })).status);
    }
    told.push((await shop.ask('{ ping }')).status);
    return told;
  };
  assert.deepEqual(await statuses(own), [200, 200, 429, 200, 200, 200]);
  assert.deepEqual(await statuses(program), [200, 200, 429, 429, 429, 200]);
});
