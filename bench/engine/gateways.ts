import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOptions as ownOptions } from '../../gateway/model/node-options.ts';
import type { Target } from './closed-loop.ts';
import type { Scenario } from './scenarios.ts';

/** What a gateway needs to be started for one scenario. */
export interface Setting {
  readonly scenario: Scenario;
  /** A folder for files of this scenario. */
  readonly folder: string;
  readonly supergraphFile: string;
  /** A file with the whole answer, for floors. */
  readonly answerFile: string;
  /** A file with the calls of weir's plan, for floors. */
  readonly callsFile: string;
  readonly compiled: (file: string) => string;
  /** The subgraphs in pieces, for gateways that compose by themselves. */
  readonly subgraphs: readonly { readonly name: string; readonly url: string; readonly sdl: string }[];
  /** Options of Node for the gateway's own process, such as `--cpu-prof`. */
  readonly nodeOptions: readonly string[];
}

/** A gateway under test: how it is started and where it answers. */
export interface GatewayUnderTest {
  readonly name: string;
  readonly about: string;
  readonly path: string;
  readonly command: (setting: Setting, port: number) => readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const node = process.execPath;

const forwarding = `headers:
  all:
    request:
      - propagate: { named: authorization }
`;

/** The lines of gateway.yaml that a scenario needs; everything else has its default. */
function weirConfig({ scenario, folder }: Setting): string {
  const file = join(folder, 'gateway.yaml');
  writeFileSync(file, scenario.unique ? forwarding : '{}\n');
  return file;
}

/** A build of weir: `dist/` or another folder that `tsc -p tsconfig.build.json --outDir FOLDER` made inside the checkout. */
export function weirFrom(folder: string, name: string): GatewayUnderTest {
  return {
    name,
    about: 'weir serve, compiled, every setting at its default (one log line a request, to /dev/null)',
    path: '/graphql',
    command: (setting, port) => [
      ...[node, ...ownOptions, ...setting.nodeOptions, join(resolve(root, folder), 'cli/main.js'), 'serve'],
      ...['--supergraph', setting.supergraphFile, '--config', weirConfig(setting)],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
  };
}

export const weir = weirFrom('dist', 'weir');

export const gatewaysUnderTest: readonly GatewayUnderTest[] = [
  weir,
  {
    name: 'stock',
    about: '@apollo/gateway on the standalone server of @apollo/server',
    path: '/',
    command: ({ compiled, nodeOptions, supergraphFile, scenario }, port) => [
      ...[node, ...nodeOptions, compiled('peers/stock.ts'), supergraphFile, String(port)],
      scenario.unique ? 'forward' : 'plain',
    ],
  },
  {
    name: 'floor-calls',
    about: "plain Node: weir's calls by undici, JSON parsed and printed both ways, nothing else",
    path: '/',
    command: ({ compiled, nodeOptions, callsFile, answerFile }, port) => [
      ...[node, ...nodeOptions, compiled('peers/floor-calls.ts'), callsFile, answerFile, String(port)],
    ],
  },
  {
    name: 'floor-fixed',
    about: 'plain Node: node:http with a stored answer',
    path: '/',
    command: ({ compiled, nodeOptions, answerFile }, port) => [
      ...[node, ...nodeOptions, compiled('peers/floor-fixed.ts'), answerFile, String(port)],
    ],
  },
];

export interface RunningGateway {
  readonly gateway: GatewayUnderTest;
  readonly pid: number;
  readonly target: Target;
  stop(): Promise<void>;
}

const startMs = 60_000;

/** Starts a gateway and waits until it answers the scenario's operation with 200. */
export async function startGateway(
  gateway: GatewayUnderTest,
  setting: Setting,
  pinned: readonly string[],
): Promise<RunningGateway> {
  const port = await freePort();
  const [command = '', ...args] = [...pinned, ...gateway.command(setting, port)];
  const child = spawn(command, args, {
    cwd: setting.folder,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const target = { port, path: gateway.path };
  const stop = (): Promise<void> => stopped(child);
  try {
    await ready(child, target, setting.scenario);
  } catch (error) {
    await stop();
    throw new Error(
      `${gateway.name} does not answer ${setting.scenario.name}; it was started as: ${[command, ...args].join(' ')}`,
      { cause: error },
    );
  }
  return { gateway, target, stop, pid: child.pid ?? 0 };
}

/** One request outside any measurement; gives the status. */
export async function askOnce({ port, path }: Target, scenario: Scenario): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(scenario.unique ? { authorization: 'Bearer first' } : {}),
    },
    body: JSON.stringify({ query: scenario.query }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function ready(child: ChildProcess, target: Target, scenario: Scenario): Promise<void> {
  const until = Date.now() + startMs;
  let last: unknown;
  while (Date.now() < until && child.exitCode === null) {
    try {
      last = await askOnce(target, scenario);
      if (last === 200) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not ready: ${String(last)}, exit code ${String(child.exitCode)}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(force);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
