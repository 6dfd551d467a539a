import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anonymous, type Principal } from '../model/principal.ts';
import type { CallContext } from '../model/subgraph-call.ts';
import { defaultIdentityHeaders } from './fetch-settings.ts';
import type { RequestHeaderRule } from './header-rules.ts';
import { ineffectiveRules, requestHeaders } from './request-headers.ts';

type ClientHeaders = CallContext['clientHeaders'];

const context = (clientHeaders: ClientHeaders, principal: Principal = anonymous): CallContext => ({
  requestId: 'r',
  principal,
  clientHeaders,
  signal: new AbortController().signal,
});

const user = (claims: Record<string, unknown>): Principal => ({
  kind: 'known',
  subject: 'u1',
  issuer: 'i',
  scopes: new Set(),
  roles: new Set(),
  policies: new Set(),
  claims,
  expiresAt: 0,
});

function forwarded(
  rules: readonly RequestHeaderRule[],
  clientHeaders: ClientHeaders,
  principal?: Principal,
): Readonly<Record<string, string>> {
  const { list } = requestHeaders(rules, defaultIdentityHeaders)(context(clientHeaders, principal));
  const pairs: [string, string][] = [];
  for (let index = 0; index < list.length; index += 2) pairs.push([list[index] ?? '', list[index + 1] ?? '']);
  return Object.fromEntries(pairs);
}

const everything: readonly RequestHeaderRule[] = [{ kind: 'propagate', from: { matching: '.*' } }];
const propagate = (named: string, rename?: string): RequestHeaderRule => ({
  kind: 'propagate',
  from: { named },
  rename,
});

describe('rules', () => {
  test('none forward nothing', () => {
    assert.deepEqual(forwarded([], { authorization: 'Bearer x', 'x-trace': '1' }), {});
  });

  test('propagate what they name, under another name, or with a default', () => {
    const rules: readonly RequestHeaderRule[] = [
      propagate('Authorization'),
      propagate('x-tenant', 'X-Org'),
      { kind: 'propagate', from: { named: 'x-region' }, default: 'eu' },
    ];
    assert.deepEqual(forwarded(rules, { authorization: 'Bearer x', 'x-tenant': ['a', 'b'], other: '1' }), {
      authorization: 'Bearer x',
      'x-org': 'a, b',
      'x-region': 'eu',
    });
  });

  test('propagate what matches, and remove from it again', () => {
    const rules: readonly RequestHeaderRule[] = [
      { kind: 'propagate', from: { matching: '^X-Trace-' } },
      { kind: 'remove', from: { named: 'x-trace-secret' } },
      { kind: 'remove', from: { matching: '-debug$' } },
    ];
    const client = { 'x-trace-id': '1', 'x-trace-secret': '2', 'x-trace-debug': '3', 'x-other': '4' };
    assert.deepEqual(forwarded(rules, client), { 'x-trace-id': '1' });
  });

  test('insert fixed values and claims, which the client cannot override whatever the order', () => {
    const rules: readonly RequestHeaderRule[] = [
      { kind: 'insert', name: 'x-key', value: 'k' },
      { kind: 'insert', name: 'X-User-Id', fromClaim: 'sub' },
      { kind: 'insert', name: 'x-user-scopes', fromClaim: 'scopes' },
      { kind: 'insert', name: 'x-level', fromClaim: 'level' },
      ...everything,
      propagate('x-user-id'),
      propagate('x-evil', 'x-user-id'),
    ];
    const client = { 'x-key': 'mine', 'x-user-id': 'admin', 'x-evil': 'admin', 'x-user-scopes': 'all' };
    const claims = { sub: 'u1', scopes: ['a', 'b', 'c d', 'e,f', {}, ''], level: 3 };
    assert.deepEqual(forwarded(rules, client, user(claims)), {
      'x-key': 'k',
      'x-user-id': 'u1',
      'x-user-scopes': 'a b',
      'x-level': '3',
      'x-evil': 'admin',
    });
    assert.deepEqual(
      forwarded(rules, client),
      { 'x-key': 'k', 'x-evil': 'admin' },
      'an anonymous caller has none',
    );
  });

  test('insert no claim that is an object, missing, or of every object', () => {
    for (const fromClaim of ['nothing', 'constructor', '__proto__', 'object', 'null'])
      assert.deepEqual(
        forwarded(
          [{ kind: 'insert', name: 'x-claim', fromClaim }],
          {},
          user({ object: { a: 1 }, null: null }),
        ),
        {},
      );
  });

  test('for one client request are applied once', () => {
    const headers = requestHeaders(everything, []);
    const one = context({ a: '1' });
    assert.equal(headers(one), headers(one));
    assert.notEqual(headers(one).text, headers(context({ a: '2' })).text);
  });
});

