import { setImmediate as nextTurn } from 'node:timers/promises';
import { GraphQLError, Kind, parse, print } from 'graphql';
import { bareId, digestOf } from "../../schema/documents/documents.js";
import { accepted, refused } from "../../schema/problem/problem.js";
import { versionRange } from "../model/version-range.js";
import { census, usedFragments } from "./document-census.js";
const mostTokens = 15_000;
/** Documents that are read in one turn of the event loop. */
const readAtOnce = 50;
const mostProblems = 50;
/** Holds nothing: nobody is trusted. */
export const emptySet = {
    documents: [],
    byId: () => undefined,
    namesIn: () => [],
    asking: () => undefined,
};
/** Reads every document; one that is not GraphQL (WEIR-O001) spoils the whole set. */
export async function trustedSet(documents) {
    const byId = new Map();
    const byForm = new Map();
    const names = new Map();
    const problems = [];
    for (const [index, document] of documents.entries()) {
        if (index % readAtOnce === readAtOnce - 1)
            await nextTurn();
        for (const id of document.ids)
            addTo(byId, id, document);
        const read = operationsOf(document);
        if (typeof read === 'string')
            problems.push(notGraphQL(read, document));
        else {
            for (const { form } of read)
                addTo(byForm, form, document);
            names.set(document, read.map(({ name }) => name));
        }
        if (problems.length >= mostProblems)
            break;
    }
    if (problems.length > 0)
        return refused(...problems);
    const known = new WeakMap();
    const equal = (operation) => {
        const found = known.get(operation) ?? byForm.get(formOf(operation.document.definitions)) ?? none;
        known.set(operation, found);
        return found;
    };
    return accepted({
        documents,
        byId: (id, client) => {
            const asked = withClient(id, client);
            return asked && byId.get(asked.id)?.find((document) => isFor(document, asked.client));
        },
        namesIn: (document) => names.get(document) ?? [],
        asking: (operation, client) => equal(operation).find((document) => isFor(document, client)),
    });
}
const none = [];
/** Hive's clients say name and version in the id: `client~version~id`. A header must not say otherwise. */
function withClient(id, client) {
    const parts = id.split('~');
    const [name, version, hash] = parts;
    if (hash === undefined || parts.length !== 3)
        return { id: bareId(id), client };
    if (client.name !== undefined && client.name !== name)
        return undefined;
    return { id: bareId(hash), client: { name, version } };
}
function isFor({ client, versions }, asking) {
    if (client === undefined)
        return true;
    if (client !== asking.name)
        return false;
    const { version } = asking;
    if (versions === undefined)
        return true;
    return version !== undefined && versions.some((one) => versionRange(one)?.(version) === true);
}
function addTo(map, key, document) {
    const held = map.get(key);
    if (held === undefined)
        map.set(key, [document]);
    else
        held.push(document);
}
/** The operations in a document, or what keeps it from being one. */
function operationsOf({ text }) {
    let document;
    try {
        document = parse(text, { maxTokens: mostTokens, noLocation: true });
    }
    catch (failure) {
        return failure instanceof GraphQLError ? failure.message : 'it cannot be read';
    }
    const counted = census(document);
    if (counted.operations.length === 0)
        return 'it holds no operation';
    return counted.operations.map((operation) => ({
        name: operation.name?.value,
        form: formOf([operation, ...usedFragments(counted, operation)]),
    }));
}
/** Equal for operations that ask the same in the same order. */
function formOf(definitions) {
    const [operations, fragments] = [true, false].map((wanted) => definitions
        .filter(({ kind }) => (kind === Kind.OPERATION_DEFINITION) === wanted)
        .map((definition) => print(definition)));
    return digestOf([...(operations ?? []), ...(fragments ?? []).sort()].join('\n'));
}
function notGraphQL(message, { ids, location }) {
    return {
        code: 'WEIR-O001',
        severity: 'error',
        message: `the document ${(ids[0] ?? '').slice(0, 80)} is not GraphQL: ${message}`,
        places: [{ location }],
        fix: 'make the manifest anew, as with  weir documents extract',
    };
}
//# sourceMappingURL=trusted-set.js.map