import { denialsFor } from './authorize/authorize.ts';
import { authorizeRequest } from './way/authorize-request.ts';
import type { Visit } from './cache/cache.ts';
import type { Documents } from './documents/documents.ts';
import type { ClientHeaders, Fetch } from './fetch/fetch.ts';
import type { Identity } from './identity/identity.ts';
import { WeirError } from './model/errors.ts';
import type { ExecutionResult } from './model/execution.ts';
import type { GraphQLRequest } from './model/graphql-request.ts';
import type { GraphQLResponse } from './model/graphql-response.ts';
import type { AuthorizedOperation, Operation } from './model/operation.ts';
import { refusal, type Refusal } from './model/refusal.ts';
import { anonymous, type Principal } from './model/principal.ts';
import type { CallContext, Caller } from './model/subgraph-call.ts';
import { inTurn, type Turns } from './overload/overload.ts';
import type { AuditRecord } from './observe/observe.ts';
import type { Responder } from './respond/respond.ts';
import type { ClientProfiles } from './way/client-profiles.ts';
import { planExposure, withPlan } from './way/plan-exposure.ts';
import type { Toll, Tolls } from './way/toll.ts';
import type { Planned } from './way/planned-operations.ts';
import type { Service } from './service.ts';

/** What a request meets on its way, and what is told of it afterwards. */
export interface Stages {
  readonly identity: Identity;
  readonly documents: Documents;
  readonly responder: Responder;
  /** `undefined`: without rates, and whatever operations cost. */
  readonly tolls: Tolls | undefined;
  /** Which profile holds for the client program that asks. */
  readonly profiles: ClientProfiles;
  /** In place of `responder` for what ran, by profile. */
  readonly responders: ReadonlyMap<string, Responder>;
  /** Profiles whose requests the response cache does not answer. */
  readonly uncached: ReadonlySet<string>;
  /** In which executions run; `undefined`: all at once. */
  readonly turns: Turns | undefined;
  /** Whether callers may ask for the query plan. */
  readonly exposePlans: boolean;
  /** Whether what may not be seen is only reported. */
  readonly dryRun: boolean;
  readonly logDenials: boolean;
}

/** What became known of a request, for its log line. */
export interface Notes {
  operation?: Operation;
  /** The id of the trusted document that asks it. */
  document?: string | undefined;
  principal?: Principal;
  /** Which profile held. */
  profile?: string;
  calls: number;
  /** Rates and cost of the request. */
  toll?: Toll | undefined;
  warnings?: readonly string[];
  errorCodes?: readonly string[];
  /** Coordinates that the caller may not see, with what each needs. */
  denied?: readonly string[];
  /** For the entries that tell who was denied what. */
  audit?: AuditRecord;
  cause?: unknown;
}

/**
 * One request, from the parsed HTTP body to the answer's parts. Never rejects: whatever ends a request early is an answer
 * too.
 */
export async function requestWay(
  request: GraphQLRequest,
  service: Service,
  stages: Stages,
  notes: Notes,
): Promise<GraphQLResponse> {
  const answered = await throughStages({ request, service, stages, notes });
  const response = notes.toll?.settle(answered) ?? answered;
  notes.errorCodes = response.errors.map(({ extensions }) => extensions.code);
  return response;
}

/** A request on its way through the stages. */
interface Way {
  readonly request: GraphQLRequest;
  readonly service: Service;
  readonly stages: Stages;
  readonly notes: Notes;
}

/** The request ends here. */
interface Ended {
  readonly ended: GraphQLResponse;
}

