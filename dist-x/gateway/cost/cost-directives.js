import { Kind, valueFromASTUntyped, } from 'graphql';
/** Names by the link specification; without a link the usual names count. */
export function costDirectives(supergraph) {
    const names = namesIn(supergraph);
    const find = (directives, wanted) => {
        for (const directive of directives ?? []) {
            if (directive.name.value === names[wanted])
                return argumentsOf(directive);
            if (directive.name.value !== 'join__directive')
                continue;
            const { name, args } = argumentsOf(directive);
            if (name === wanted && isRecord(args))
                return args;
        }
        return undefined;
    };
    return {
        weight: (directives) => {
            const weight = find(directives, 'cost')?.['weight'];
            // IBM's specification writes weights as texts; a negative one would let an operation hide what another part costs.
            const number = typeof weight === 'string' ? Number(weight) : weight;
            return typeof number === 'number' && Number.isFinite(number) ? Math.max(0, number) : undefined;
        },
        listSize: (directives) => {
            const found = find(directives, 'listSize');
            if (found === undefined)
                return undefined;
            const { assumedSize, requireOneSlicingArgument } = found;
            const slicingArguments = pathsOf(found['slicingArguments']);
            return {
                assumedSize: typeof assumedSize === 'number' ? Math.max(0, assumedSize) : undefined,
                slicingArguments,
                sizedFields: pathsOf(found['sizedFields']),
                requireOneSlicingArgument: requireOneSlicingArgument !== false && slicingArguments.length > 0,
            };
        },
    };
}
function pathsOf(value) {
    const texts = Array.isArray(value) ? value : [];
    return texts.flatMap((text) => (typeof text === 'string' && text !== '' ? [text.split('.')] : []));
}
function namesIn(document) {
    for (const definition of document.definitions) {
        if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION)
            continue;
        for (const directive of definition.directives ?? []) {
            const { url, feature, as, import: imports } = argumentsOf(directive);
            const address = typeof url === 'string' ? url : feature;
            if (typeof address !== 'string' || !/^https?:\/\/specs\.apollo\.dev\/cost\/v\d/.test(address))
                continue;
            const prefix = typeof as === 'string' ? as : 'cost';
            return {
                cost: importedAs(imports, '@cost') ?? prefix,
                listSize: importedAs(imports, '@listSize') ?? `${prefix}__listSize`,
            };
        }
    }
    return { cost: 'cost', listSize: 'listSize' };
}
/** `"@cost"` or `{ name: "@cost", as: "@weight" }`, without the `@`. */
function importedAs(imports, wanted) {
    for (const entry of Array.isArray(imports) ? imports : []) {
        if (entry === wanted)
            return wanted.slice(1);
        if (isRecord(entry) && entry['name'] === wanted)
            return (typeof entry['as'] === 'string' ? entry['as'] : wanted).slice(1);
    }
    return undefined;
}
function argumentsOf({ arguments: given = [] }) {
    return Object.fromEntries(given.map(({ name, value }) => [name.value, plain(value)]));
}
const plain = (value) => valueFromASTUntyped(value);
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
//# sourceMappingURL=cost-directives.js.map