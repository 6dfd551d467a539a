import { isObject, listAt, stringAt } from './json.ts';

/** What the server tells the page about itself (`config.json`). */
export interface SandboxConfig {
  readonly title: string;
  readonly version: string | undefined;
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly people: readonly Person[];
  readonly signIn: SignIn | undefined;
  /** Whether the gateway shows its query plans. */
  readonly plan: boolean;
  readonly schema: SchemaFacts | undefined;
  readonly examples: readonly Example[];
}

export interface Endpoint {
  readonly name: string;
  readonly url: string;
}

/** A sample person of the sample system. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: string | undefined;
}

/** The mutation that turns an email and a password into a token. */
export interface SignIn {
  readonly endpoint: string;
  readonly query: string;
  readonly tokenPath: readonly string[];
}

export interface SchemaFacts {
  readonly id: string;
  readonly composedAt: string | undefined;
  /** Why the newest subgraphs do not compose; the schema with `id` is served on. */
  readonly problem: string | undefined;
}

export interface Example {
  readonly name: string;
  readonly endpoint: string | undefined;
  readonly query: string;
  readonly variables: string | undefined;
}

/** The endpoint that plans queries; the others are plain GraphQL servers. */
export const gatewayName = 'gateway';

/** What the page works with when the server has no `config.json`. */
export const plainConfig: SandboxConfig = {
  title: 'GraphQL sandbox',
  version: undefined,
  endpoints: [{ name: gatewayName, url: '/graphql' }],
  people: [],
  signIn: undefined,
  plan: false,
  schema: undefined,
  examples: [],
};

/** Reads `config.json`; entries that make no sense are left out. */
export function parseConfig(json: unknown): SandboxConfig {
  const [first, ...rest] = listAt(json, 'endpoints').flatMap(endpointOf);
  return {
    title: stringAt(json, 'title') ?? plainConfig.title,
    version: stringAt(json, 'version'),
    endpoints: first === undefined ? plainConfig.endpoints : [first, ...rest],
    people: listAt(json, 'people').flatMap(personOf),
    signIn: signInOf(isObject(json) ? json['signIn'] : undefined),
    plan: isObject(json) && json['plan'] === true,
    schema: schemaOf(isObject(json) ? json['schema'] : undefined),
    examples: listAt(json, 'examples').flatMap(exampleOf),
  };
}

function endpointOf(json: unknown): readonly Endpoint[] {
  const name = stringAt(json, 'name');
  const url = stringAt(json, 'url');
  return name === undefined || url === undefined ? [] : [{ name, url }];
}

function personOf(json: unknown): readonly Person[] {
  const name = stringAt(json, 'name');
  const email = stringAt(json, 'email');
  const password = stringAt(json, 'password');
  if (name === undefined || email === undefined || password === undefined) return [];
  return [{ name, email, password, role: stringAt(json, 'role') }];
}

function signInOf(json: unknown): SignIn | undefined {
  const endpoint = stringAt(json, 'endpoint');
  const query = stringAt(json, 'query');
  const tokenPath = listAt(json, 'tokenPath').filter((step) => typeof step === 'string');
  return endpoint === undefined || query === undefined ? undefined : { endpoint, query, tokenPath };
}

function schemaOf(json: unknown): SchemaFacts | undefined {
  const id = stringAt(json, 'id');
  if (id === undefined) return undefined;
  return { id, composedAt: stringAt(json, 'composedAt'), problem: stringAt(json, 'problem') };
}

function exampleOf(json: unknown): readonly Example[] {
  const name = stringAt(json, 'name');
  const query = stringAt(json, 'query');
  if (name === undefined || query === undefined) return [];
  return [{ name, query, endpoint: stringAt(json, 'endpoint'), variables: variablesOf(json) }];
}

function variablesOf(json: unknown): string | undefined {
  const variables = isObject(json) ? json['variables'] : undefined;
  if (isObject(variables)) return JSON.stringify(variables, null, 2);
  return typeof variables === 'string' ? variables : undefined;
}
