import { Kind, print, visit } from 'graphql';
/**
 * The supergraph as the planner gets it: without the links, definitions and uses of `removed` features, and with each
 * type's unresolvable keys last. The planner takes the first key of a type for the way back to a subgraph after
 * `@requires` and does not look whether it resolves.
 */
export function plannerSupergraph(document, schema, removed) {
    const names = namesOf(schema, removed);
    const stripped = visit(document, {
        Directive: (node) => (names.directives.has(node.name.value) || linksOne(node, names) ? null : undefined),
        DirectiveDefinition: (node) => (names.directives.has(node.name.value) ? null : undefined),
    });
    const used = usedTypes(stripped);
    const definitions = stripped.definitions
        .filter((node) => !('name' in node && names.types.has(nameOf(node)) && !used.has(nameOf(node))))
        .map((node) => withResolvableKeysFirst(node, joinTypeName(schema)));
    return print({ ...stripped, definitions });
}
function namesOf(schema, removed) {
    const isRemoved = (element) => removed.some((feature) => feature.isFeatureDefinition(element));
    return {
        directives: new Set(schema
            .directives()
            .filter(isRemoved)
            .map((directive) => directive.name)),
        types: new Set(schema
            .types()
            .filter(isRemoved)
            .map((type) => type.name)),
        link: schema.coreFeatures?.coreItself.nameInSchema,
        urls: new Set(removed.flatMap((feature) => urlArgument(feature.directive.sourceAST))),
    };
}
function linksOne(node, names) {
    return node.name.value === names.link && urlArgument(node).some((url) => names.urls.has(url));
}
/** The text of a link's address as written, under both names the argument has had. */
function urlArgument(node) {
    const directive = node;
    return (directive?.arguments ?? []).flatMap(({ name, value }) => (name.value === 'url' || name.value === 'feature') && value.kind === Kind.STRING ? [value.value] : []);
}
function usedTypes(document) {
    const used = new Set();
    visit(document, { NamedType: (node) => void used.add(node.name.value) });
    return used;
}
function nameOf(node) {
    return 'name' in node ? node.name.value : '';
}
function joinTypeName(schema) {
    const join = schema.coreFeatures?.getByIdentity('https://specs.apollo.dev/join');
    return join?.directiveNameInSchema('type') ?? 'join__type';
}
function withResolvableKeysFirst(node, joinType) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
        return node;
    const directives = node.directives ?? [];
    const last = directives.filter((directive) => directive.name.value === joinType && !isResolvable(directive));
    if (last.length === 0)
        return node;
    return { ...node, directives: [...directives.filter((directive) => !last.includes(directive)), ...last] };
}
function isResolvable(directive) {
    const argument = directive.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
    return !(argument?.kind === Kind.BOOLEAN && !argument.value);
}
//# sourceMappingURL=planner-supergraph.js.map