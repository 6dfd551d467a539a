import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { plain } from '../../schema/problem/problem-text.ts';
import { sampleServices } from '../system/service.ts';
import { watchChanges } from './changes.ts';
import { servicesOf } from './development.ts';
import { createRecomposer } from './recomposer.ts';

function folderWith(t: TestContext, schema: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-dev-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'supergraph.yaml'),
    'subgraphs: { a: { routing_url: "http://127.0.0.1:1/", schema: { file: a.graphql } } }\n',
  );
  writeFileSync(join(folder, 'a.graphql'), schema);
  return folder;
}

test('a change is told with what it breaks since the start, a failure once, and what says nothing new not at all', async (t) => {
  const folder = folderWith(t, 'type Query { total: Float! }');
  const now = (): Date => new Date(2026, 0, 1, 12, 4, 11);
  const recomposer = await createRecomposer({
    config: join(folder, 'supergraph.yaml'),
    env: {},
    paint: plain,
    now,
  });
  assert.match(recomposer.banner, /composed {3}1 subgraphs, 1 types, 0 hints/);
  assert.deepEqual(recomposer.files, [join(folder, 'supergraph.yaml'), join(folder, 'a.graphql')]);
  const after = (schema: string): Promise<string | undefined> => {
    writeFileSync(join(folder, 'a.graphql'), schema);
    return recomposer.recompose(['a.graphql']);
  };
  assert.match(
    (await after('type Query { total: Float }')) ?? '',
    /^12:04:11 a\.graphql changed → recomposed in \d+ ms · 1 breaking change vs\. start \(Query\.total\)\n$/,
  );
  assert.equal(await after('type Query { total: Float }'), undefined);
  assert.match(
    (await after('type Query { total: Nope }')) ?? '',
    /does not compose; the last good .*\nerror\[WEIR-C001\]/,
  );
  assert.equal(await after('type Query { total: Nope }'), undefined);
  assert.match((await after('type Query { total: Float! }')) ?? '', /recomposed in \d+ ms\n$/);
});

test('files that change together come as one batch', async (t) => {
  const folder = folderWith(t, '');
  const batches: (readonly string[])[] = [];
  await new Promise<void>((resolve, reject) => {
    const changes = watchChanges({
      paths: [folder],
      settleMs: 200,
      onTrouble: (message) => reject(new Error(message)),
      onChange: (paths) => {
        batches.push(paths);
        resolve();
        return Promise.resolve();
      },
    });
    t.after(() => changes.close());
    changes.ready
      .then(() => {
        for (const name of ['a.graphql', 'b.graphql', 'c.graphql']) writeFileSync(join(folder, name), 'x');
      })
      .catch(reject);
  });
  assert.deepEqual(
    batches.map((batch) => [...batch].sort()),
    [['a.graphql', 'b.graphql', 'c.graphql'].map((name) => join(folder, name))],
  );
});

test('a changed file concerns the server in whose folder it lies', () => {
  const services = sampleServices({ root: '/shop', portBase: 4000, env: {}, self: ['node'] }).filter(
    ({ cwd }) => cwd !== '/shop',
  );
  assert.deepEqual(servicesOf(['/shop/subgraphs/orders/src/a.ts', '/shop/bff-web/src/b.ts'], services), [
    'orders',
    'bff-web',
  ]);
  assert.deepEqual(servicesOf(['/shop/supergraph.yaml'], services), []);
});
