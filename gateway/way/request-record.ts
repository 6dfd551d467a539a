import { clientName } from '../model/client-name.ts';
import type { EdgeRefusal } from '../edge/edge.ts';
import { WeirError } from '../model/errors.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { RequestRecord } from '../observe/observe.ts';
import type { Notes } from '../request-way.ts';

/** What is told of a request that was answered. */
export function requestRecord(
  request: GraphQLRequest,
  notes: Notes,
  answered: Pick<RequestRecord, 'status' | 'durationMs'>,
): RequestRecord {
  const { operation, principal, toll } = notes;
  return {
    requestId: request.requestId,
    status: answered.status,
    durationMs: answered.durationMs,
    operationName: operation?.name,
    operationHash: operation?.hash,
    document: notes.document,
    operationKind: operation?.kind,
    client: clientName(request.headers),
    subject: principal?.kind === 'known' ? principal.subject : undefined,
    profile: notes.profile,
    subgraphCalls: notes.calls,
    errorCodes: notes.errorCodes,
    warnings: toll === undefined ? notes.warnings : [...(notes.warnings ?? []), ...toll.warnings],
    costEstimated: toll?.estimated(),
    costActual: toll?.actual(),
    denied: notes.denied,
    toldDenied: notes.audit === undefined ? undefined : notes.denied,
    throttled: toll?.throttled(),
    aborted: hasLeft(request),
    cause: notes.cause,
  };
}

/** The same of one that was refused before it was read; with all the same fields, as each hidden class more costs every line. */
export function refusalRecord(refused: EdgeRefusal): RequestRecord {
  const { requestId, status, durationMs, code, cause } = refused;
  return {
    requestId,
    status,
    durationMs,
    operationName: undefined,
    operationHash: undefined,
    document: undefined,
    operationKind: undefined,
    client: undefined,
    subject: undefined,
    profile: undefined,
    subgraphCalls: undefined,
    errorCodes: [code],
    warnings: undefined,
    costEstimated: undefined,
    costActual: undefined,
    denied: undefined,
    toldDenied: undefined,
    throttled: undefined,
    aborted: false,
    cause,
  };
}

function hasLeft({ signal }: GraphQLRequest): boolean {
  return signal.aborted && signal.reason instanceof WeirError && signal.reason.code === 'REQUEST_TIMEOUT';
}
