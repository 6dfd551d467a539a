import { Kind } from 'graphql';
import { clientName } from "../model/client-name.js";
import { refusal } from "../model/refusal.js";
const notListed = refusal('QUERY_NOT_IN_SAFELIST', 'This operation is not one that a known client has shipped.');
const idRequired = refusal('PERSISTED_QUERY_ID_REQUIRED', 'Operations are asked for by the ids of their documents here; texts are not answered.');
const free = { ok: true, document: undefined, unlisted: false };
const unlisted = { ok: true, document: undefined, unlisted: true };
/** Decides which operations may be asked, by the documents in force. */
export function trust(settings, trusted) {
    const { freeIntrospection, profiles } = settings;
    const ruleOf = (profile) => profiles?.get(profile) ?? settings;
    const isFree = (principal) => principal.kind === 'known' && settings.freeScopes.some((scope) => principal.scopes.has(scope));
    return {
        document: (id, headers) => trusted.current().byId(id, clientName(headers ?? {})),
        soleName: (document) => {
            const [name, another] = trusted.current().namesIn(document);
            return another === undefined ? name : undefined;
        },
        refusesTexts: ({ principal, profile }) => ruleOf(profile).mode === 'ids' && !freeIntrospection && !isFree(principal) ? idRequired : undefined,
        judge: (operation, { headers, principal, profile, byId }) => {
            if (byId !== undefined)
                return listedAs(byId);
            const { mode, logUnknown } = ruleOf(profile);
            const listed = mode === 'ids' ? undefined : trusted.current().asking(operation, clientName(headers ?? {}));
            if (listed !== undefined)
                return listedAs(listed);
            if (freeIntrospection && asksForSchemaOnly(operation))
                return free;
            if (mode === 'open' || isFree(principal))
                return logUnknown ? unlisted : free;
            return { ok: false, refusal: mode === 'ids' ? idRequired : notListed };
        },
    };
}
function listedAs({ ids }) {
    return { ok: true, document: ids[0], unlisted: false };
}
const schemaFields = new Set(['__schema', '__type', '__typename']);
/** Fields written at the root itself: a fragment there could hold anything, and tools for introspection use none. */
function asksForSchemaOnly({ kind, document }) {
    const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    return (kind === 'query' &&
        definition?.selectionSet.selections.every((selection) => selection.kind === Kind.FIELD && schemaFields.has(selection.name.value)) === true);
}
//# sourceMappingURL=trust.js.map