import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { plain } from '../../schema/problem/problem-text.ts';
import { readSettings } from '../settings.ts';
import type { Surroundings } from '../surroundings.ts';
import { sampleServices } from '../system/service.ts';
import { busyPorts } from '../system/system.ts';
import { runDevelopment } from './development.ts';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const server = `import { createServer } from 'node:http';
const port = Number(process.env['PORT'] ?? process.argv.at(-1));
createServer((_, response) => response.end(String(process.pid))).listen(port, '127.0.0.1');\n`;

/** A checkout with the sample system's folders, each holding a server of four lines. */
function checkout(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weir-dev-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(packages, join(root, 'node_modules'));
  const files: Record<string, string> = {
    'package.json': '{"type":"module"}',
    'gateway.mjs': server,
    'supergraph.yaml':
      'subgraphs:\n  orders:\n    routing_url: ${env.ORDERS_URL}\n    schema: { file: subgraphs/orders/schema.graphql }\n',
    'subgraphs/orders/schema.graphql': 'type Query { total: Float! }',
  };
  for (const { cwd } of sampleServices({ root, portBase: 1, env: {}, self: ['node'] })) {
    if (cwd !== root) files[`${cwd.slice(root.length + 1)}/src/main.ts`] = server;
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

async function freeBase(root: string): Promise<number> {
  for (;;) {
    const portBase = 20_000 + Math.floor(Math.random() * 40_000);
    const busy = await busyPorts(sampleServices({ root, portBase, env: {}, self: ['node'] }));
    if (busy.length === 0) return portBase;
  }
}

test('the whole system runs, follows changes of schemas and code, and leaves nothing behind', async (t) => {
  const root = checkout(t);
  const portBase = await freeBase(root);
  const parsed = readSettings({ WEIR_PORT_BASE: String(portBase) });
  assert.ok(parsed.ok);
  const told = { out: '', err: '' };
  const stop = new AbortController();
  t.after(() => stop.abort());
  const surroundings: Surroundings = {
    env: process.env,
    settings: parsed.settings,
    root,
    version: '0.1.0',
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    input: () => Promise.resolve(''),
    paint: plain,
    outPaint: plain,
    interactive: false,
    stop: stop.signal,
    self: [process.execPath, join(root, 'gateway.mjs')],
    now: () => new Date(),
  };
  const seen = async (wanted: RegExp): Promise<void> => {
    const late = AbortSignal.timeout(60_000);
    while (!wanted.test(told.out + told.err)) {
      await sleep(50, undefined, { signal: late }).catch(() =>
        assert.fail(`${String(wanted)} in\n${told.err}`),
      );
    }
  };
  const running = runDevelopment({ config: 'supergraph.yaml', verbose: false }, surroundings);
  await seen(new RegExp(`gateway +http://127\\.0\\.0\\.1:${String(portBase)}/graphql`));
  assert.match(
    told.err,
    /^weir 0\.1\.0 · dev · node [\d.]+ · config: built-in defaults \(gateway\.yaml not found\)\n/,
  );
  assert.match(told.err, /composed {3}1 subgraphs, 1 types/);
  const reviews = `http://127.0.0.1:${String(portBase + 105)}/`;
  const pidBefore = await (await fetch(reviews)).text();

  writeFileSync(join(root, 'subgraphs/orders/schema.graphql'), 'type Query { total: Float }');
  await seen(/schema\.graphql changed → recomposed in \d+ ms · 1 breaking change vs\. start/);
  await seen(/orders changed → starting it again/);
  writeFileSync(join(root, 'subgraphs/reviews/src/main.ts'), `${server}// changed\n`);
  await seen(/reviews changed → starting it again/);
  const late = AbortSignal.timeout(30_000);
  for (let pid = pidBefore; pid === pidBefore;) {
    await sleep(50, undefined, { signal: late });
    pid = await fetch(reviews).then(
      (answer) => answer.text(),
      () => pidBefore,
    );
  }

  stop.abort();
  assert.equal(await running, 0);
  const services = sampleServices({ root, portBase, env: {}, self: ['node'] });
  assert.deepEqual(await busyPorts(services), []);
});
