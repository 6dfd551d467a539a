import { NeighbourUnavailable, type Wire } from './wire.ts';

export interface GraphQLCall {
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization?: string;
}

/** What a service answered. `refused`: it did not believe the token. */
export type CallAnswer =
  { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> } | { readonly kind: 'refused' };

/** Sends an operation to another subgraph; rejects with NeighbourUnavailable when there is no whole answer. */
export async function graphqlCall(wire: Wire, call: GraphQLCall): Promise<CallAnswer> {
  const { body } = await wire.post({
    url: call.url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(call.authorization === undefined ? {} : { authorization: call.authorization }),
    },
    body: JSON.stringify({ query: call.query, variables: call.variables }),
  });
  const answer = fieldsOf(body);
  const problem = Array.isArray(answer?.['errors']) ? fieldsOf(answer['errors'][0]) : undefined;
  if (fieldsOf(problem?.['extensions'])?.['code'] === 'UNAUTHENTICATED') return { kind: 'refused' };
  const data = fieldsOf(answer?.['data']);
  if (problem !== undefined || data === undefined) {
    const message = problem?.['message'];
    throw new NeighbourUnavailable(
      `${call.url} answered: ${typeof message === 'string' ? message : 'no data'}`,
    );
  }
  return { kind: 'data', data };
}

/** The fields of a JSON object; undefined for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>; // an object that is no list has named fields
}