/** The stages in their order. */
async function throughStages(way: Way): Promise<GraphQLResponse> {
  const { request, service, stages, notes } = way;
  const { requestId, signal } = request;
  const { responder } = stages;
  try {
    const asker = await askerOf(way);
    if ('ended' in asker) return asker.ended;
    const { principal, clientHeaders, profile } = asker;
    const asked = await askedOf(asker, way);
    if ('ended' in asked) return asked.ended;
    const { operation, variables } = asked;

    const authorizing = { request, operation, principal, variables };
    const authorization = await authorizeRequest(authorizing, service, stages, notes);
    if (authorization.kind === 'rejected') return responder.failed(authorization.error, requestId);
    const { authorized } = authorization;
    const context: CallContext = { requestId, principal, clientHeaders, signal };
    const visiting = { operation, shape: authorized.shape, variables, context };
    const visit = stages.uncached.has(profile)
      ? service.cache?.passing
      : await service.cache?.visit(visiting);
    // Shared budgets answer while policies and caches do.
    const unpaid = await asked.paying;
    if (unpaid !== undefined) return responder.refused(unpaid, requestId);
    const kept = keptAnswer(visit, clientHeaders);
    if (kept !== undefined) return kept;

    const plan = service.plan(operation, authorized, signal);
    const planned = plan instanceof Promise ? await plan : plan;
    if (planned.kind === 'failed') {
      notes.cause = planned.failure.detail;
      return responder.refused(refusal(planned.failure.code, planned.failure.message), requestId);
    }
    const execution = { operation, authorized, planned, variables, context, visit, profile };
    return await executed(execution, service, stages, notes);
  } catch (error) {
    return failedBy(error, way);
  }
}

/** Who asks for the plan wants it of an answer that is made now. */
function keptAnswer(
  visit: Visit | undefined,
  headers: CallContext['clientHeaders'],
): GraphQLResponse | undefined {
  return planExposure(headers) === 'none' ? visit?.response : undefined;
}

function failedBy(error: unknown, { request, stages, notes }: Way): GraphQLResponse {
  if (!(error instanceof WeirError)) notes.cause = error;
  return stages.responder.failed(error, request.requestId);
}

interface Asker {
  readonly principal: Principal;
  readonly clientHeaders: CallContext['clientHeaders'];
  /** Of the client program. */
  readonly profile: string;
}

/** Who asks, unless they ask too much or cannot be believed. */
async function askerOf({ request, stages, notes }: Way): Promise<Asker | Ended> {
  const { identity, responder, tolls, profiles } = stages;
  const { requestId } = request;
  const identified = await identity.identify(request.headers);
  const principal = identified.kind === 'refused' ? anonymous : identified.principal;
  const profile = profiles.of(request, principal);
  notes.profile = profile;
  const toll = tolls?.enter(request, { principal, profile });
  notes.toll = toll;
  if (toll?.refused !== undefined) return { ended: responder.refused(toll.refused, requestId) };
  if (identified.kind === 'refused') return { ended: responder.failed(identified.error, requestId) };
  notes.principal = principal;
  return { principal, clientHeaders: identified.headers, profile };
}

interface Asked {
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Why it is not paid, when that is known later. */
  readonly paying: Promise<Refusal | undefined> | undefined;
}

/** What is asked, unless it is not answered. */
async function askedOf(asker: Asker, { request, service, stages, notes }: Way): Promise<Asked | Ended> {
  const { documents, responder } = stages;
  const { requestId } = request;
  const prepared =
    documents.known(request, service.schema, asker) ??
    (await documents.prepare(request, service.schema, asker));
  if (!prepared.ok) return { ended: responder.refused(prepared.refusal, requestId) };
  const { operation } = prepared;
  notes.operation = operation;
  notes.document = prepared.document;
  notes.warnings = prepared.warnings;

  const variables = documents.variables(operation, request.variables, service.schema);
  if (!variables.ok) return { ended: responder.refused(variables.refusal, requestId) };
  const { values } = variables;
  const paying = notes.toll?.pay({ costs: service.costs, operation, variables: values });
  if (paying === undefined || paying instanceof Promise) return { operation, variables: values, paying };
  return { ended: responder.refused(paying, requestId) };
}

interface Execution {
  readonly operation: Operation;
  readonly authorized: AuthorizedOperation;
  readonly planned: Extract<Planned, { kind: 'planned' }>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: CallContext;
  /** `undefined`: nothing is kept of answers. */
  readonly visit: Visit | undefined;
  /** Of the client program. */
  readonly profile: string;
}

