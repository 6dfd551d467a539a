import type { Authorization } from './authorize/authorize.ts';
import type { Documents } from './documents/documents.ts';
import type { ClientHeaders, Fetch } from './fetch/fetch.ts';
import type { Identity } from './identity/identity.ts';
import { WeirError } from './model/errors.ts';
import type { ExecutionResult } from './model/execution.ts';
import type { GraphQLRequest } from './model/graphql-request.ts';
import type { GraphQLResponse } from './model/graphql-response.ts';
import type { AuthorizedOperation, Operation } from './model/operation.ts';
import { refusal } from './model/refusal.ts';
import type { Principal } from './model/principal.ts';
import type { CallContext, Caller } from './model/subgraph-call.ts';
import type { Responder } from './respond/respond.ts';
import { planExposure, withPlan } from './plan-exposure.ts';
import type { Service } from './service.ts';

/** What a request meets on its way, and what is told of it afterwards. */
export interface Stages {
  readonly identity: Identity;
  readonly documents: Documents;
  readonly responder: Responder;
  /** Whether callers may ask for the query plan. */
  readonly exposePlans: boolean;
  /** Whether what may not be seen is only reported. */
  readonly dryRun: boolean;
}

/** What became known of a request, for its log line. */
export interface Notes {
  operation?: Operation;
  principal?: Principal;
  calls: number;
  warnings?: readonly string[];
  cause?: unknown;
}

/**
 * One request, from the parsed HTTP body to the answer's parts, in the order of its stages. Never rejects: whatever ends
 * a request early is an answer too.
 */
export async function requestWay(
  request: GraphQLRequest,
  service: Service,
  { identity, documents, responder, exposePlans, dryRun }: Stages,
  notes: Notes,
): Promise<GraphQLResponse> {
  const { requestId, signal } = request;
  try {
    const identified = await identity.identify(request.headers);
    if (identified.kind === 'refused') return responder.failed(identified.error, requestId);
    const { principal } = identified;
    notes.principal = principal;

    const prepared =
      documents.known(request, service.schema) ?? (await documents.prepare(request, service.schema));
    if (!prepared.ok) return responder.refused(prepared.refusal, requestId);
    const { operation } = prepared;
    notes.operation = operation;
    notes.warnings = prepared.warnings;

    const variables = documents.variables(operation, request.variables, service.schema);
    if (!variables.ok) return responder.refused(variables.refusal, requestId);

    const authorized = authorizedPart(service.authorizer.authorize(operation, principal));
    const planned = await service.plan(operation, authorized, signal);
    if (planned.kind === 'failed') throw new WeirError(planned.failure.code, planned.failure.message);

    const exposure = planExposure(request.headers);
    if (exposure === 'dry-run' && !exposePlans) return responder.refused(plansAreHidden, requestId);
    const context: CallContext = { requestId, principal, clientHeaders: request.headers, signal };
    const calls = countedCalls(service.fetch, notes);
    const result =
      exposure === 'dry-run'
        ? nothingRan
        : await planned.run({ variables: variables.values, call: calls.call, context });
    const denials = dryRun ? [] : authorized.denials;
    const response = responder.executed({ result, denials, requestId, headers: calls.headers() });
    return exposure === 'none' || !exposePlans ? response : withPlan(response, planned.plan);
  } catch (error) {
    if (!(error instanceof WeirError)) notes.cause = error;
    return responder.failed(error, requestId);
  }
}

function authorizedPart(authorization: Authorization): AuthorizedOperation {
  if (authorization.kind === 'rejected') throw authorization.error;
  return authorization.authorized;
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
