import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../gateway/model/node-options.ts';
import { expectedPage, pages, productsOnPage } from './page-shop.ts';

/** What is measured beside the others. */
export interface Row {
  readonly name: string;
  readonly about: string;
  readonly path: string;
  /** Pages that are asked for, in turn. */
  readonly pages: number;
  /** Whether it is measured as well how long one hit takes while nothing else is asked. */
  readonly isAlone?: true;
  readonly command: (setting: Setting, port: number) => readonly string[];
}

export interface Setting {
  readonly folder: string;
  readonly supergraph: string;
  readonly redis: string;
  readonly build: string;
  readonly compiled: (file: string) => string;
  readonly nodeOptions: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const node = process.execPath;

/** `weir serve` with this of the cache, and nothing refused on a busy machine; everything else has its default. */
function weir(name: string, about: string, cache: (setting: Setting) => object): Row {
  return {
    ...{ name, about, path: '/graphql', pages },
    command: (setting, port) => {
      const config = join(setting.folder, `${name}.yaml`);
      const shaping = { router: { overload: { enabled: false } } };
      writeFileSync(config, JSON.stringify({ response_cache: cache(setting), traffic_shaping: shaping }));
      return [
        ...[node, ...nodeOptions, ...setting.nodeOptions],
        ...[join(root, setting.build, 'cli/main.js'), 'serve', '--supergraph', setting.supergraph],
        ...['--config', config, '--host', '127.0.0.1', '--port', String(port)],
      ];
    },
  };
}

export const rows: readonly Row[] = [
  weir('uncached', 'weir serve without a cache', () => ({ enabled: false })),
  {
    ...weir('memory', 'all entities and root fields from memory', () => ({
      enabled: true,
      whole_responses: false,
    })),
    isAlone: true,
  },
  {
    ...weir('million', 'the same with a million entries in it, of which all are asked for in turn', () => ({
      ...{ enabled: true, whole_responses: false, storage: { memory: { max_bytes: '3GB' } } },
    })),
    // A page is its products, each in two subgraphs, and the list of them.
    ...{ pages: Math.ceil(1_000_000 / (2 * productsOnPage + 1)), isAlone: true },
  },
  weir('redis', 'the same from Redis: memory holds less than a tenth of the pages', ({ redis }) => ({
    ...{ enabled: true, whole_responses: false },
    storage: { memory: { max_bytes: '1MB' }, redis: { urls: [redis], timeout: '1s' } },
  })),
  weir('whole', 'whole answers from memory', () => ({ enabled: true })),
  {
    name: 'stock',
    about: '@apollo/gateway on the standalone server of @apollo/server',
    ...{ path: '/', pages },
    command: ({ compiled: peer, supergraph }, port) => [
      ...[node, peer('peers/stock.ts'), supergraph, String(port), 'plain'],
    ],
  },
  {
    name: 'fixed',
    about: 'plain Node: node:http with one stored answer, whatever is asked',
    ...{ path: '/', pages: 1 },
    command: ({ compiled: peer, folder }, port) => {
      const file = join(folder, 'page.json');
      writeFileSync(file, `{"data":${expectedPage(0)}}`);
      return [node, peer('peers/floor-fixed.ts'), file, String(port)];
    },
  },
];
