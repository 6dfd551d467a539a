import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig, type GatewayConfig } from '../../gateway/config/config.ts';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';
import { audience, issuerName, startIssuer, type Issuer } from '../gateway/issuer.ts';
import { type Session, subgraphAnswer, validDocument, type Worlds } from '../federation/world-run.ts';
import type { AccessCase, Ask, Mode, ShownError, Traces } from './access-case.ts';
import type { AccessWorld } from './access-world.ts';
import type { Caller } from './random-access.ts';

/** A gateway in service of a world, with servers for its subgraphs and an issuer of its callers' tokens. */
export interface WorldGateway {
  /** Asks by HTTP; one after the other. */
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

/** What subgraphs got and did for the request under way. */
interface Notes {
  readonly calls: { readonly body: string }[];
  readonly resolved: Set<string>;
  readonly session: Session;
}

export async function worldGateway({ worlds }: AccessWorld, mode: Mode): Promise<WorldGateway> {
  const notes: { now: Notes } = { now: newNotes() };
  const subgraphs = await subgraphServer(worlds, () => notes.now);
  const issuer = await startIssuer();
  const folder = mkdtempSync(join(tmpdir(), 'weir-world-'));
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, worlds.supergraph.sdl);
  const log: string[] = [];
  const gateway = await startGateway({
    supergraph: { kind: 'file', path },
    config: configOf({ worlds, issuer, subgraphs: subgraphs.url, mode }),
    port: 0,
    log: { write: (line) => void log.push(line) },
  });
  return {
    ask: async (_world, accessCase) => {
      notes.now = newNotes();
      log.length = 0;
      const answered = await answerOf(gateway, accessCase, issuer);
      const { calls, resolved } = notes.now;
      return { ...answered, texts: [...answered.texts, ...log], calls, resolved };
    },
    close: async () => {
      await gateway.stop();
      await Promise.all([subgraphs.close(), issuer.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newNotes(): Notes {
  const resolved = new Set<string>();
  const onResolved = (type: string, field: string): void => void resolved.add(`${type}.${field}`);
  return { calls: [], resolved, session: { labels: new Set(), count: 0, onResolved } };
}

interface Configured {
  readonly worlds: Worlds;
  readonly issuer: Issuer;
  /** The subgraphs' address, to which each adds its name. */
  readonly subgraphs: string;
  readonly mode: Mode;
}

function configOf({ worlds, issuer, subgraphs, mode }: Configured): GatewayConfig {
  const names = [...worlds.subgraphs.keys()];
  const timeout = '60s';
  const text = JSON.stringify({
    supergraph: { introspection: true },
    override_subgraph_url: Object.fromEntries(names.map((name) => [name, `${subgraphs}/${name}`])),
    headers: {
      all: {
        request: [
          { propagate: { named: 'authorization' } },
          { insert: { name: 'x-user-id', from_claim: 'sub' } },
        ],
      },
    },
    traffic_shaping: { all: { timeout }, router: { timeout } },
    telemetry: { logging: { level: 'debug' } },
    authentication: {
      router: {
        jwt: { jwks: [{ url: issuer.url, issuers: [issuerName], audiences: [audience], timeout: '30s' }] },
      },
    },
    authorization: {
      directives: { mode: mode === 'reject' ? 'reject' : 'filter', dry_run: mode === 'dry-run' },
    },
  });
  const loaded = parseConfig({ file: 'gateway.yaml', text }, tmpdir(), {});
  if (!loaded.ok) throw new Error(loaded.text);
  return loaded.config;
}

type Answered = Pick<Traces, 'answer' | 'texts' | 'planned'>;

async function answerOf(
  { url }: Gateway,
  { text, variables, caller }: AccessCase,
  issuer: Issuer,
): Promise<Answered> {
  const token = caller.isKnown ? { authorization: `Bearer ${issuer.token(claimsOf(caller))}` } : {};
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...token },
    body: JSON.stringify({ query: text, variables }),
  });
  const body = await response.text();
  const texts = [body, JSON.stringify([...response.headers])];
  const { data, errors = [] } = JSON.parse(body) as { data?: unknown; errors?: ShownError[] };
  const isRejected = data === undefined && errors.some(isDenial);
  return { answer: isRejected ? undefined : { data, errors }, texts, planned: undefined };
}

const isDenial = ({ extensions }: ShownError): boolean => extensions?.code === 'UNAUTHORIZED_FIELD_OR_TYPE';

const claimsOf = ({ scopes, policies }: Caller) => ({ scope: scopes.join(' '), policies });

async function subgraphServer(
  worlds: Worlds,
  notes: () => Notes,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => void served(worlds, notes(), { request, response }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function served(
  worlds: Worlds,
  { calls, session }: Notes,
  { request, response }: Exchange,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  calls.push({ body: `${JSON.stringify(request.headers)} ${body}` });
  const name = (request.url ?? '').slice(1);
  const schema = worlds.subgraphs.get(name);
  if (schema === undefined) throw new Error(`There is no subgraph ${name}.`);
  const { query, variables = {} } = JSON.parse(body) as {
    readonly query: string;
    readonly variables?: Record<string, unknown>;
  };
  const document = validDocument(schema, query);
  const answer = await subgraphAnswer(worlds, name, { schema, document, variables, session });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
