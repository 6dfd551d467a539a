import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOptions as ownOptions } from '../../gateway/model/node-options.ts';

/** A gateway to measure: its supergraph and what its gateway.yaml says (JSON is YAML). */
export interface GatewayWish {
  readonly supergraph: string;
  readonly config?: object;
  /** Bound to one processor, with the load elsewhere; threads that should run beside one another need it free. */
  readonly pinned?: boolean;
}

/** Which gateway, and how Node runs it. */
export interface GatewayBuild {
  /** Where the compiled gateway stands. */
  readonly dist: string;
  readonly nodeOptions: readonly string[];
}

/** What is left in memory when every thread has collected its garbage. */
export interface Memory {
  readonly heapMb: number;
  /** Heaps of the planning threads. */
  readonly threadsMb: number;
  readonly rssMb: number;
  readonly externalMb: number;
}

export interface RunningGateway {
  readonly pid: number;
  readonly port: number;
  /** From the start of the process to the first 200 of its readiness, in ms. */
  readonly readyMs: number;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const probe = fileURLToPath(new URL('./memory-probe.mjs', import.meta.url));
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Whether there are two processors and a way to bind a process to one. */
export const canPin = (): boolean =>
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** Starts `weir serve` out of a compiled folder and waits until it is ready. */
export async function startGateway(
  { dist, nodeOptions }: GatewayBuild,
  wish: GatewayWish,
): Promise<RunningGateway> {
  const main = join(resolve(root, dist), 'cli/main.js');
  if (!existsSync(main)) throw new Error(`there is no ${main}: run  npm run build`);
  const files = mkdtempSync(join(tmpdir(), 'weir-growth-'));
  mkdirSync(files, { recursive: true });
  const [supergraph, config, probed] = ['supergraph.graphql', 'gateway.yaml', 'memory.json'].map((name) =>
    join(files, name),
  ) as [string, string, string];
  writeFileSync(supergraph, wish.supergraph);
  writeFileSync(config, JSON.stringify(wish.config ?? {}));
  const port = await freePort();
  const pinned = wish.pinned === true && canPin() ? ['taskset', '-c', '1'] : [];
  const [command = '', ...args] = [
    ...[...pinned, process.execPath, ...ownOptions, ...nodeOptions],
    ...['--expose-gc', '--import', probe, main, 'serve'],
    ...['--supergraph', supergraph, '--config', config, '--host', '127.0.0.1', '--port', String(port)],
  ];
  const began = performance.now();
  const child = spawn(command, args, {
    cwd: files,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, NODE_ENV: 'production', GROWTH_PROBE: probed },
  });
  const stop = async (): Promise<void> => {
    await stopped(child);
    rmSync(files, { recursive: true, force: true });
  };
  try {
    await ready(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  const pid = child.pid ?? 0;
  const readyMs = performance.now() - began;
  return { pid, port, readyMs, stop, memory: () => memoryOf(pid, probed) };
}

async function memoryOf(pid: number, file: string): Promise<Memory> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (let waited = 0; waited < 30_000; waited += 50) {
    await sleep(50);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('}')) return JSON.parse(text) as Memory;
  }
  throw new Error('the gateway did not tell its memory');
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && child.exitCode === null) {
    if (await isReady(port)) return;
    await sleep(10);
  }
  throw new Error(`the gateway does not become ready, exit code ${String(child.exitCode)}`);
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/health/ready`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // it does not listen yet
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(force);
}

function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

/** Resident memory now, in MB. */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return Number(kb ?? 0) / 1024;
}
