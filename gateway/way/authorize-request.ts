import { denialsFor, forVariables, type Authorization, type Authorizer } from '../authorize/authorize.ts';
import { clientName } from '../model/client-name.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Denial, Operation } from '../model/operation.ts';
import type { Principal } from '../model/principal.ts';
import type { AuditRecord } from '../observe/observe.ts';

/** Of whom and for what is decided. */
interface Authorizing {
  readonly request: GraphQLRequest;
  readonly operation: Operation;
  readonly principal: Principal;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the caller may have of the operation: policies are asked where it needs any, and denials noted, to be counted and for the log. */
export async function authorizeRequest(
  { request, operation, principal, variables }: Authorizing,
  { authorizer }: { readonly authorizer: Authorizer },
  { logDenials, dryRun }: { readonly logDenials: boolean; readonly dryRun: boolean },
  notes: { denied?: readonly string[]; audit?: AuditRecord },
): Promise<Authorization> {
  const { requestId, signal, batchSize = 1 } = request;
  const asked = authorizer.policies(operation, { principal, requestId, signal, batchSize });
  const policies = asked === undefined ? undefined : await asked;
  const authorization = forVariables(authorizer.authorize(operation, principal, policies), variables);
  const all = authorization.kind === 'rejected' ? authorization.denials : authorization.authorized.denials;
  const denials = all.length === 0 ? all : denialsFor(all, variables);
  if (denials.length === 0) return authorization;
  notes.denied = denials.map(({ coordinate, requirement }) => `${coordinate} ${requirement}`);
  if (logDenials) notes.audit = auditOf({ request, operation, principal, denials, isDryRun: dryRun });
  return authorization;
}

interface Audited extends Omit<Authorizing, 'variables'> {
  readonly denials: readonly Denial[];
  readonly isDryRun: boolean;
}

function auditOf({ request, operation, principal, denials, isDryRun }: Audited): AuditRecord {
  const { kind } = principal;
  return {
    requestId: request.requestId,
    caller: kind === 'known' ? { kind, subject: principal.subject, issuer: principal.issuer } : { kind },
    client: clientName(request.headers),
    operationName: operation.name,
    operationHash: operation.hash,
    isDryRun,
    denials,
  };
}
