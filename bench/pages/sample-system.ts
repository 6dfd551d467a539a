import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holderOf, isFree } from '../../cli/system/ports.ts';

export type Server = 'gateway' | 'bff-web' | 'bff-mobile';

const offsets: Readonly<Record<Server, number>> = { gateway: 0, 'bff-web': 1, 'bff-mobile': 2 };
const highestOffset = 105;

/** The sample shop as `weir start` runs it, on ports and data of its own. */
export interface SampleSystem {
  port(server: Server): number;
  pid(server: Server): Promise<number>;
  stop(): Promise<void>;
}

const startMs = 180_000;

/** Starts the compiled `weir start` with this WEIR_SCALE and waits until all of it answers. */
export async function startSampleSystem(scale: number): Promise<SampleSystem> {
  const home = mkdtempSync(join(tmpdir(), 'weir-pages-'));
  const base = await freeBase();
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const child = spawn(process.execPath, [join(root, 'cli/bin/weir.js'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ WEIR_PORT_BASE: String(base), WEIR_SCALE: String(scale), WEIR_HOME: home },
      ...{ NODE_ENV: 'production', NO_COLOR: '1' },
    },
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true });
  };
  const port = (server: Server): number => base + offsets[server];
  try {
    const until = Date.now() + startMs;
    while (!(await allAnswer(['gateway', 'bff-web', 'bff-mobile'].map((name) => port(name as Server))))) {
      if (child.exitCode !== null || Date.now() > until) throw new Error('the sample shop does not start');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop, pid: (server) => pidOn(port(server)) };
}

async function allAnswer(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(
    ports.map(async (port) => {
      const path = port === ports[0] ? '/health/ready' : '/health';
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`).catch(() => undefined);
      return response?.ok === true;
    }),
  );
  return answers.every(Boolean);
}

async function pidOn(port: number): Promise<number> {
  const pid = /\(process (\d+)\)$/.exec((await holderOf(port)) ?? '')?.[1];
  if (pid === undefined) throw new Error(`nothing listens on port ${String(port)}`);
  return Number(pid);
}

async function freeBase(): Promise<number> {
  for (let base = 21_000; base < 60_000; base += 500) {
    const ports = Array.from({ length: highestOffset + 1 }, (_, offset) => base + offset);
    const free = await Promise.all(ports.map((port) => isFree(port, '127.0.0.1')));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free range of ports');
}
