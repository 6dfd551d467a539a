import { readFileSync } from 'node:fs';
import {
  ApolloGateway,
  RemoteGraphQLDataSource,
  type GraphQLDataSourceProcessOptions,
} from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** @apollo/gateway and @apollo/server as their documentation shows them: `stock.ts SUPERGRAPH PORT forward|plain`. */

const [supergraph = '', port = '0', mode = 'plain'] = process.argv.slice(2);

interface Context {
  readonly authorization?: string;
}

class Forwarding extends RemoteGraphQLDataSource {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions): void {
    const { authorization } = context as Context;
    if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  ...(mode === 'forward'
    ? { buildService: ({ url }: { readonly url?: string }) => new Forwarding({ url: url ?? '' }) }
    : {}),
});
const server = new ApolloServer<Context>({ gateway, nodeEnv: 'production' });
await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(port) },
  context: ({ req }) => {
    const { authorization } = req.headers;
    return Promise.resolve(authorization === undefined ? {} : { authorization });
  },
});
