import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createContext } from './context.ts';
import { createGateway, type Asker } from './gateway.ts';
import { graphqlRoute } from './graphql.ts';
import type { Log } from './log.ts';
import { resolvers } from './resolvers.ts';
import { listen, type RouteRequest } from './server.ts';
import type { Settings } from './settings.ts';

export interface Service {
  readonly url: string;
  /** Ends what has begun, then closes the server and the connections to the gateway. */
  close(): Promise<void>;
}

/** Starts the server. It needs no gateway to start: pages say what is missing until there is one. */
export async function startService(settings: Settings, log: Log): Promise<Service> {
  const server = await listen(settings, log);
  const gateway = createGateway(new URL(settings.gatewayUrl), settings.gatewayTimeout, 'bff-mobile');
  const contextOf = (request: RouteRequest) => createContext(gateway, askerOf(request));
  const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
  const graphql = await graphqlRoute({ typeDefs, resolvers, contextOf, log });
  server.ready({ '/graphql': graphql.route });
  log('info', 'ready', { url: `${server.url}/graphql`, gateway: settings.gatewayUrl });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await graphql.stop();
      await gateway.close();
    },
  };
}

function askerOf({ headers, signal }: RouteRequest): Asker {
  const given = headers['x-request-id'];
  // Only what cannot break a log line or a header is passed on.
  const requestId = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  return { authorization: headers.authorization, requestId, signal };
}
