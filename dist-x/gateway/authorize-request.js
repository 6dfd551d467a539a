import { denialsFor, forVariables } from "./authorize/authorize.js";
import { clientName } from "./model/client-name.js";
/** What the caller may have of the operation: policies are asked where it needs any, and denials noted for the log. */
export async function authorizeRequest({ request, operation, principal, variables }, { authorizer }, { logDenials, dryRun }, notes) {
    const { requestId, signal } = request;
    const asked = authorizer.policies(operation, { principal, requestId, signal });
    const policies = asked === undefined ? undefined : await asked;
    const authorization = forVariables(authorizer.authorize(operation, principal, policies), variables);
    if (!logDenials)
        return authorization;
    const all = authorization.kind === 'rejected' ? authorization.denials : authorization.authorized.denials;
    const denials = all.length === 0 ? all : denialsFor(all, variables);
    if (denials.length === 0)
        return authorization;
    notes.denied = denials.map(({ coordinate, requirement }) => `${coordinate} ${requirement}`);
    notes.audit = auditOf({ request, operation, principal, denials, isDryRun: dryRun });
    return authorization;
}
function auditOf({ request, operation, principal, denials, isDryRun }) {
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
//# sourceMappingURL=authorize-request.js.map