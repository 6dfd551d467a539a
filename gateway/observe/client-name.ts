export interface ClientName {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const prefixes = ['apollographql-client', 'graphql-client', 'x-graphql-client'] as const;
const wellFormed = /^[\w.@/+ -]{1,64}$/;

/** Which client program asks, by the headers clients use for it; what is not a plain short name is ignored. */
export function clientName(headers: Headers): ClientName {
  return { name: firstOf(headers, 'name'), version: firstOf(headers, 'version') };
}

function firstOf(headers: Headers, what: 'name' | 'version'): string | undefined {
  for (const prefix of prefixes) {
    const value = headers[`${prefix}-${what}`];
    if (typeof value === 'string' && wellFormed.test(value)) return value;
  }
  return undefined;
}
