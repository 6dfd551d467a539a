export interface ClientName {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const nameHeaders = ['apollographql-client-name', 'graphql-client-name', 'x-graphql-client-name'] as const;
const versionHeaders = [
  'apollographql-client-version',
  'graphql-client-version',
  'x-graphql-client-version',
] as const;
const wellFormed = /^[\w.@/+ -]{1,64}$/;

/** Which client program asks, by the headers clients use for it; what is not a plain short name is ignored. */
export function clientName(headers: Headers): ClientName {
  return { name: firstOf(headers, nameHeaders), version: firstOf(headers, versionHeaders) };
}

function firstOf(headers: Headers, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && wellFormed.test(value)) return value;
  }
  return undefined;
}