describe('whatever the rules say', () => {
  const never = [
    ...[
      'connection',
      'keep-alive',
      'proxy-authorization',
      'proxy-connection',
      'te',
      'trailer',
      'transfer-encoding',
    ],
    ...[
      'upgrade',
      'host',
      'content-length',
      'content-type',
      'content-encoding',
      'accept',
      'accept-encoding',
      'expect',
    ],
    ...['range', 'if-none-match', 'if-modified-since', 'Content_Length', ':authority'],
  ];
  for (const name of never) {
    test(`${name} is not forwarded`, () => {
      const client = { [name.toLowerCase()]: 'x', 'x-fine': '1' };
      assert.deepEqual(forwarded([...everything, propagate(name), propagate('x-fine', name)], client), {
        'x-fine': '1',
      });
      assert.deepEqual(forwarded([{ kind: 'insert', name, value: 'x' }], {}), {});
      assert.equal(ineffectiveRules([propagate(name)], []).length, 1);
    });
  }

  for (const name of ['x-user-id', 'X-User-Scopes', 'x_user_id', 'x_user-policies', 'x-user-roles']) {
    test(`${name} is not taken from the client`, () => {
      const client = { [name.toLowerCase()]: 'admin' };
      assert.deepEqual(forwarded([...everything, propagate(name)], client), {});
      assert.equal(ineffectiveRules([propagate(name)], defaultIdentityHeaders).length, 1);
    });
  }

  for (const name of ['cookie', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']) {
    test(`${name} is forwarded only when it is named`, () => {
      assert.deepEqual(forwarded(everything, { [name]: 'v' }), {});
      assert.deepEqual(forwarded([propagate(name)], { [name]: 'v' }), { [name]: 'v' });
    });
  }

  test('what the client binds to its connection stays there, but not its identity', () => {
    const client = {
      connection: 'x-hop, Authorization',
      'x-hop': '1',
      authorization: 'Bearer x',
      'x-end': '2',
    };
    assert.deepEqual(forwarded([...everything, propagate('x-hop'), propagate('authorization')], client), {
      'x-end': '2',
      authorization: 'Bearer x',
    });
  });

  test('a value cannot start another header', () => {
    const rules: readonly RequestHeaderRule[] = [
      propagate('x-a'),
      { kind: 'insert', name: 'x-b', fromClaim: 'sub' },
    ];
    assert.deepEqual(forwarded(rules, { 'x-a': 'a\r\nx-user-id: admin' }, user({ sub: 'u\nx: y' })), {});
  });

  test('text beyond latin1 goes out as the bytes of its UTF-8', () => {
    const sent = forwarded(
      [{ kind: 'insert', name: 'x-name', fromClaim: 'name' }],
      {},
      user({ name: '世界' }),
    );
    assert.equal(Buffer.from(sent['x-name'] ?? '', 'latin1').toString('utf8'), '世界');
  });

  test('names that every object has are no headers of the client', () => {
    assert.deepEqual(forwarded([propagate('constructor'), propagate('__proto__')], {}), {});
  });
});
