import type { ExecutionResult, FieldNode } from 'graphql';
import { createAuthorizer, denialsFor, forVariables } from '../../gateway/authorize/authorize.ts';
import { compile } from '../../gateway/execute/execute.ts';
import type { ExecutionResult as Answer } from '../../gateway/model/execution.ts';
import type { AuthorizedOperation, Denial, Operation } from '../../gateway/model/operation.ts';
import type { Plan } from '../../gateway/model/plan.ts';
import { anonymous, type Principal } from '../../gateway/model/principal.ts';
import type { SubgraphCall } from '../../gateway/model/subgraph-call.ts';
import { observe } from '../../gateway/observe/observe.ts';
import { respond } from '../../gateway/respond/respond.ts';
import { callContext, operationFrom } from '../execute/federation.ts';
import { askedSubgraph, coerced, faultOf } from '../federation/fuzz-case.ts';
import type { AskedOperation } from '../federation/random-operation.ts';
import { type Session, wholeAnswer } from '../federation/world-run.ts';
import { type AccessWorld, canaryOf } from './access-world.ts';
import type { Refused } from './naive-checker.ts';
import type { Caller } from './random-access.ts';

export type Mode = 'filter' | 'reject' | 'dry-run';

export interface AccessCase extends AskedOperation {
  readonly caller: Caller;
  readonly mode: Mode;
}

/** What a request left behind, wherever it could be read. */
export interface Traces {
  /** What was executed, as the client gets it; `undefined` when the request was rejected. */
  readonly answer: { readonly data: unknown; readonly errors: readonly ShownError[] } | undefined;
  /** The body, the log, and whatever else the caller gets. */
  readonly texts: readonly string[];
  /** What subgraphs got. */
  readonly calls: readonly { readonly body: string }[];
  /** `Type.field` of everything that subgraphs resolved. */
  readonly resolved: ReadonlySet<string>;
  /** The operation that was planned, if that is known. */
  readonly planned: string | undefined;
}

/** How the gateway differs from what is right. */
export interface AccessFault {
  readonly text: string;
  /** The same operation, without any rules, is answered wrongly too: not a matter of authorization. */
  readonly isElsewhere: boolean;
}

export interface ShownError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

const { executed, answer: finished } = respond({
  includeSubgraphErrors: { all: false, subgraphs: {} },
  unauthorized: 'errors',
});

/** Asks the gateway, or what is under test of it. */
export type Ask = (world: AccessWorld, accessCase: AccessCase, asked: Asked) => Promise<Traces>;

/** How the gateway's treatment of a case differs from what the naive checker allows; `undefined` when it does not. */
export async function accessFault(
  world: AccessWorld,
  accessCase: AccessCase,
  { onRefusal, ask = throughStages }: { readonly onRefusal: () => void; readonly ask?: Ask },
): Promise<AccessFault | undefined> {
  const { worlds, checker } = world;
  const operation = operationFrom(accessCase.text);
  const variables = coerced(worlds, operation.document, accessCase.variables);
  const refused = checker.refused(operation.document, variables, accessCase.caller);
  if (refused.paths.length > 0) onRefusal();
  const traces = await ask(world, accessCase, { operation, variables });
  const leak = accessCase.mode === 'dry-run' ? undefined : leakOf(world, traces, accessCase.caller);
  if (leak !== undefined) return { text: leak, isElsewhere: false };
  const text = await wrong(world, traces, { accessCase, operation, refused });
  if (text === undefined) return undefined;
  return { text, isElsewhere: await isWrongAnyway(world, accessCase, traces.planned) };
}

interface Judged {
  readonly accessCase: AccessCase;
  readonly operation: Operation;
  readonly refused: Refused;
}

async function wrong(world: AccessWorld, { answer }: Traces, judged: Judged): Promise<string | undefined> {
  const { accessCase, operation, refused } = judged;
  const isWhole = accessCase.mode === 'dry-run' || refused.paths.length === 0;
  const mustReject = accessCase.mode === 'reject' && !isWhole;
  if (answer === undefined) return mustReject ? undefined : 'it should not have been rejected';
  if (mustReject) return 'it should have been rejected';
  const shown = isWhole ? nothing : refused;
  return differenceOf(answer, await rightAnswer(world, operation, accessCase, shown), shown);
}

async function isWrongAnyway(
  { worlds }: AccessWorld,
  { variables }: AccessCase,
  text: string | undefined,
): Promise<boolean> {
  if (text === undefined) return false;
  const fuzzCase = { text, variables, labels: [], failing: 0, failSeed: 0, maxRepresentations: 500 };
  return (await faultOf(worlds, fuzzCase)) !== undefined;
}

const nothing: Refused = { nodes: new Set(), paths: [] };

