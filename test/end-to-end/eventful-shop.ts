import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { startIssuer } from '../gateway/issuer.ts';
import { freePort, startRedis, type RedisServer } from '../gateway/redis-server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = ['catalog', 'inventory'] as const;
type Name = (typeof names)[number];

/** The sample's catalog and inventory, each in its process, and the Redis through which they tell what has changed. */
export interface EventfulShop {
  readonly redis: RedisServer;
  /** The file of their supergraph. */
  readonly supergraph: string;
  /** For configurations and the like; goes with the shop. */
  readonly folder: string;
  /** Changes something where it is kept, past every gateway. */
  readonly change: (at: Name, mutation: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startEventfulShop(): Promise<EventfulShop> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-eventful-'));
  const issuer = await startIssuer();
  const redis = await startRedis(await freePort());
  const env = {
    ...process.env,
    ...{ PORT: '0', DATA_DIR: folder, WEIR_SCALE: '0.05', REDIS_URL: redis.url, JWKS_URL: issuer.url },
  };
  const started = await Promise.all(names.map((name) => startSubgraph(name, env)));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, composed(started.map(({ url }) => url)));
  const claims = {
    iss: 'https://accounts.weir.example',
    aud: 'weir',
    scope: 'catalog:write inventory:write',
  };
  return {
    ...{ redis, supergraph, folder },
    change: async (at, query) => {
      const response = await fetch(started[names.indexOf(at)]?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${issuer.token(claims)}` },
        body: JSON.stringify({ query }),
      });
      const { errors } = (await response.json()) as { readonly errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
    },
    stop: async () => {
      for (const { child } of started) {
        child.kill('SIGTERM');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      await redis.stop();
      await issuer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly url: string;
  readonly child: ChildProcess;
}

async function startSubgraph(name: Name, env: NodeJS.ProcessEnv): Promise<Started> {
  const child = spawn(process.execPath, ['--import', 'tsx', `subgraphs/${name}/src/main.ts`], {
    ...{ cwd: root, env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /"msg":"ready","url":"([^"]+)"/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`${name} ended too early:\n${text}`)));
  });
  return { url, child };
}

function composed(urls: readonly string[]): string {
  const made = composeSupergraph(
    names.map((name, at) => ({
      ...{ name, routingUrl: urls[at] ?? '' },
      sdl: readFileSync(join(root, `subgraphs/${name}/schema.graphql`), 'utf8'),
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (made.ok) return made.sdl;
  throw new Error(made.problems.map(({ message }) => message).join('\n'));
}
