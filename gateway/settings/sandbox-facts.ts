/** What the sandbox page is told beside the gateway's own endpoint: who and what there is to try. */
export interface SandboxExtras {
  readonly title: string;
  /** Other GraphQL servers of the system, with absolute URLs. */
  readonly endpoints: readonly { readonly name: string; readonly url: string }[];
  readonly people: readonly SamplePerson[];
  readonly signIn: SignIn | null;
  readonly examples: readonly SampleQuery[];
}

interface SamplePerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: string;
}

/** How the page gets a token: a mutation of e-mail and password, and where the token stands in its data. */
interface SignIn {
  /** Name of the endpoint that is asked. */
  readonly endpoint: string;
  readonly query: string;
  readonly tokenPath: readonly string[];
}

interface SampleQuery {
  readonly name: string;
  readonly endpoint: string;
  readonly query: string;
}

export const noExtras: SandboxExtras = {
  title: 'Weir',
  endpoints: [],
  people: [],
  signIn: null,
  examples: [],
};

export interface SchemaState {
  /** Beginning of the hash of the supergraph that is served; empty before the first. */
  readonly id: string;
  /** When it took over, ISO 8601. */
  readonly composedAt: string;
  /** Why the newest supergraph was not taken over. */
  readonly problem: string | null;
}

/** The page's `config.json`. */
export function sandboxConfig(extras: SandboxExtras, graphqlPath: string, schema: SchemaState): string {
  const endpoints = [{ name: 'gateway', url: graphqlPath }, ...extras.endpoints];
  const urlOf = (asked: string): string => endpoints.find(({ name }) => name === asked)?.url ?? graphqlPath;
  // The page posts the mutation without looking at names.
  const signIn = extras.signIn && { ...extras.signIn, endpoint: urlOf(extras.signIn.endpoint) };
  return JSON.stringify({ ...extras, endpoints, signIn, plan: true, schema });
}

/** The origins that the page calls beside its own. */
export const originsOf = ({ endpoints }: SandboxExtras): readonly string[] => [
  ...new Set(endpoints.map(({ url }) => new URL(url).origin)),
];
