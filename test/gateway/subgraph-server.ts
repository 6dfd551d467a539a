import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a subgraph was asked. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly query: string;
}

/** Answers in place of the schema; what it does not answer hangs. */
export type Trouble = (response: ServerResponse, asked: Asked) => void | Promise<void>;

export interface SubgraphServer {
  readonly url: string;
  readonly port: number;
  readonly asked: Asked[];
  trouble: Trouble | undefined;
  /** Why a request is refused with 401; `undefined` when it is not. */
  guard: ((asked: Asked) => string | undefined) | undefined;
  /** Sent with each answer of the schema. */
  headers: Readonly<Record<string, string>>;
  /** Stands in each answer of the schema. */
  extensions: Readonly<Record<string, unknown>> | undefined;
  /** Requests whose connection went away before they were answered. */
  abandoned: number;
  /** Most equal requests that were under way at once. */
  mostAlike: number;
  close(): Promise<void>;
}

/** A subgraph over HTTP that notes what it was asked and can be made to misbehave. */
export async function startSubgraph(sdl: string, resolvers: object): Promise<SubgraphServer> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const underWay = new Map<string, number>();
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { query, variables, operationName } = JSON.parse(body) as {
      readonly query: string;
      readonly variables?: Record<string, unknown>;
      readonly operationName?: string;
    };
    const asked: Asked = { headers: request.headers, body, query };
    state.asked.push(asked);
    const alike = (underWay.get(body) ?? 0) + 1;
    underWay.set(body, alike);
    state.mostAlike = Math.max(state.mostAlike, alike);
    response.once('close', () => {
      underWay.set(body, (underWay.get(body) ?? 1) - 1);
      if (!response.writableEnded) state.abandoned += 1;
    });
    if (state.trouble !== undefined) {
      await state.trouble(response, asked);
      return;
    }
    if (state.guard?.(asked) !== undefined) {
      response.writeHead(401).end();
      return;
    }
    const result = await graphql({
      schema,
      source: query,
      contextValue: { userId: request.headers['x-user-id'], headers: request.headers },
      ...(variables === undefined ? {} : { variableValues: variables }),
      ...(operationName === undefined ? {} : { operationName }),
    });
    const { extensions } = state;
    response
      .writeHead(200, { 'content-type': 'application/json', ...state.headers })
      .end(JSON.stringify(extensions === undefined ? result : { ...result, extensions }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state: SubgraphServer = {
    url: `http://127.0.0.1:${String(port)}/graphql`,
    port,
    asked: [],
    trouble: undefined,
    guard: undefined,
    headers: {},
    extensions: undefined,
    abandoned: 0,
    mostAlike: 0,
    close: async () => {
      server.closeAllConnections();
      // Closing twice is no error: a test may have closed it already.
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}
