import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { catalogAt } from './neighbours/catalog.ts';
import { inventoryAt, type Inventory } from './neighbours/inventory.ts';
import { serviceToken } from './neighbours/service-token.ts';
import { ownKey, signedWire } from './neighbours/sign.ts';
import { NeighbourUnavailable, openWire, type Wire } from './neighbours/wire.ts';
import { signatureCheck } from './signature.ts';

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Respond = (
  asked: Asked,
) => { readonly status?: number; readonly location?: string; readonly body: string } | 'hang';

/** A service on a port of its own that answers as it is told. */
async function service(respond: Respond) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const what = { path: request.url ?? '', authorization: request.headers.authorization, body };
      asked.push(what);
      const answer = respond(what);
      if (answer === 'hang') return;
      response.writeHead(
        answer.status ?? 200,
        answer.location === undefined ? {} : { location: answer.location },
      );
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, asked, close };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const data = (value: unknown) => ({ body: JSON.stringify({ data: value }) });
const tokenAnswer = (token: string, seconds = 900) => ({
  body: JSON.stringify({ access_token: token, expires_in: seconds }),
});

test('a signed request is believed by the neighbour it is meant for, once, and by no other', async () => {
  const key = ownKey(`orders:${'k'.repeat(32)}`);
  assert.ok(key !== undefined);
  const sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string }[] = [];
  const bare: Wire = {
    post: (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, body: {} });
    },
    close: () => Promise.resolve(),
  };
  const url = 'http://127.0.0.1:4103/graphql?a=1';
  const wire = signedWire(bare, 'inventory', key);
  await wire.post({ url, headers: { authorization: 'Bearer a.b.c' }, body: '{"query":"ä"}' });
  await wire.post({ url, headers: {}, body: '{}' });
  const believes = (name: string) =>
    signatureCheck({ name, keys: new Map([[key.id, key.key]]), now: Date.now });
  const [inventory, catalog] = [believes('inventory'), believes('catalog')];
  for (const { headers, body } of sent) {
    const request = { method: 'POST', path: '/graphql?a=1', headers, body };
    assert.equal(catalog(request), 'its signature is wrong');
    assert.equal(inventory(request), undefined);
    assert.equal(inventory(request), 'its signature was used before');
  }
  assert.equal(sent.length, 2);
  assert.equal(signedWire(bare, 'inventory', undefined), bare);
  for (const wrong of [undefined, '', 'orders', 'orders:short']) assert.equal(ownKey(wrong), undefined);
});

describe('calls to other services', () => {
  let wire: Wire;
  let running: Awaited<ReturnType<typeof service>>;
  let now = 0;
  beforeEach(() => {
    wire = openWire();
    now = 1_000_000;
  });
  afterEach(async () => {
    await running.close();
    await wire.close();
  });
  const inventory = async (respond: Respond): Promise<Inventory> => {
    running = await service(respond);
    const source = { wire, accountsUrl: running.url, client: 'orders', secret: 's:e c', now: () => now };
    return inventoryAt(`${running.url}/graphql`, wire, serviceToken(source));
  };
  const tokensAsked = () => running.asked.filter(({ path }) => path === '/oauth/token');

  test('the service token is asked for by client credentials, shared, kept and renewed before it expires', async () => {
    let given = 0;
    const house = await inventory(({ path }) =>
      path === '/oauth/token' ? tokenAnswer(`token-${(given += 1)}`) : data({ confirmStock: true }),
    );
    await Promise.all([house.confirm('a'), house.confirm('b')]);
    assert.equal(tokensAsked().length, 1);
    const [{ body, authorization = '' } = assert.fail('nobody asked')] = tokensAsked();
    assert.equal(body, 'grant_type=client_credentials');
    assert.equal(Buffer.from(authorization.slice(6), 'base64').toString(), 'orders:s%3Ae%20c');
    now += 800_000;
    await house.confirm('c');
    assert.equal(running.asked.at(-1)?.authorization, 'Bearer token-1');
    now += 60_000;
    await house.confirm('d');
    assert.equal(running.asked.at(-1)?.authorization, 'Bearer token-2');
  });

  test('a token that is not believed is renewed once', async () => {
    let given = 0;
    const refused = {
      body: '{"errors":[{"message":"Sign in","extensions":{"code":"UNAUTHENTICATED"}}],"data":null}',
    };
    const house = await inventory(({ path, authorization }) => {
      if (path === '/oauth/token') return tokenAnswer(`token-${(given += 1)}`);
      return authorization === 'Bearer token-1' ? refused : data({ confirmStock: true });
    });
    assert.equal(await house.confirm('a'), true);
    assert.equal(given, 2);
  });

  for (const [what, respond] of [
    ['hangs', () => 'hang'],
    ['answers no JSON', () => ({ body: '<html>' })],
    ['answers too much', () => data('x'.repeat(300_000))],
    ['answers with errors', () => ({ body: '{"errors":[{"message":"no"}],"data":{"confirmStock":true}}' })],
    ['answers nothing', () => ({ body: '{"data":null}' })],
    ['answers something else', () => data({ confirmStock: 'yes' })],
    ['sends the caller elsewhere', () => ({ status: 307, location: 'http://127.0.0.1:1/', body: '{}' })],
  ] as const satisfies readonly (readonly [string, Respond])[]) {
    test(`a service that ${what} is unavailable`, async () => {
      const house = await inventory((asked) =>
        asked.path === '/oauth/token' ? tokenAnswer('t') : respond(),
      );
      await assert.rejects(house.confirm('a'), NeighbourUnavailable);
    });
  }

  test('without a token nothing is asked of the inventory', async () => {
    const house = await inventory(() => ({ status: 401, body: '{"error":"invalid_client"}' }));
    await assert.rejects(house.release('a'), /accounts gave no token/);
    assert.deepEqual(
      running.asked.map(({ path }) => path),
      ['/oauth/token'],
    );
  });

  test('names and prices come from the catalog; a form may have its own', async () => {
    const price = (amount: number) => ({ amount, currency: 'EUR' });
    running = await service(() =>
      data({
        productsById: [
          { id: 'p1', name: 'Tent', price: price(900) },
          null,
          { id: 'p3', name: 'Map', price: price(100) },
        ],
        _entities: [
          { productId: 'p1', sku: 'W-1-2', name: 'Moss', price: price(950) },
          { productId: 'p3', sku: 'W-3-1', name: 'Folded', price: null },
        ],
      }),
    );
    const catalog = catalogAt(running.url, wire);
    const line = (productId: string, sku: string | null) => ({ productId, sku, quantity: 1 });
    const quote = await catalog.quote([line('p1', null), line('p1', 'W-1-2'), line('p3', 'W-3-1')]);
    assert.ok(quote.kind === 'quoted');
    assert.deepEqual(
      quote.lines.map(({ title, unitPrice }) => [title, unitPrice]),
      [
        ['Tent', 900],
        ['Tent, Moss', 950],
        ['Map, Folded', 100],
      ],
    );
    const unknown = await catalog.quote([line('p2', null), line('p1', 'W-9-9'), line('p1', null)]);
    assert.deepEqual(unknown, { kind: 'unknown', products: ['p2', 'p1'] });
  });

  test('an offer without a price that makes sense is not sold', async () => {
    running = await service(() =>
      data({
        productsById: [{ id: 'p1', name: 'Tent', price: { amount: -5, currency: 'EUR' } }],
        _entities: [],
      }),
    );
    const quote = await catalogAt(running.url, wire).quote([{ productId: 'p1', sku: null, quantity: 1 }]);
    assert.deepEqual(quote, { kind: 'unknown', products: ['p1'] });
  });
});
