import { Kind } from 'graphql';
import { defaultProfile } from "../model/client-profile.js";
import { anonymous } from "../model/principal.js";
import { known, prepare } from "./asked-operation.js";
import { keyOf, operationCaches } from "./operation-cache.js";
import { persistedTexts } from "./persisted-texts.js";
import { preparedOperation } from "./prepared-operation.js";
import { trust } from "./trust.js";
import { trustedDocuments, } from "./trusted-documents.js";
import { turns } from "./turns.js";
import { variablesOf } from "./variables.js";
const longestWaitMs = 400;
const shortQueue = 20;
const nobody = { principal: anonymous, profile: defaultProfile };
/** Request -> parsed, valid operation, reduced to the one that is meant; kept for the next request. */
export function documents(settings) {
    const trusted = settings.trusted && trustedDocuments(settings.trusted);
    const rules = settings.trusted && trusted && trust(settings.trusted, trusted);
    const caches = operationCaches(settings);
    const parts = {
        settings,
        rules,
        texts: persistedTexts(settings.apq, rules?.document),
        turn: turns({ longestWaitMs, shortQueue }, Date.now),
        cacheOf: caches.of,
        counts: { hits: 0, misses: 0 },
    };
    return {
        known: (request, schema, asker = nobody) => known({ request, schema, asker }, parts),
        prepare: (request, schema, asker = nobody) => prepare({ request, schema, asker }, parts),
        trusted,
        stats: () => ({ ...caches.stats(), ...parts.counts }),
        close: async () => {
            await Promise.all([trusted?.close(), settings.apq.store?.close()]);
        },
        prepareListed: ({ text, client }, name, schema) => {
            const cache = parts.cacheOf(schema);
            const key = keyOf(text, name);
            const admit = (operation) => settings.admit(operation, settings.profileOfClient?.(client) ?? defaultProfile);
            const prepared = cache.get(key) ?? preparedOperation({ text, name }, { schema, settings, admit });
            if (prepared.ok)
                cache.set(key, prepared);
            return prepared;
        },
        variables: (operation, given, schema) => {
            const definition = operation.document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
            if (definition === undefined)
                throw new Error('an operation without a definition');
            return variablesOf(definition, given, schema);
        },
    };
}
//# sourceMappingURL=documents.js.map