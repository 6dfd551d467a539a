import { GraphQLError, Kind, parse, print, Source, visit, } from 'graphql';
import { accepted, refused } from "../problem/problem.js";
import { digestOf } from "./manifest.js";
import { taggedTexts } from "./tagged-texts.js";
const mostTokens = 100_000;
/**
 * The operations that clients ship, each with the fragments it uses, in the order of their names. Files are GraphQL, or
 * programs with `gql` tags. Problems: WEIR-O001 not GraphQL, WEIR-O004 without a name, or named like another one,
 * WEIR-O006 a fragment that is nowhere.
 */
export function shippedOperations(files) {
    const problems = [];
    const clients = new Map();
    for (const file of files) {
        const parsed = definitionsOf(file);
        if (!parsed.ok)
            problems.push(...parsed.problems);
        else
            clients.set(file.client, [...(clients.get(file.client) ?? []), ...parsed.value]);
    }
    const byName = [...clients].sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
    const documents = byName.flatMap(([client, all]) => documentsOf(client, all, problems));
    return problems.length > 0 ? refused(...problems) : accepted(documents);
}
function definitionsOf({ file, text }) {
    const texts = /\.(?:graphql|gql)$/.test(file) ? [{ text, line: 1, column: 1 }] : taggedTexts(text);
    const found = [];
    const problems = [];
    for (const { text: one, line, column } of texts) {
        const parsed = parsedAt(new Source(one, file, { line, column }));
        if (!parsed.ok)
            problems.push(...parsed.problems);
        else
            found.push(...parsed.value.definitions.flatMap((node) => definitionAt(node, file, { line, column })));
    }
    return problems.length > 0 ? refused(...problems) : accepted(found);
}
function definitionAt(node, file, start) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION)
        return [];
    const { line = 1, column = 1 } = node.loc?.startToken ?? {};
    return [{ node, location: { file, ...shifted({ line, column }, start) } }];
}
function shifted({ line, column }, start) {
    return { line: start.line + line - 1, column: line === 1 ? start.column + column - 1 : column };
}
function parsedAt(source) {
    try {
        return accepted(parse(source, { maxTokens: mostTokens }));
    }
    catch (failure) {
        const [first] = failure instanceof GraphQLError ? (failure.locations ?? []) : [];
        const location = {
            file: source.name,
            ...shifted(first ?? { line: 1, column: 1 }, source.locationOffset),
        };
        const message = failure instanceof Error ? failure.message : 'not a GraphQL document';
        const fix = 'correct it; interpolations may only name fragments';
        return refused({ code: 'WEIR-O001', severity: 'error', message, places: [{ location }], fix });
    }
}
function documentsOf(client, all, problems) {
    const named = new Map();
    for (const definition of all) {
        const { node, location } = definition;
        const name = node.name?.value;
        const kind = node.kind === Kind.FRAGMENT_DEFINITION ? 'fragment' : 'operation';
        const known = name === undefined ? undefined : named.get(`${kind} ${name}`);
        if (name === undefined)
            problems.push(unnamed(location));
        else if (known === undefined)
            named.set(`${kind} ${name}`, definition);
        else if (print(known.node) !== print(node))
            problems.push(twice(`${kind} ${name}`, known.location, location));
    }
    const fragments = new Map([...named.values()].flatMap(({ node }) => node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : []));
    return [...named.values()]
        .flatMap(({ node, location }) => {
        if (node.kind !== Kind.OPERATION_DEFINITION)
            return [];
        const used = usedFragments(node, fragments);
        if (typeof used !== 'string')
            return [shipped(client, node, used, location)];
        problems.push(missing(used, node, location));
        return [];
    })
        .sort((one, other) => ((one.name ?? '') < (other.name ?? '') ? -1 : 1));
}
function shipped(client, node, fragments, location) {
    const text = [node, ...fragments].map((one) => print(one)).join('\n\n');
    const name = node.name?.value;
    return { ids: [digestOf(text)], text, name, client, versions: undefined, location };
}
/** In the order of their names; the name of one that is nowhere. */
function usedFragments(operation, fragments) {
    const used = new Map();
    const waiting = [operation];
    const lacking = [];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        visit(next, {
            FragmentSpread: ({ name: { value } }) => {
                const fragment = fragments.get(value);
                if (fragment === undefined)
                    lacking.push(value);
                else if (!used.has(value)) {
                    used.set(value, fragment);
                    waiting.push(fragment);
                }
            },
        });
    }
    return lacking[0] ?? [...used].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, node]) => node);
}
function unnamed(location) {
    return {
        code: 'WEIR-O004',
        severity: 'error',
        message: 'an operation without a name',
        places: [{ location }],
        fix: 'name it: logs, plans and this list call it by its name',
    };
}
function twice(what, first, second) {
    return {
        code: 'WEIR-O004',
        severity: 'error',
        message: `two of one client are called ${what}, and differ`,
        places: [{ location: first }, { location: second }],
        fix: 'rename one of them',
    };
}
function missing(name, operation, location) {
    return {
        code: 'WEIR-O006',
        severity: 'error',
        message: `the fragment ${name} of ${operation.name?.value ?? 'an operation'} is in none of the files`,
        places: [{ location }],
        fix: 'give the file that holds it, too',
    };
}
//# sourceMappingURL=shipped-operations.js.map