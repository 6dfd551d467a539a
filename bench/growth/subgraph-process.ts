import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  getNullableType,
  graphql,
  isListType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { misbehave, type BadAnswer } from './bad-answer.ts';
import type { World } from './worlds.ts';

/**
 * All subgraphs of a world in one process, on one port, each at its name. Values are made up from the schema; answers are
 * kept, so that the same call costs next to nothing. Told by its parent to misbehave at `/bad`.
 */

export type ToSubgraphs = { readonly world: World } | { readonly bad: BadAnswer | undefined };

interface Body {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const mostKept = 20_000;
const mostKeptBytes = 256 * 1024 * 1024;
const kept = new Map<string, string>();
let keptBytes = 0;
let schemas: ReadonlyMap<string, GraphQLSchema> = new Map();
let bad: BadAnswer | undefined;

/** Whatever a field has to be, made of its name and of the object's id. */
const madeUp: GraphQLFieldResolver<unknown, unknown> = (
  source,
  args: Readonly<Record<string, unknown>>,
  _,
  info,
) => {
  const own = (source ?? {}) as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(own, info.fieldName)) return own[info.fieldName];
  const type = getNullableType(info.returnType);
  if (type.toString() === 'Node') return null;
  if (isListType(type)) {
    const length = typeof args['first'] === 'number' ? args['first'] : 2;
    return Array.from({ length }, (_item, index) => ({ id: String(index) }));
  }
  if (isObjectType(type)) return { id: args['id'] ?? own['id'] ?? '1' };
  const id = typeof own['id'] === 'string' ? own['id'] : '0';
  if (type.toString() === 'Int') return Number(id) % 1000;
  return `${info.fieldName} of ${info.parentType.name} ${id}`;
};

async function answered(name: string, body: string): Promise<string> {
  const key = `${name} ${body}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`no subgraph ${name}`);
  const { query, variables } = JSON.parse(body) as Body;
  const result = await graphql({
    schema,
    source: query,
    fieldResolver: madeUp,
    variableValues: variables ?? {},
  });
  const text = JSON.stringify(result);
  if (kept.size < mostKept && keptBytes < mostKeptBytes) {
    kept.set(key, text);
    keptBytes += key.length + text.length;
  }
  return text;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  const name = (request.url ?? '/').slice(1);
  if (bad !== undefined && name === 'bad') {
    misbehave(bad, response);
    return;
  }
  const text = await answered(name, Buffer.concat(chunks).toString());
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

process.on('message', (message: ToSubgraphs) => {
  if ('world' in message) {
    const entries = Object.entries(message.world.subgraphs);
    schemas = new Map(entries.map(([name, sdl]) => [name, buildSubgraphSchema(parse(sdl))]));
  } else bad = message.bad;
  process.send?.('done');
});
process.on('disconnect', () => process.exit());

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => {
    response.destroy();
    process.stderr.write(`subgraph: ${String(error)}\n`);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
