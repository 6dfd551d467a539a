import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { signer, type Sign } from '../../gateway/fetch/signature.ts';
import * as accounts from '../../subgraphs/accounts/src/service.ts';
import { readSettings as accountsSettings } from '../../subgraphs/accounts/src/settings.ts';
import { signatureCheck as accountsCheck } from '../../subgraphs/accounts/src/signature.ts';
import * as catalog from '../../subgraphs/catalog/src/service.ts';
import { readSettings as catalogSettings } from '../../subgraphs/catalog/src/settings.ts';
import { signatureCheck as catalogCheck } from '../../subgraphs/catalog/src/signature.ts';
import * as inventory from '../../subgraphs/inventory/src/service.ts';
import { readSettings as inventorySettings } from '../../subgraphs/inventory/src/settings.ts';
import { signatureCheck as inventoryCheck } from '../../subgraphs/inventory/src/signature.ts';
import * as orders from '../../subgraphs/orders/src/service.ts';
import { readSettings as ordersSettings } from '../../subgraphs/orders/src/settings.ts';
import { signatureCheck as ordersCheck } from '../../subgraphs/orders/src/signature.ts';
import * as reviews from '../../subgraphs/reviews/src/service.ts';
import { readSettings as reviewsSettings } from '../../subgraphs/reviews/src/settings.ts';
import { signatureCheck as reviewsCheck } from '../../subgraphs/reviews/src/signature.ts';

interface Running {
  readonly url: string;
  close(): Promise<void>;
}

type Log = (level: string, msg: string, fields?: Readonly<Record<string, unknown>>) => void;
type Start = (environment: Readonly<Record<string, string>>, log: Log) => Promise<Running>;

interface Subgraph<Settings> {
  readonly readSettings: (
    environment: Readonly<Record<string, string>>,
  ) =>
    | { readonly ok: true; readonly settings: Settings }
    | { readonly ok: false; readonly problems: readonly string[] };
  readonly startService: (settings: Settings, log: Log, signal: AbortSignal) => Promise<Running>;
}

/** Starts a subgraph on a free port with a little data in memory. */
function startOf<Settings>({ readSettings, startService }: Subgraph<Settings>): Start {
  return async (environment, log) => {
    const parsed = readSettings({ WEIR_SCALE: '0.002', ...environment });
    if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
    const store = { kind: 'file', path: ':memory:' } as const;
    return startService({ ...parsed.settings, port: 0, store }, log, new AbortController().signal);
  };
}

const subgraphs: Readonly<Record<string, Start>> = {
  accounts: startOf({ ...accounts, readSettings: accountsSettings }),
  catalog: startOf({ ...catalog, readSettings: catalogSettings }),
  inventory: startOf({ ...inventory, readSettings: inventorySettings }),
  orders: startOf({ ...orders, readSettings: ordersSettings }),
  reviews: startOf({ ...reviews, readSettings: reviewsSettings }),
};

const checks = { accountsCheck, catalogCheck, inventoryCheck, ordersCheck, reviewsCheck };

const keys = { gateway: 'g'.repeat(32), next: 'n'.repeat(40), foreign: 'f'.repeat(32) };
const body = JSON.stringify({ query: '{ __typename }', variables: { note: 'ä€😀' } });
const path = '/graphql';

function pairs(list: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let index = 0; index < list.length; index += 2) found[list[index] ?? ''] = list[index + 1] ?? '';
  return found;
}

