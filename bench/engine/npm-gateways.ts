import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayUnderTest, Setting } from './gateways.ts';

/**
 * Other gateways that npm has. They are installed in a folder of their own, because they bring other versions of what this
 * project pins; see `bench/README.md`.
 */

const folder = fileURLToPath(new URL('../npm-gateways/', import.meta.url));
const modules = join(folder, 'node_modules');

const hive = ({ supergraphFile, scenario, nodeOptions }: Setting, port: number): readonly string[] => [
  ...['env', `BENCH_FORWARD=${scenario.unique ? '1' : '0'}`, process.execPath, ...nodeOptions],
  ...[join(modules, '@graphql-hive/gateway/dist/bin.js'), 'supergraph', supergraphFile],
  ...['--config-path', join(folder, 'hive.config.mjs'), '--host', '127.0.0.1', '--port', String(port)],
];

/** Grafbase composes by itself, so it gets the subgraphs' schemas and not the supergraph. */
function grafbaseConfig({ folder: into, subgraphs, scenario }: Setting): string {
  const file = join(into, 'grafbase.toml');
  const sections = subgraphs.map(({ name, url, sdl }) => {
    const schemaFile = join(into, `${name}.graphql`);
    writeFileSync(schemaFile, sdl);
    return `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${schemaFile}"\n`;
  });
  const forwarding = scenario.unique ? '[[headers]]\nrule = "forward"\nname = "authorization"\n' : '';
  writeFileSync(file, [forwarding, ...sections].join('\n'));
  return file;
}

export const npmGateways: readonly GatewayUnderTest[] = [
  {
    name: 'hive',
    about: '@graphql-hive/gateway 2.15.1 with --jit and request deduplication, as in the public benchmark',
    path: '/graphql',
    command: (setting, port) => [...hive(setting, port), '--jit'],
  },
  {
    name: 'hive-rust-planner',
    about: 'the same with @graphql-hive/router-runtime 1.4.23: planned and executed by its Rust router',
    path: '/graphql',
    command: (setting, port) => [...hive(setting, port), '--hive-router-runtime'],
  },
  {
    name: 'grafbase',
    about:
      "grafbase dev 0.103.0, a gateway in Rust: the command line's development server, as the production binary is not on npm",
    path: '/graphql',
    command: (setting, port) => [
      join(modules, '@grafbase/cli-x86_64-unknown-linux-musl/grafbase'),
      ...['dev', '--config', grafbaseConfig(setting), '--listen-address', `127.0.0.1:${String(port)}`],
    ],
  },
];

export const installNpmGateways = 'npm ci --prefix bench/npm-gateways --ignore-scripts';

export const npmGatewaysAreInstalled = (): boolean => existsSync(modules);
