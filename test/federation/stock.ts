import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { execute, type ExecutionResult, parse } from 'graphql';
import type { Federation } from '../execute/federation.ts';

/** Stock `@apollo/gateway` over the same subgraphs, called in this process. */
export async function stockGateway({
  sdl,
  schemas,
}: Federation): Promise<(text: string, variables: Record<string, unknown>) => Promise<ExecutionResult>> {
  const silent = { debug: noop, info: noop, warn: noop, error: noop };
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    logger: silent,
    buildService: ({ name }) => localSource(schemas, name),
  });
  const { executor } = await gateway.load();
  return async (text, variables) => {
    const document = parse(text);
    const request = { query: text, variables };
    const context = { document, request, queryHash: text, context: {}, metrics: {}, logger: silent };
    // The cast leaves out what the gateway's executor does not read.
    return (await executor(context as never)) as ExecutionResult;
  };
}

const noop = (): void => undefined;

function localSource(schemas: Federation['schemas'], name: string): GraphQLDataSource {
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`There is no subgraph ${name}.`);
  return {
    process: async ({ request }) => {
      const answer = await execute({
        schema,
        document: parse(request.query ?? ''),
        variableValues: request.variables,
      });
      return JSON.parse(JSON.stringify(answer)) as never;
    },
  };
}