interface Sending {
  readonly sign?: Sign | undefined;
  readonly forwarded?: readonly string[];
  /** Sent on top of what was signed, or in its place. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly path?: string;
}

for (const [name, start] of Object.entries(subgraphs)) {
  describe(`${name} behind its gateway`, () => {
    let service: Running;
    const refusals: unknown[] = [];
    before(async () => {
      const environment = { WEIR_HMAC_KEYS: `gateway:${keys.gateway}, next:${keys.next}` };
      service = await start(environment, (level, _msg, fields) => {
        if (level === 'warn') refusals.push(fields?.['reason']);
      });
    });
    after(() => service.close());

    const gateway = signer(name, { keyId: 'gateway', key: keys.gateway });
    const send = async (sending: Sending): Promise<number> => {
      const { sign, forwarded = [] } = sending;
      const signed = sign === undefined ? [] : sign({ path, body, forwarded });
      const response = await fetch(service.url + (sending.path ?? path), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...pairs(forwarded),
          ...pairs(signed),
          ...sending.headers,
        },
        body: sending.body ?? body,
      });
      const text = await response.text();
      if (response.status === 401)
        assert.match(text, /^\{"errors":\[\{"message":"This service answers its gateway only\."/);
      return response.status;
    };
    const refused = async (sending: Sending, reason: RegExp): Promise<void> => {
      refusals.length = 0;
      assert.equal(await send(sending), 401);
      assert.match(String(refusals[0]), reason, 'the reason is in the log');
    };

    test('a request that the gateway signed is answered', async () => {
      assert.equal(await send({ sign: gateway }), 200);
      assert.equal(await send({ sign: gateway, forwarded: ['x-request-id', 'r1', 'x-user-id', 'ü1'] }), 200);
      assert.equal(await send({ sign: gateway, forwarded: ['x-empty', '', 'x-wide', '  a b '] }), 200);
    });

    test('both keys hold while one takes over from the other', async () => {
      assert.equal(await send({ sign: signer(name, { keyId: 'next', key: keys.next }) }), 200);
      assert.equal(await send({ sign: gateway }), 200);
    });

    const at = (offset: number): Sign =>
      signer(name, { keyId: 'gateway', key: keys.gateway }, { now: () => Date.now() + offset });
    const cases: readonly (readonly [string, Sending, RegExp])[] = [
      ['without a signature', {}, /not signed/],
      ['without one, but with an identity', { headers: { 'x-user-id': 'root' } }, /not signed/],
      [
        'with a signature that cannot be read',
        { headers: { 'weir-signature': 'v1; hmac=x' } },
        /cannot be read/,
      ],
      [
        'by an unknown key',
        { sign: signer(name, { keyId: 'other', key: keys.gateway }) },
        /key is not known/,
      ],
      [
        'by another key under a known id',
        { sign: signer(name, { keyId: 'gateway', key: keys.foreign }) },
        /is wrong/,
      ],
      [
        'meant for another subgraph',
        { sign: signer('elsewhere', { keyId: 'gateway', key: keys.gateway }) },
        /is wrong/,
      ],
      ['with another body', { sign: gateway, body: body.replace('__typename', '_service{sdl}') }, /is wrong/],
      ['to another path', { sign: gateway, path: '/graphql?x=1' }, /is wrong/],
      [
        'with another token',
        { sign: gateway, forwarded: ['authorization', 'Bearer a'], headers: { authorization: 'Bearer b' } },
        /is wrong/,
      ],
      [
        'with a token that is not signed',
        { sign: gateway, headers: { authorization: 'Bearer b' } },
        /authorization is not signed/,
      ],
      [
        'with an x-user-id that is not signed',
        { sign: gateway, headers: { 'x-user-id': 'root' } },
        /x-user-id is not signed/,
      ],
      [
        'with an x_user_roles that is not signed',
        { sign: gateway, headers: { x_user_roles: 'admin' } },
        /x_user_roles is not signed/,
      ],
      [
        'whose signed identity was taken away',
        {
          sign: ({ path: at, body: text }) =>
            gateway({ path: at, body: text, forwarded: ['x-user-id', 'u1'] }),
        },
        /is wrong/,
      ],
      ['signed half a minute ago', { sign: at(-31_000) }, /signed 31 s ago/],
      ['signed ahead of time', { sign: at(20_000) }, /signed -\d+ s ago/],
    ];
    for (const [what, sending, reason] of cases) {
      test(`a request ${what} is refused with 401`, () => refused(sending, reason));
    }

    test('what was heard cannot be sent again, not even spelled otherwise', async () => {
      const [header = '', value = ''] = gateway({ path, body, forwarded: [] });
      assert.equal(await send({ headers: { [header]: value } }), 200);
      await refused({ headers: { [header]: value } }, /used before/);
      // The last of 43 characters has two bits that no decoder looks at.
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const twin = alphabet[alphabet.indexOf(value.at(-1) ?? '') ^ 1] ?? '';
      await refused({ headers: { [header]: value.slice(0, -1) + twin } }, /used before/);
    });

    test('its schema is for the gateway only; its health is for everybody', async () => {
      await refused({ body: '{"query":"{ _service { sdl } }"}' }, /not signed/);
      assert.equal((await fetch(`${service.url}/health`)).status, 200);
    });
  });

  test(`${name} alone, without keys, answers whoever can connect`, async () => {
    const service = await start({}, () => undefined);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${service.url}${path}`, { method: 'POST', headers, body });
    assert.equal(response.status, 200);
    await service.close();
  });

  for (const wrong of ['nothing', 'id:short', `a:${keys.gateway},a:${keys.next}`, `a:${keys.gateway},`]) {
    test(`${name} does not start with the keys ${wrong}, and does not repeat them`, async () => {
      await assert.rejects(
        start({ WEIR_HMAC_KEYS: wrong }, () => undefined),
        ({ message }: Error) => {
          return message.includes('WEIR_HMAC_KEYS must be') && !message.includes(keys.gateway);
        },
      );
    });
  }
}

test('the worked example of docs/contracts/identity.md is right, for who signs and for who checks', () => {
  const page = readFileSync(new URL('../../docs/contracts/identity.md', import.meta.url), 'utf8');
  const given = (name: string): string =>
    new RegExp(`^${name} {2,}(.*)$`, 'm').exec(page.slice(page.indexOf('## A worked')))?.[1] ?? '';
  const forwarded = ['authorization', 'Bearer abc.def.ghi', 'x-user-id', 'u1'];
  const sign = signer(
    given('subgraph'),
    { keyId: given('key id'), key: given('key') },
    { now: () => Number(given('time')), nonce: () => given('nonce') },
  );
  const [header = '', value = ''] = sign({ path: given('path'), body: given('body'), forwarded });
  assert.ok(page.includes(`\n${header}: ${value}\n`), value);
  for (const signatureCheck of Object.values(checks)) {
    const check = signatureCheck({
      name: given('subgraph'),
      keys: new Map([[given('key id'), given('key')]]),
      now: () => Number(given('time')) + 30_000,
    });
    const headers = { ...pairs(forwarded), [header]: value };
    const request = { method: 'POST', path: given('path'), headers, body: given('body') };
    assert.equal(check(request), undefined);
    assert.equal(check(request), 'its signature was used before');
  }
});

test('signatures are remembered for as long as they are good, and no longer', () => {
  let now = 1_800_000_000_000;
  const check = reviewsCheck({ name: 'reviews', keys: new Map([['k', keys.gateway]]), now: () => now });
  const sign = signer('reviews', { keyId: 'k', key: keys.gateway }, { now: () => now });
  const request = () => ({ method: 'POST', path, headers: pairs(sign({ path, body, forwarded: [] })), body });
  const early = request();
  now -= 5_000;
  assert.equal(check(early), undefined, 'a clock that is five seconds behind');
  for (let second = 0; second < 35; second += 1) {
    now += 1_000;
    assert.equal(check(request()), undefined);
    assert.equal(check(early), 'its signature was used before');
  }
  now += 1_000;
  assert.equal(check(early), 'it was signed 31 s ago');
});
