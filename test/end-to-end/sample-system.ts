import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'cli/bin/weir.js');

export type Part =
  'gateway' | 'bff-web' | 'bff-mobile' | 'accounts' | 'catalog' | 'inventory' | 'orders' | 'reviews';

const offsets: Readonly<Record<Part, number>> = {
  gateway: 0,
  'bff-web': 1,
  'bff-mobile': 2,
  accounts: 101,
  catalog: 102,
  inventory: 103,
  orders: 104,
  reviews: 105,
};

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly argument?: string };
  }[];
}

/** The sample system as a user starts it, on ports and data of its own. */
export interface SampleSystem {
  readonly output: () => string;
  url(part: Part): string;
  ask(part: Part, query: string, options?: AskOptions): Promise<Answer>;
  /** Process ids of the server that listens for this part. */
  pidOf(part: Part): Promise<number>;
  /** Sends a signal to the command and waits for its end; gives its exit code. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Ends it if it still runs, and removes its data. */
  cleanUp(): Promise<void>;
}

interface AskOptions {
  readonly token?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Starts `weir start` and resolves when it has printed its addresses. */
export async function startSampleSystem({
  data = mkdtempSync(join(tmpdir(), 'weir-data-')),
  waitForAddresses = true,
}: { data?: string; waitForAddresses?: boolean } = {}): Promise<SampleSystem & { readonly data: string }> {
  const base = await freeBase();
  const child = spawn(process.execPath, [command, 'start'], {
    cwd: root,
    env: { ...process.env, WEIR_PORT_BASE: String(base), WEIR_SCALE: '0.02', WEIR_HOME: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const url = (part: Part): string => `http://127.0.0.1:${base + offsets[part]}/graphql`;
  const end: SampleSystem['end'] = async (signal) => {
    if (child.exitCode !== null) return child.exitCode;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  };
  if (waitForAddresses)
    await until(
      () => output.includes('/sandbox'),
      child,
      () => output,
    );
  return {
    data,
    output: () => output,
    url,
    end,
    ask: (part, query, { token, variables } = {}) => ask(url(part), { query, variables }, token),
    pidOf: (part) => listenerOf(base + offsets[part]),
    cleanUp: async () => {
      await end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, body: unknown, token: string | undefined): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>;
  return { status: response.status, bytes: Buffer.byteLength(text), data, errors };
}

/** Waits until something holds; fails when the process ends first or two minutes pass. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  child?: ChildProcess,
  explain: () => string = () => '',
): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await holds()) return;
    if (child !== undefined && child.exitCode !== null) throw new Error(`ended too early:\n${explain()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing came of it within two minutes:\n${explain()}`);
}

/** A base whose eight ports are free now. */
async function freeBase(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(Object.values(offsets).map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Which process listens on a port, from the kernel's own tables: no tool has to be installed. */
async function listenerOf(port: number): Promise<number> {
  const { readFile, readdir, readlink } = await import('node:fs/promises');
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile('/proc/net/tcp', 'utf8');
  const row = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[1]?.endsWith(`:${wanted}`) === true && columns[3] === '0A');
  const socket = `socket:[${row?.[9] ?? ''}]`;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const links = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of links) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (target === socket) return Number(pid);
    }
  }
  throw new Error(`nobody listens on ${port}`);
}
