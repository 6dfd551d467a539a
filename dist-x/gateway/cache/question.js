import { hash } from 'node:crypto';
import { settingsOf } from "./cache-settings.js";
import { documentFacts } from "./document-facts.js";
import { variation } from "./variation.js";
import { LRUCache } from 'lru-cache';
const mostDocuments = 5_000;
const longestName = 120;
export function questions(kit) {
    const { settings, facts, identities, forwardedTo, counters } = kit;
    // By the document first: it is the same string each time, and its hash is known.
    const documents = new LRUCache({ max: mostDocuments });
    const identityHeaders = new Set(settings.identityHeaders);
    return {
        learned: (subgraph, document) => {
            const known = documents.get(document) ?? new Map();
            const learned = known.get(subgraph);
            if (learned !== undefined)
                return learned;
            const own = settingsOf(settings, subgraph);
            const asked = documentFacts(facts, subgraph, document);
            const made = {
                facts: asked,
                settings: own,
                account: counters.account(subgraph, asked.topTypes[0] ?? ''),
                last: 'unknown',
            };
            known.set(subgraph, made);
            documents.set(document, known);
            return made;
        },
        of: ({ call, parts, context, wish }, learned) => {
            const { facts: document, settings: own } = learned;
            const access = identities.access(context.principal);
            const varies = variation({
                forwarded: forwardedTo(call.subgraph, context),
                identityHeaders,
                own: identities.own(context.principal, own.privateId),
                access,
            });
            const asked = JSON.stringify([
                document.id,
                parts.variables(),
                varies.headers,
                document.isProtected ? access : '',
            ]);
            const items = parts.representations?.map((text) => ({ name: nameOf(text), text })) ?? [rootItem];
            const group = hash('sha256', asked, 'base64url');
            return { call, parts, context, learned, variation: varies, group, items, wish };
        },
    };
}
const rootItem = { name: '', text: '' };
const nameOf = (text) => text.length <= longestName ? text : `#${hash('sha256', text, 'base64url')}`;
//# sourceMappingURL=question.js.map