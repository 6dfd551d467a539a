import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startRedis, type RedisServer } from './redis-server.ts';

/** Waits until something holds; fails after 20 seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const late = AbortSignal.timeout(20_000);
  while (!(await holds())) await sleep(50, undefined, { signal: late });
}

export interface RedisCluster {
  readonly urls: readonly string[];
  /** Three, each with a third of the slots. */
  readonly masters: readonly RedisServer[];
  /** Of the first master. */
  readonly replica: RedisServer | undefined;
  readonly stop: () => Promise<void>;
}

const nodeTimeoutMs = 1_000;

/** Three nodes of one cluster, and a replica of the one that holds the given key. */
export async function startCluster(replicated?: string): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  for (let count = 0; count < (replicated === undefined ? 3 : 4); count += 1)
    nodes.push(await startNode(await freePort()));
  const masters = nodes.slice(0, 3);
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('no node');
  const bounds = [0, 5461, 10923, 16384];
  masters.forEach(({ command }, at) =>
    command('CLUSTER', 'ADDSLOTSRANGE', String(bounds[at]), String((bounds[at + 1] ?? 0) - 1)),
  );
  for (const node of others) first.command('CLUSTER', 'MEET', '127.0.0.1', String(node.port), busOf(node));
  await until(() => nodes.every(({ command }) => knownNodes(command('CLUSTER', 'NODES')) === nodes.length));
  const replica = nodes[3];
  if (replica !== undefined && replicated !== undefined) {
    const slot = Number(first.command('CLUSTER', 'KEYSLOT', replicated));
    const owner = masters[bounds.findIndex((bound) => slot < bound) - 1];
    await until(() =>
      replica
        .command('CLUSTER', 'REPLICATE', owner?.command('CLUSTER', 'MYID').trim() ?? '')
        .startsWith('OK'),
    );
    await until(() => replica.command('INFO', 'replication').includes('master_link_status:up'));
    if (owner !== undefined) masters.unshift(...masters.splice(masters.indexOf(owner), 1));
  }
  await until(() => masters.every(({ command }) => command('CLUSTER', 'INFO').includes('cluster_state:ok')));
  return {
    ...{ urls: masters.map(({ url }) => url), masters, replica },
    stop: async () => {
      for (const node of nodes) await node.stop();
    },
  };
}

/** A node of no cluster yet, or one that comes back on its port and has forgotten everything. */
async function startNode(port: number): Promise<RedisServer> {
  const bus = String(await freePort());
  const timeout = ['--cluster-node-timeout', String(nodeTimeoutMs)];
  const node = await startRedis(port, '--cluster-enabled', 'yes', '--cluster-port', bus, ...timeout);
  node.command('CONFIG', 'SET', 'cluster-announce-bus-port', bus);
  return node;
}

const busOf = ({ command }: RedisServer): string =>
  command('CONFIG', 'GET', 'cluster-port').trim().split('\n').at(-1) ?? '';

const knownNodes = (table: string): number =>
  table.split('\n').filter((line) => line !== '' && !line.includes('handshake')).length;

export interface WatchedRedis {
  /** As a configuration has it. */
  readonly url: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  readonly stop: () => Promise<void>;
}

/** A server, its replica, and a sentinel that lets the replica take over half a second after the server is gone. */
export async function startWatched(): Promise<WatchedRedis> {
  const master = await startRedis(await freePort());
  const replica = await startRedis(await freePort(), '--replicaof', '127.0.0.1', String(master.port));
  await until(() => replica.command('INFO', 'replication').includes('master_link_status:up'));
  const folder = mkdtempSync(join(tmpdir(), 'weir-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const port = await freePort();
  const lines = [
    ...[`port ${String(port)}`, 'bind 127.0.0.1', `dir ${folder}`],
    `sentinel monitor shop 127.0.0.1 ${String(master.port)} 1`,
    'sentinel down-after-milliseconds shop 500',
    'sentinel failover-timeout shop 3000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const sentinel = spawn('redis-server', [file, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of sentinel.stdout.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes('+slave')) break;
  }
  sentinel.stdout.resume();
  return {
    ...{ master, replica, url: `redis-sentinel://127.0.0.1:${String(port)}?sentinelServiceName=shop` },
    stop: async () => {
      sentinel.kill('SIGKILL');
      if (sentinel.exitCode === null && sentinel.signalCode === null) await once(sentinel, 'exit');
      rmSync(folder, { recursive: true, force: true });
      await master.stop();
      await replica.stop();
    },
  };
}

/** A way to a Redis on which answers can be held back. */
export interface SlowWay {
  readonly url: string;
  readonly hold: () => void;
  /** Sends what was held back. */
  readonly release: () => void;
  /** Commands of this name that came by. */
  readonly count: (command: string) => number;
  readonly close: () => Promise<void>;
}

export async function startSlowWay({ port }: RedisServer): Promise<SlowWay> {
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  let isHeld = false;
  let held: (() => void)[] = [];
  const server = createServer((client) => {
    const redis = connect(port, '127.0.0.1');
    for (const socket of [client, redis]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        redis.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      for (const [, name = ''] of chunk.toString('latin1').matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
        counts.set(name.toUpperCase(), (counts.get(name.toUpperCase()) ?? 0) + 1);
      redis.write(chunk);
    });
    redis.on('data', (chunk: Buffer) => {
      if (isHeld) held.push(() => client.write(chunk));
      else client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const send of held) send();
      held = [];
    },
    count: (command) => counts.get(command) ?? 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
