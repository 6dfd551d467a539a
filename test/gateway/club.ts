import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { Agent, request as httpRequest } from 'undici';
import { parseConfig, type LoadedConfig } from '../../gateway/config/config.ts';
import { startGateway, type Gateway, type ReloadEvent } from '../../gateway/gateway.ts';
import { clubResolvers, clubSchemas, type ClubSubgraph } from './club-schemas.ts';
import { audience, issuerName, startIssuer, type Issuer } from './issuer.ts';
import { startSubgraph, type Asked, type SubgraphServer } from './subgraph-server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly data: unknown;
  readonly codes: readonly unknown[];
}

export interface AskOptions {
  readonly token?: string | undefined;
  readonly variables?: unknown;
  readonly operationName?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly signal?: AbortSignal;
}

/** A gateway on three real subgraphs and an issuer of tokens. */
export interface Club {
  /** Where GraphQL is answered. */
  readonly url: string;
  readonly port: number;
  readonly issuer: Issuer;
  readonly subgraphs: Readonly<Record<ClubSubgraph, SubgraphServer>>;
  readonly supergraphFile: string;
  readonly sdl: string;
  readonly log: string[];
  readonly events: ReloadEvent[];
  ask(query: string, options?: AskOptions): Promise<Answer>;
  send(options: SendOptions): Promise<Answer>;
  /** All that subgraphs were asked since the last `forget`. */
  asked(): readonly Asked[];
  /** Forgets what was asked and ends all trouble. */
  forget(): void;
  /** Serves on with these in place of the options it was started with. */
  reconfigure(changes: ClubOptions): Promise<void>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly method?: 'GET' | 'POST' | 'OPTIONS' | 'PUT' | 'DELETE' | 'HEAD';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal | undefined;
}

/** `gateway.yaml` as text; JSON is YAML. */
type Config = Readonly<Record<string, unknown>>;

export interface ClubOptions {
  readonly config?: Config;
  readonly jwt?: Config;
  /** Changes the entry that names the issuer's keys. */
  readonly keys?: Config;
  /** In place of that entry. */
  readonly issuers?: readonly Config[];
  /** `authentication.router.api_keys`. */
  readonly apiKeys?: Config;
  /** `authentication.subgraph`. */
  readonly subgraph?: Config;
  /** Changes the composed supergraph before it is served. */
  readonly edit?: (sdl: string) => string;
}

export const jwksSettings: Config = {
  issuers: [issuerName],
  audiences: [audience],
  algorithms: ['RS256', 'ES256'],
  cooldown: '100ms',
  timeout: '5s',
};

const identityRules = {
  request: [
    { propagate: { named: 'authorization' } },
    { insert: { name: 'x-user-id', from_claim: 'sub' } },
    { insert: { name: 'x-user-scopes', from_claim: 'scope' } },
  ],
};

/** Starts everything on free ports. */
export async function startClub(options: ClubOptions = {}): Promise<Club> {
  const [accounts, library, reviews, issuer] = await Promise.all([
    startSubgraph(clubSchemas.accounts, clubResolvers.accounts),
    startSubgraph(clubSchemas.library, clubResolvers.library),
    startSubgraph(clubSchemas.reviews, clubResolvers.reviews),
    startIssuer(),
  ]);
  const subgraphs = { accounts, library, reviews };
  const sdl = (options.edit ?? ((text) => text))(composedClub(subgraphs));
  const folder = mkdtempSync(join(tmpdir(), 'weir-club-'));
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, sdl);
  const log: string[] = [];
  const events: ReloadEvent[] = [];
  const servers = [accounts, library, reviews];
  const closeOthers = async (): Promise<void> => {
    for (const server of [...servers, issuer]) await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async (): Promise<Gateway> =>
    startGateway({
      supergraph: { kind: 'file', path: supergraphFile },
      config: loadedConfig(options, issuer).config,
      port: 0,
      log: { write: (line) => void log.push(line) },
      onReload: (event) => void events.push(event),
    });
  const gateway = await start().catch(async (error: unknown) => {
    await closeOthers();
    throw error;
  });
  const close = async (): Promise<void> => {
    await gateway.stop();
    await closeOthers();
  };
  if (events.length !== 1 || events[0]?.kind !== 'taken') {
    await close();
    assert.fail(JSON.stringify(events));
  }
  return {
    ...asking(gateway),
    ...{ issuer, subgraphs, supergraphFile, sdl, log, events },
    asked: () => servers.flatMap(({ asked }) => asked),
    forget: () => {
      for (const server of servers) {
        server.asked.length = 0;
        server.trouble = undefined;
        server.abandoned = 0;
      }
    },
    reconfigure: (changes) => gateway.reconfigure(loadedConfig({ ...options, ...changes }, issuer)),
    close,
  };
}

function loadedConfig(options: ClubOptions, issuer: Issuer): Extract<LoadedConfig, { ok: true }> {
  const { config = {}, jwt = {}, keys = {}, apiKeys, subgraph } = options;
  const { issuers = [{ ...jwksSettings, url: issuer.url, ...keys }] } = options;
  const text = JSON.stringify({
    headers: { all: identityRules },
    // The machine that runs the tests may be busy: that is no reason to refuse.
    traffic_shaping: { router: { overload: { enabled: false } } },
    authentication: {
      router: { jwt: { ...jwt, jwks: issuers }, api_keys: apiKeys },
      subgraph,
    },
    ...config,
  });
  const loaded = parseConfig({ file: 'gateway.yaml', text }, tmpdir(), {});
  if (!loaded.ok) throw new Error(loaded.text);
  return loaded;
}

/** The club's supergraph for servers on these addresses. */
export function composedClub(
  servers: Readonly<Record<ClubSubgraph, { readonly url: string }>>,
  schemas: Readonly<Record<ClubSubgraph, string>> = clubSchemas,
): string {
  const names = Object.keys(schemas) as ClubSubgraph[];
  const composed = composeServices(
    names.map((name) => ({ name, url: servers[name].url, typeDefs: parse(schemas[name]) })),
  );
  if (composed.errors !== undefined)
    throw new Error(composed.errors.map((error) => error.message).join('\n'));
  return composed.supergraphSdl;
}

function asking({ url }: Gateway): Pick<Club, 'url' | 'port' | 'ask' | 'send'> {
  const send = async (options: SendOptions): Promise<Answer> => {
    const { method = 'POST', path = '/graphql', headers = {}, body, signal } = options;
    const response = await httpRequest(new URL(path, url), {
      ...{ method, headers, dispatcher: agent },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    return answerOf(response.statusCode, response.headers, await response.body.text());
  };
  return {
    url,
    port: Number(new URL(url).port),
    send,
    ask: (query, { token, headers = {}, signal, ...rest } = {}) =>
      send({
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, ...rest }),
        signal,
      }),
  };
}

const agent = new Agent({ keepAliveTimeout: 100, headersTimeout: 20_000, bodyTimeout: 20_000 });

function answerOf(status: number, headers: Answer['headers'], text: string): Answer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  const { data, errors = [] } = (parsed ?? {}) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
  };
  return { status, headers, text, data, codes: errors.map(({ extensions }) => extensions?.code) };
}

/** Sends bytes on a bare socket and gives what comes back until it is closed, or `waitMs` pass. */
export function raw(port: number, bytes: string | Buffer, waitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    const timer = setTimeout(end, waitMs);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', end).on('close', end);
    socket.write(bytes);
  });
}