/** Runs the plan, or only shows it to who asks for that and may see it. */
async function executed(
  execution: Execution,
  service: Service,
  stages: Stages,
  notes: Notes,
): Promise<GraphQLResponse> {
  const { exposePlans, dryRun, responders } = stages;
  const { planned, variables, context, authorized, visit, profile } = execution;
  const responder = responders.get(profile) ?? stages.responder;
  const { requestId } = context;
  const denials = dryRun ? [] : denialsFor(authorized.denials, variables);
  const exposure = planExposure(context.clientHeaders);
  if (exposure === 'dry-run') {
    if (!exposePlans) return responder.refused(plansAreHidden, requestId);
    return withPlan(responder.executed({ result: nothingRan, denials, requestId }), planned.plan);
  }
  const run = inTurn(stages.turns, async (): Promise<GraphQLResponse> => {
    const calls = countedCalls(service.fetch, notes);
    const meter = service.subgraphCosts?.enter(planned.plan, variables, (warning) => {
      notes.warnings = [...(notes.warnings ?? []), warning];
    });
    // What is answered from the cache asks nothing of a subgraph.
    const made = meter?.calls(calls.call) ?? calls.call;
    const call = visit?.calls(made) ?? made;
    const result = await planned.run({ variables, call, context });
    const response = responder.executed({ result, denials, requestId, headers: calls.headers() });
    const finished = visit?.finish(response) ?? response;
    const cost = result.cost ?? meter?.actual();
    return cost === undefined ? finished : { ...finished, cost };
  });
  const response = await shared(execution, { service, isOwn: responders.has(profile) }, run);
  return exposure === 'with-answer' && exposePlans ? withPlan(response, planned.plan) : response;
}

interface Sharing {
  readonly service: Service;
  /** Whether the profile has its own say on what is shown of errors. */
  readonly isOwn: boolean;
}

/**
 * Runs, or waits for the same query of the same caller. A header that a subgraph sends may be meant for one client alone,
 * and a mutation is each caller's own: those run by themselves.
 */
function shared(
  { operation, authorized, variables, context, visit, profile }: Execution,
  { service: { executions, fetch }, isOwn }: Sharing,
  run: () => Promise<GraphQLResponse>,
): Promise<GraphQLResponse> {
  if (executions === undefined || operation.kind !== 'query' || fetch.responseHeaders.enabled) return run();
  const identity = {
    operation: `${operation.hash} ${authorized.shape} ${visit?.mode ?? ''} ${isOwn ? profile : ''}`,
    variables: JSON.stringify(variables),
    principal: context.principal,
    forwarded: fetch.forwarded(context),
  };
  return executions.run(identity, context.signal, run);
}

/** Who asks for a dry run must not have the operation run instead. */
const plansAreHidden = refusal('BAD_REQUEST', 'Query plans are not shown here, and nothing was run.');

const nothingRan: ExecutionResult = { data: 'null', errors: [], valueCompletion: [] };

interface CountedCalls {
  readonly call: Caller;
  /** What the answers so far pass on to the client by rule. */
  readonly headers: () => ClientHeaders;
}

/** Subgraph calls of one request: counted, and their headers gathered where a rule passes any on. */
function countedCalls({ call, responseHeaders }: Fetch, notes: Notes): CountedCalls {
  if (!responseHeaders.enabled) {
    const counted: Caller = (one, context) => {
      notes.calls += 1;
      return call(one, context);
    };
    return { call: counted, headers: () => noHeaders };
  }
  const gatherer = responseHeaders.gatherer();
  const gathered: Caller = async (one, context) => {
    notes.calls += 1;
    const answer = await call(one, context);
    if (answer.kind === 'answered') gatherer.add(one.subgraph, answer.headers);
    return answer;
  };
  return { call: gathered, headers: () => gatherer.result() };
}

const noHeaders: ClientHeaders = {};
