import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as tcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { parseConfig } from '../../gateway/config/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { composedSupergraph } from '../plan/composed-supergraph.ts';

/** Gateways that share their plans in a real Redis. */

const redisServer = spawnSync('which', ['redis-server'], { encoding: 'utf8' }).stdout.trim();
const skip = redisServer === '' ? 'no redis-server on this machine' : false;
const sdl = composedSupergraph({ a: 'type Query { hello: String }' });

async function portOf(server: ReturnType<typeof tcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function gateway(t: TestContext, subgraph: string, redis: number) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-shared-'));
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, sdl);
  const text = `
override_subgraph_url: { a: "${subgraph}" }
supergraph: { query_planning: { cache: { redis: { urls: ["redis://127.0.0.1:${String(redis)}"], timeout: 1s } } } }
`;
  const parsed = parseConfig({ file: 'gateway.yaml', text }, '/', {});
  assert.ok(parsed.ok);
  const lines: string[] = [];
  const running = await startGateway({
    supergraph: { kind: 'file', path },
    config: parsed.config,
    port: 0,
    log: { write: (line) => lines.push(line) },
  });
  t.after(async () => {
    await running.stop();
    rmSync(folder, { recursive: true });
  });
  const hello = async (): Promise<string> =>
    (
      await fetch(running.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ hello }"}',
      })
    ).text();
  return { hello, lines };
}

test(
  'the second gateway finds the plan of the first; without the store a third one plans by itself',
  { skip },
  async (t) => {
    const subgraphServer = createServer((request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json').end('{"data":{"hello":"world"}}');
    });
    const subgraph = `http://127.0.0.1:${String(await portOf(subgraphServer))}/`;
    t.after(() => {
      subgraphServer.close().closeAllConnections();
    });
    const probe = tcpServer();
    const port = await portOf(probe);
    probe.close();
    await once(probe, 'close');
    const folder = mkdtempSync(join(tmpdir(), 'weir-redis-'));
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    const redis = spawn(redisServer, args, { stdio: 'ignore' });
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    t.after(() => void redis.kill('SIGKILL'));
    const ask = (...command: string[]): string =>
      spawnSync('redis-cli', ['-p', String(port), ...command], { encoding: 'utf8' }).stdout;
    while (ask('ping').trim() !== 'PONG') await new Promise((resolve) => setTimeout(resolve, 20));

    const world = '{"data":{"hello":"world"}}';
    const one = await gateway(t, subgraph, port);
    assert.equal(await one.hello(), world);
    while (ask('dbsize').trim() !== '1') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(ask('keys', '*'), /^weir:plan:/);
    assert.match(ask('info', 'stats'), /keyspace_hits:0\r/);

    const other = await gateway(t, subgraph, port);
    assert.equal(await other.hello(), world);
    assert.match(ask('info', 'stats'), /keyspace_hits:1\r/);

    redis.kill('SIGKILL');
    await once(redis, 'exit');
    const third = await gateway(t, subgraph, port);
    assert.equal(await third.hello(), world);
    assert.match(third.lines.join(''), /the plan cache in Redis cannot be used; plans are made here/);
  },
);
