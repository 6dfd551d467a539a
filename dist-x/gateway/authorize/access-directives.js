import { Kind } from 'graphql';
export const accessFeatures = new Set([
    'authenticated',
    'requiresScopes',
    'policy',
]);
/**
 * Reads the names by the link specification: an import's own or new name, or the name of the link. A directive that
 * is used without any link keeps its usual name and is enforced all the same.
 */
export function directiveNames(supergraph) {
    const links = linksOf(supergraph);
    const access = new Map();
    for (const feature of accessFeatures)
        for (const name of namesOf(feature, links))
            access.set(name, feature);
    return { access, context: new Set(namesOf('context', links)) };
}
function namesOf(feature, links) {
    const own = links.filter((link) => link.feature === feature);
    // A subgraph has them through the federation specification.
    const federated = links.filter((link) => link.feature === 'federation');
    const names = [
        ...own.flatMap(({ as, imports }) => [as ?? feature, imports.get(feature) ?? as ?? feature]),
        ...federated.map(({ as, imports }) => imports.get(feature) ?? `${as ?? 'federation'}__${feature}`),
    ];
    const isTaken = links.some((link) => link.feature !== feature && [...link.imports.values()].includes(feature));
    return names.length === 0 && !isTaken ? [feature] : names;
}
function linksOf(document) {
    return document.definitions.flatMap((definition) => {
        if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION)
            return [];
        return (definition.directives ?? []).flatMap((directive) => linkOf(directive) ?? []);
    });
}
function linkOf(directive) {
    const url = textOf(argumentOf(directive, 'url')) ?? textOf(argumentOf(directive, 'feature'));
    if (url === undefined)
        return undefined;
    const [, feature] = /^https?:\/\/specs\.apollo\.dev\/([^/]+)\/v\d/.exec(url) ?? [];
    const imported = argumentOf(directive, 'import');
    const entries = imported?.kind === Kind.LIST ? imported.values : [];
    return {
        feature: feature ?? url,
        as: textOf(argumentOf(directive, 'as')),
        imports: new Map(entries.map(importOf).filter((pair) => pair !== undefined)),
    };
}
/** `"@name"` or `{ name: "@name", as: "@other" }`, without the `@`. */
function importOf(entry) {
    const field = (name) => entry.kind === Kind.OBJECT
        ? textOf(entry.fields.find((one) => one.name.value === name)?.value)
        : undefined;
    const name = textOf(entry) ?? field('name');
    return name?.startsWith('@') === true ? [name.slice(1), (field('as') ?? name).slice(1)] : undefined;
}
/** A directive's argument as it is written. */
export const argumentOf = (directive, name) => directive.arguments?.find((argument) => argument.name.value === name)?.value;
export const textOf = (value) => value?.kind === Kind.STRING ? value.value : undefined;
//# sourceMappingURL=access-directives.js.map