interface Asked {
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The request through the gateway's stages, from authorization to the body. */
async function throughStages(
  world: AccessWorld,
  { caller, mode }: AccessCase,
  { operation, variables }: Asked,
): Promise<Traces> {
  const { supergraph } = world.worlds;
  const authorizer = createAuthorizer(supergraph.document, supergraph.apiSchema, {
    enabled: true,
    mode: mode === 'reject' ? 'reject' : 'filter',
    dryRun: mode === 'dry-run',
    introspection: 'all',
  });
  const authorization = forVariables(authorizer.authorize(operation, principalOf(caller)), variables);
  const log: string[] = [];
  const { requestDone } = observe(
    { format: 'json', level: 'info' },
    { write: (line) => void log.push(line) },
  );
  const told = (denials: readonly Denial[]): void =>
    requestDone({
      requestId: 'r',
      status: 200,
      durationMs: 0,
      denied: denialsFor(denials, variables).map(
        ({ coordinate, requirement }) => `${coordinate} ${requirement}`,
      ),
    });
  if (authorization.kind === 'rejected') {
    told(authorization.denials);
    return {
      answer: undefined,
      texts: [authorization.error.message, ...log],
      calls: [],
      resolved: new Set(),
      planned: undefined,
    };
  }
  const { authorized } = authorization;
  told(authorized.denials);
  const { result, calls, resolved } = await run(world, operation, { authorized, variables });
  const denials = mode === 'dry-run' ? [] : denialsFor(authorized.denials, variables);
  const body = String(finished(executed({ result, denials, requestId: 'r' })).body);
  const { data, errors = [] } = JSON.parse(body) as { data: unknown; errors?: ShownError[] };
  return {
    answer: { data, errors },
    texts: [body, ...log],
    calls,
    resolved,
    planned: authorized.allowed?.text,
  };
}

interface Run extends Pick<Traces, 'calls' | 'resolved'> {
  readonly result: Answer;
}

async function run(
  { worlds }: AccessWorld,
  operation: Operation,
  {
    authorized,
    variables,
  }: { readonly authorized: AuthorizedOperation; readonly variables: Asked['variables'] },
): Promise<Run> {
  const { allowed, denied } = authorized;
  const plan: Plan =
    allowed === undefined
      ? { root: undefined, internalKeys: {} }
      : (JSON.parse(JSON.stringify(worlds.plan({ text: allowed.text, labels: [] }))) as Plan);
  const runnable = compile({
    plan,
    operation,
    ...(allowed === undefined ? {} : { planned: allowed }),
    denied,
    schema: worlds.apiSchema,
    settings: { plainRuns: 0 },
  });
  const calls: SubgraphCall[] = [];
  const resolved = new Set<string>();
  const session: Session = {
    labels: new Set(),
    count: 0,
    onResolved: (type, field) => void resolved.add(`${type}.${field}`),
  };
  const result = await runnable({
    variables,
    call: (call) => {
      calls.push(call);
      return askedSubgraph(worlds, session, call);
    },
    context: callContext(),
  });
  return { result, calls, resolved };
}

const principalOf = ({ isKnown, scopes, policies }: Caller): Principal =>
  isKnown
    ? {
        kind: 'known',
        subject: 'u1',
        issuer: 'i',
        scopes: new Set(scopes),
        roles: new Set(),
        policies: new Set(policies),
        claims: {},
        expiresAt: 0,
      }
    : anonymous;

/** What graphql-js answers on the unsplit schema when the refused fields are errors. */
function rightAnswer(
  { worlds }: AccessWorld,
  operation: Operation,
  { variables }: AccessCase,
  { nodes }: Refused,
): Promise<ExecutionResult> {
  const isRefused = ({ fieldNodes }: { readonly fieldNodes: readonly FieldNode[] }): boolean =>
    fieldNodes.some((node) => nodes.has(node));
  return wholeAnswer(worlds, {
    document: operation.document,
    variables,
    session: { labels: new Set(), count: 0, isRefused },
  });
}

function differenceOf(
  { data, errors }: NonNullable<Traces['answer']>,
  right: ExecutionResult,
  { paths }: Refused,
): string | undefined {
  const given = JSON.stringify(data);
  const wanted = JSON.stringify(right.data ?? null);
  if (given !== wanted) return `data is ${given}, should be ${wanted}`;
  const others = errors.filter(({ extensions }) => extensions?.code !== 'UNAUTHORIZED_FIELD_OR_TYPE');
  if (others.length > 0) return `errors where there should be none: ${JSON.stringify(others)}`;
  const told = errors.map(({ path }) => (path ?? []).join('.')).sort();
  if (JSON.stringify(told) === JSON.stringify(paths)) return undefined;
  return `the caller is told of ${told.join(', ')}, should be ${paths.join(', ')}`;
}

/** A field that is not for the caller, in what they or the log got, or that a subgraph was made to look up. */
function leakOf({ worlds, checker }: AccessWorld, traces: Traces, caller: Caller): string | undefined {
  const { world } = worlds.data;
  for (const { name: type, fields } of world.objects) {
    for (const { name: field, isKey } of [...fields, ...interfaceFields(worlds.data.world, type)]) {
      if (checker.maySee(type, field, caller)) continue;
      const canary = canaryOf(type, field);
      if (traces.texts.some((text) => text.includes(canary))) return `the value of ${type}.${field} leaks`;
      // Keys travel between subgraphs, so that what is allowed can be joined.
      if (isKey) continue;
      if (traces.resolved.has(`${type}.${field}`)) return `${type}.${field} is fetched`;
      if (traces.calls.some(({ body }) => body.includes(canary)))
        return `the value of ${type}.${field} is sent on`;
    }
  }
  return undefined;
}

const interfaceFields = (world: AccessWorld['worlds']['data']['world'], type: string) =>
  world.interfaces
    .filter((face) => face.in.some(({ implementers }) => implementers.includes(type)))
    .flatMap((face) => face.objects.flatMap(({ fields }) => fields))
    .filter(({ isKey, places }) => !isKey && places.every(({ external }) => external === undefined));
