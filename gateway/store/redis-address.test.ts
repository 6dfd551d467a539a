import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redisAddress } from '../model/redis-address.ts';
import { connected } from './redis-client.ts';

const access = { username: undefined, password: undefined, tls: false };

for (const [urls, problem] of [
  [['redis://u:%zz@h'], 'user or password is not percent-encoded: write % as %25'],
  [['redis://%@h'], 'user or password is not percent-encoded: write % as %25'],
  [['rediss://u:100%@h'], 'user or password is not percent-encoded: write % as %25'],
  [['redis-cluster://u:%zz@h'], 'user or password is not percent-encoded: write % as %25'],
  [['redis-sentinel://u:%ff@h?sentinelServiceName=s'], 'user or password is not percent-encoded'],
  [['redis://h/abc'], 'the database must be a number, such as /0'],
  [['redis://h/1/2'], 'the database must be a number, such as /0'],
  [['redis-sentinel://h/0x3?sentinelServiceName=s'], 'the database must be a number, such as /0'],
  [['redis-cluster://h/3'], 'a cluster has no numbered databases'],
  [['redis://h/3?node=b:2'], 'a cluster has no numbered databases'],
  [['redis://h?db=3'], 'the only parameters here are node'],
  [['redis://h?replyMapping=resp3'], 'the only parameters here are node'],
  [['redis-cluster://h?sentinelServiceName=s'], 'the only parameters here are node'],
  [['redis-cluster://h?node='], 'expected a host and a port in "node"'],
  [['redis-cluster://h?node=b:x'], 'expected a host and a port in "node"'],
  [['redis-cluster://h?node=b:99999'], 'expected a host and a port in "node"'],
  [['redis-cluster://h?node=::1'], 'expected a host and a port in "node"'],
  [['redis://user#secret@h'], 'in a user or password write # as %23'],
] as const) {
  test(`${urls.join(' ')} is refused, and nothing of it is repeated`, () => {
    const read = redisAddress(urls);
    assert.ok(!read.ok, 'it should be refused');
    assert.ok(read.problem.startsWith(problem) || read.problem.includes(problem), read.problem);
    assert.doesNotMatch(read.problem, /secret|replyMapping|zz/);
  });
}

test('which of several addresses is wrong is told', () => {
  const wrong = (urls: readonly string[]): unknown => {
    const read = redisAddress(urls);
    return read.ok ? 'read' : read.index;
  };
  assert.deepEqual(
    [
      ['redis://a', 'redis://:%@b'],
      ['redis://a', 'redis://b', 'redis://c/1'],
      ['redis://a/0', 'redis://b/'],
    ].map(wrong),
    [1, 2, 'read'],
  );
});

test('further nodes make one address a cluster, however it begins', () => {
  const nodes = ['redis://h:1', 'redis://b:2', 'redis://[::1]:3'];
  for (const scheme of ['redis', 'redis-cluster']) {
    assert.deepEqual(redisAddress([`${scheme}://u:p%25@h:1?node=b:2&node=[::1]:3`]), {
      ok: true,
      address: { kind: 'cluster', nodes, access: { ...access, username: 'u', password: 'p%' } },
    });
  }
});

const mixed = (...parts: readonly string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 4 }).map((picked) => picked.join(''));
const anyAddress = fc
  .record({
    scheme: fc.constantFrom('redis', 'rediss', 'redis-cluster', 'redis-sentinel'),
    user: mixed('%', '%zz', '%25', '%ff', 'a', ':', '@', '#'),
    path: mixed('', '', '/', '3', 'x', '%'),
    query: mixed('?', '&', 'node=', 'b:2', '[::1]', ':9', 'family=x', 'replyMapping=resp3', 'Connector=x'),
    service: fc.constantFrom('', '', '?sentinelServiceName=s'),
  })
  .map(({ scheme, user, path, query, service }) => `${scheme}://${user}@h${path}${service}${query}`);

test('any address is read or refused, never thrown, and the client takes every one that is read', () => {
  fc.assert(
    fc.property(fc.array(anyAddress, { minLength: 1, maxLength: 2 }), (urls) => {
      if (!redisAddress(urls).ok) return;
      const client = connected({ urls, timeoutMs: 10 });
      client.on('error', () => undefined);
      client.disconnect();
    }),
    { numRuns: 1_000 },
  );
});
