import { buildASTSchema, parse, type GraphQLSchema } from 'graphql';
import { cacheBase, createCache } from '../../gateway/cache/cache.ts';
import type { CacheSettings, SubgraphCacheSettings } from '../../gateway/cache/cache-settings.ts';
import { schemaFacts } from '../../gateway/cache/schema-facts.ts';
import { Cancellation } from '../../gateway/model/cancellation.ts';
import type { Operation } from '../../gateway/model/operation.ts';
import { anonymous, type Principal } from '../../gateway/model/principal.ts';
import type { CallContext, SubgraphAnswer, SubgraphCall } from '../../gateway/model/subgraph-call.ts';

/** Definitions that composition writes, for subgraphs `a` and `b`. */
export const supergraphHead = `
  directive @join__graph(name: String!, url: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE | UNION
  directive @join__field(graph: join__Graph, external: Boolean, override: String) repeatable on FIELD_DEFINITION
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheControlScope { PUBLIC PRIVATE }
  enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }`;

export const everyday: SubgraphCacheSettings = {
  ...{ enabled: true, ttlMs: 0, privateId: 'sub', negativeTtlMs: 5_000, types: {} },
  ...{ staleWhileRevalidateMs: 0, staleIfErrorMs: 0 },
};

const shared: Omit<CacheSettings, 'all'> = {
  ...{ subgraphs: {}, memoryBytes: 10_000_000, maxEntryBytes: 100_000, maxTtlMs: 86_400_000 },
  ...{ wholeResponses: false, honorsClients: false, debug: false, tagHeader: undefined },
  ...{ identityHeaders: ['x-user-id'], credentialHeaders: [], callerHeaders: [], requiresIdentity: false },
};

/** Who asks; anonymous callers forward no header that says who they are. */
export type Asker = 'ann' | 'bob' | 'nobody';

function principalOf(who: Asker): Principal {
  if (who === 'nobody') return anonymous;
  const none = new Set<string>();
  const rights = { scopes: none, roles: none, policies: none };
  const claims = { sub: who };
  return { kind: 'known', subject: who, issuer: 'i', claims, expiresAt: 1e12, ...rights };
}

export interface SmallAsk {
  readonly document: string;
  readonly by?: Asker;
  readonly subgraph?: string;
  /** Of the entities that are asked for. */
  readonly representations?: readonly Readonly<Record<string, unknown>>[];
}

export interface SmallParts {
  /** What stands behind `supergraphHead`. */
  readonly types: string;
  /** The same as a schema, for who has it already. */
  readonly schema?: GraphQLSchema;
  /** For many caches in turn: a base takes longer to make than all the rest. */
  readonly on?: SmallBase;
  readonly all?: Partial<SubgraphCacheSettings>;
  readonly answer: (by: Asker, call: SubgraphCall) => SubgraphAnswer;
}

export const answeredWith = (
  data: Record<string, unknown> | null,
  cacheControl?: string,
  errors: readonly string[] = [],
): SubgraphAnswer => ({
  ...{ kind: 'answered', data, mayNeedEscape: false },
  errors: errors.map((message) => ({ message, path: undefined, extensions: undefined })),
  headers: cacheControl === undefined ? {} : { 'cache-control': cacheControl },
});

export type SmallBase = ReturnType<typeof smallBase>;

/** What outlives a supergraph, with a clock of its own. */
export function smallBase() {
  const clock = { now: 1_000_000 };
  const base = cacheBase(
    { ...shared, all: everyday },
    {
      ...{ open: undefined, now: () => clock.now, random: () => 0 },
      ...{ onGarbage: () => undefined, onStrangeDrop: () => undefined },
    },
  );
  return { base, clock };
}

export const smallSchema = (types: string): GraphQLSchema => buildASTSchema(parse(supergraphHead + types));

/** The real cache of one gateway, in memory and with a clock of its own, before subgraphs that answer as they are told. */
export function smallCache({
  types,
  schema = smallSchema(types),
  all = {},
  on = smallBase(),
  answer,
}: SmallParts) {
  const document = parse(supergraphHead + types, { noLocation: true });
  const source = { document, schema, accessDirectives: new Set(['requiresScopes']) };
  const settings: CacheSettings = { ...shared, all: { ...everyday, ...all } };
  const { clock, base } = on;
  let calls = 0;
  const call = (one: SubgraphCall, { principal }: CallContext): Promise<SubgraphAnswer> => {
    calls += 1;
    return Promise.resolve(answer(principal.kind === 'known' ? (principal.subject as Asker) : 'nobody', one));
  };
  const cache = createCache({
    // Chance shortens lifetimes by a twentieth, and asks nothing anew before its end.
    ...{ base, settings, schemaId: 'x', call, random: () => 0.5 },
    schema: source,
    tellingOf: () => tellingWho,
    clientHeaders: { names: [], hasPatterns: false },
  });
  const asked = async (kind: SubgraphCall['operationKind'], one: SmallAsk): Promise<SubgraphAnswer> => {
    const principal = principalOf(one.by ?? 'nobody');
    const context: CallContext = { requestId: 'r', principal, clientHeaders: {}, signal: new Cancellation() };
    const operation = { hash: 'h', kind } as unknown as Operation;
    const visit = await cache.visit({ operation, shape: 'all', variables: {}, context });
    return visit.calls(call)(callOf(kind, one), context);
  };
  return {
    clock,
    /** Calls that reached a subgraph. */
    calls: () => calls,
    drop: base.drop,
    facts: () => schemaFacts(source),
    ask: async (one: SmallAsk): Promise<unknown> => dataOf(await asked('query', one)),
    change: async (one: SmallAsk): Promise<unknown> => dataOf(await asked('mutation', one)),
  };
}

const tellingWho = ({ principal }: CallContext) => ({
  headers: principal.kind === 'known' ? ['x-user-id', principal.subject] : [],
  claims: '',
});

const dataOf = (answer: SubgraphAnswer): unknown => (answer.kind === 'answered' ? answer.data : undefined);

function callOf(
  operationKind: SubgraphCall['operationKind'],
  { document, subgraph = 'a', representations }: SmallAsk,
): SubgraphCall {
  const texts = representations?.map((one) => JSON.stringify(one));
  const bodyFor = (some: readonly string[]): string => JSON.stringify({ document, some });
  return {
    ...{ subgraph, operationKind, entityCount: texts?.length ?? 0, body: bodyFor(texts ?? []) },
    parts: { document, variables: () => '', representations: texts, bodyFor },
  };
}
