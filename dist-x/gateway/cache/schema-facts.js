import { hash } from 'node:crypto';
import { isInterfaceType, isObjectType, isTypeDefinitionNode, Kind, print, } from 'graphql';
import { keySet } from "./key-sets.js";
export function schemaFacts({ document, schema, accessDirectives }) {
    const graphs = graphNames(document);
    const found = collected(document, accessDirectives, graphs);
    const versions = new Map();
    const none = new Set();
    return {
        schema,
        subgraphs: new Set(graphs.values()),
        versionOf: (subgraph) => {
            const known = versions.get(subgraph) ?? versionOf(document, subgraph, graphs);
            versions.set(subgraph, known);
            return known;
        },
        typesOf: (subgraph) => found.types.get(subgraph) ?? none,
        keysOf: (type) => found.keys.get(type) ?? [],
        related: (type) => related(schema, type),
        hint: (coordinate) => found.hints.get(coordinate),
        isProtected: (coordinate) => found.protected.has(coordinate),
        tagFormats: (subgraph, coordinate) => found.tags.get(`${subgraph}:${coordinate}`) ?? [],
    };
}
function collected(document, access, graphs) {
    const found = {
        hints: new Map(),
        protected: new Set(),
        tags: new Map(),
        keys: new Map(),
        types: new Map(),
    };
    const take = (coordinate, directives = []) => {
        for (const directive of directives)
            takeDirective(found, { coordinate, directive, access, graphs });
    };
    for (const node of document.definitions) {
        if (!isTypeDefinitionNode(node))
            continue;
        take(node.name.value, node.directives);
        if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
            continue;
        for (const field of node.fields ?? [])
            take(`${node.name.value}.${field.name.value}`, field.directives);
    }
    return found;
}
function takeDirective(found, { coordinate, directive, access, graphs }) {
    const name = directive.name.value;
    if (access.has(name))
        found.protected.add(coordinate);
    if (name === 'cacheControl')
        found.hints.set(coordinate, hintOf(directive));
    if (name === 'join__type')
        takeType(found, coordinate, directive, graphs);
    if (name === 'join__directive')
        takeTag(found, coordinate, directive, graphs);
}
function takeTag(found, coordinate, directive, graphs) {
    if (!/(^|__)cacheTag$/.test(textArgument(directive, 'name') ?? ''))
        return;
    const args = argument(directive, 'args');
    const format = args?.kind === Kind.OBJECT ? args.fields.find((one) => one.name.value === 'format') : undefined;
    if (format?.value.kind !== Kind.STRING)
        return;
    for (const subgraph of graphsOf(directive, graphs)) {
        const key = `${subgraph}:${coordinate}`;
        found.tags.set(key, [...(found.tags.get(key) ?? []), format.value.value]);
    }
}
function takeType(found, type, directive, graphs) {
    const [subgraph] = graphsOf(directive, graphs);
    if (subgraph === undefined)
        return;
    found.types.set(subgraph, (found.types.get(subgraph) ?? new Set()).add(type));
    const text = textArgument(directive, 'key');
    const set = text === undefined ? undefined : keySet(text);
    const known = found.keys.get(type) ?? [];
    if (set !== undefined && known.every(({ name }) => name !== set.name))
        found.keys.set(type, [...known, set]);
}
function hintOf(directive) {
    const maxAge = argument(directive, 'maxAge');
    const scope = argument(directive, 'scope');
    const inherit = argument(directive, 'inheritMaxAge');
    return {
        maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : undefined,
        isPrivate: scope?.kind === Kind.ENUM && scope.value === 'PRIVATE',
        inherits: inherit?.kind === Kind.BOOLEAN && inherit.value,
    };
}
/** Names of the `join__Graph` enum to names of subgraphs. */
function graphNames(document) {
    const names = new Map();
    for (const node of document.definitions) {
        if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph')
            continue;
        for (const value of node.values ?? []) {
            const graph = value.directives?.find((one) => one.name.value === 'join__graph');
            if (graph !== undefined)
                names.set(value.name.value, textArgument(graph, 'name') ?? value.name.value);
        }
    }
    return names;
}
function graphsOf(directive, graphs) {
    const one = argument(directive, 'graph');
    const many = argument(directive, 'graphs');
    const values = many?.kind === Kind.LIST ? many.values : one === undefined ? [] : [one];
    return values.flatMap((value) => (value.kind === Kind.ENUM ? (graphs.get(value.value) ?? []) : []));
}
/** A hash of the supergraph without what is said of other subgraphs alone. */
function versionOf(document, subgraph, graphs) {
    const isForeign = (directive) => {
        const named = graphsOf(directive, graphs);
        return named.length > 0 && !named.includes(subgraph);
    };
    const parts = document.definitions.flatMap((node) => {
        if (!isTypeDefinitionNode(node) || node.name.value === 'join__Graph')
            return [];
        const { directives = [] } = node;
        const joins = directives.filter((one) => one.name.value === 'join__type');
        if (joins.length === 0 || joins.every(isForeign))
            return [];
        const children = childrenOf(node).filter(({ directives: own = [] }) => {
            const placed = own.filter((one) => one.name.value.startsWith('join__'));
            return placed.length === 0 || !placed.every(isForeign);
        });
        const kept = directives.filter((one) => !isForeign(one)).map((one) => print(one));
        return [
            `${node.kind} ${node.name.value} ${kept.join(' ')} ${children.map((one) => print(one)).join('\n')}`,
        ];
    });
    return hash('sha256', parts.join('\n'), 'base64url').slice(0, 16);
}
function childrenOf(node) {
    if ('fields' in node)
        return node.fields ?? [];
    return 'values' in node ? (node.values ?? []) : [];
}
function related(schema, type) {
    const found = schema.getType(type);
    if (isObjectType(found))
        return [type, ...found.getInterfaces().map(({ name }) => name)];
    if (!isInterfaceType(found))
        return [type];
    const { objects, interfaces } = schema.getImplementations(found);
    return [type, ...[...objects, ...interfaces, ...found.getInterfaces()].map(({ name }) => name)];
}
const argument = (directive, name) => directive.arguments?.find((one) => one.name.value === name)?.value;
function textArgument(directive, name) {
    const value = argument(directive, name);
    return value?.kind === Kind.STRING ? value.value : undefined;
}
//# sourceMappingURL=schema-facts.js.map