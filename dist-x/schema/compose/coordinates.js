import { Kind, print, } from 'graphql';
/** The node of `Type`, `Type.member` or `Type.member(argument:)` in a document, or undefined. */
export function nodeAt(document, coordinate) {
    const parts = /^(\w+)(?:\.(\w+)(?:\((\w+):?\))?)?$/.exec(coordinate);
    if (parts === null)
        return undefined;
    const [, type, member, argument] = parts;
    for (const definition of document.definitions) {
        if (nameOf(definition) !== type)
            continue;
        if (member === undefined)
            return definition;
        const found = membersOf(definition).find((node) => node.name.value === member);
        if (found === undefined)
            continue;
        if (argument === undefined)
            return found;
        const args = 'arguments' in found ? (found.arguments ?? []) : [];
        const node = args.find(({ name }) => name.value === argument);
        if (node !== undefined)
            return node;
    }
    return undefined;
}
/** The coordinate of the innermost definition that holds the text position, or undefined outside of all. */
export function coordinateAt(document, position) {
    const definition = document.definitions.find((node) => holds(node.loc, position));
    const type = definition && nameOf(definition);
    if (definition === undefined || type === undefined)
        return undefined;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION)
        return `@${type}`;
    const member = membersOf(definition).find((node) => holds(node.loc, position));
    if (member === undefined)
        return type;
    const args = 'arguments' in member ? (member.arguments ?? []) : [];
    const argument = args.find((node) => holds(node.loc, position));
    const owner = `${type}.${member.name.value}`;
    return argument === undefined ? owner : `${owner}(${argument.name.value}:)`;
}
function nameOf(node) {
    const name = 'name' in node ? node.name : undefined;
    return name?.value;
}
function membersOf(node) {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION)
        return node.values ?? [];
    if (!('fields' in node))
        return [];
    return (node.fields ?? []).flatMap((field) => ('type' in field ? [field] : []));
}
function holds(location, position) {
    return location !== undefined && location.start <= position && position <= location.end;
}
/** The place of a node in the file that its subgraph's text came from. */
export function placeOf(node, subgraph) {
    const start = nameStart(node);
    if (start === undefined)
        return undefined;
    const text = oneLine(node);
    return {
        ...placeAt(start.line, start.column, subgraph),
        ...(text === undefined ? {} : { text }),
        length: start.length,
    };
}
/** A line and column of a subgraph's text as a place in the file the text came from. */
export function placeAt(line, column, subgraph) {
    const { origin, sdl, name } = subgraph;
    const location = {
        file: origin.shown,
        line: line + origin.lineOffset,
        column: column + origin.columnOffset,
    };
    const sourceLine = sdl.split(/\r\n|[\n\r]/, line)[line - 1];
    const shown = sourceLine === undefined ? {} : { sourceLine: ' '.repeat(origin.columnOffset) + sourceLine };
    return { location, subgraph: name, ...shown };
}
/** A description before a definition is not what a message speaks of: point to the definition's own first word. */
function nameStart(node) {
    const description = 'description' in node ? node.description : undefined;
    const token = description === undefined ? node.loc?.startToken : description.loc?.endToken.next;
    if (token === undefined || token === null)
        return undefined;
    return { line: token.line, column: token.column, length: Math.max(1, token.end - token.start) };
}
/** A definition in one line without description and directives, such as `total(in: Currency): Float!`. */
function oneLine(node) {
    if (node.kind === Kind.FIELD_DEFINITION) {
        const { name, arguments: args = [], type } = node;
        return short(print({ kind: node.kind, name, arguments: args, type }));
    }
    if (node.kind === Kind.INPUT_VALUE_DEFINITION) {
        return short(print({ kind: node.kind, name: node.name, type: node.type }));
    }
    if (node.kind === Kind.DIRECTIVE || node.kind === Kind.NAMED_TYPE)
        return short(print(node));
    const name = nameOf(node);
    return name === undefined ? undefined : short(`${word(node.kind)}${name}`);
}
function word(kind) {
    const what = /^(Object|Interface|Union|Enum|Scalar|InputObject)Type(Definition|Extension)$/.exec(kind);
    if (what === null)
        return '';
    const name = { Object: 'type', InputObject: 'input' }[what[1] ?? ''] ?? (what[1] ?? '').toLowerCase();
    return `${what[2] === 'Extension' ? 'extend ' : ''}${name} `;
}
function short(text) {
    const line = text.replace(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
//# sourceMappingURL=coordinates.js.map