import { Kind, print } from 'graphql';
import { nodeAt, placeOf } from "./coordinates.js";
/** The composer's report on a query without a plan, told in fewer words and with places. */
export function unsatisfiable(message, subgraphs) {
    const parts = /query:\n(.*?)\ncannot be satisfied by the subgraphs because:\n(.*)$/s.exec(message);
    if (parts === null)
        return { message, places: [] };
    const [, query = '', reasons = ''] = parts;
    const coordinate = /cannot find field "(\w+\.\w+)"/.exec(reasons)?.[1];
    const fix = wayOut(reasons, subgraphs);
    return {
        message: coordinate === undefined ? 'a query cannot be answered' : `${coordinate} cannot be reached`,
        places: coordinate === undefined ? [] : placesOf(coordinate, subgraphs),
        detail: [`this query has no plan:   ${query.replace(/\s+/g, ' ').trim()}`, ...reasonLines(reasons)],
        ...(coordinate === undefined ? {} : { coordinate }),
        ...(fix === undefined ? {} : { fix }),
    };
}
/** Where a coordinate is defined, in each subgraph that defines it. */
export function placesOf(coordinate, subgraphs) {
    return subgraphs.flatMap(({ document, source }) => {
        const node = nodeAt(document, coordinate);
        const place = node === undefined ? undefined : placeOf(node, source);
        return place === undefined ? [] : [place];
    });
}
const mostReasons = 20;
function reasonLines(reasons) {
    const lines = reasons.split('\n').map((line) => {
        const indent = line.startsWith('  ') ? '    ' : '  ';
        return indent + inFewerWords(line.replace(/^\s*-\s*/, ''));
    });
    const rest = lines.length - mostReasons;
    return rest > 0 ? [...lines.slice(0, mostReasons), `  … and ${rest} more reasons`] : lines;
}
function inFewerWords(reason) {
    return reason
        .replace(/^from subgraph /, 'from ')
        .replace(/cannot find field "([\w.]+)"\.?/, 'no field $1')
        .replace(/cannot move to subgraph ("[^"]+") using (@key\(.*?\)) of "\w+", the key field\(s\) cannot be resolved from subgraph ("[^"]+")\.?/, (_, to, key, from) => `cannot enter ${to} by ${key}: ${from} does not resolve ${keyFields(key)}`);
}
function keyFields(key) {
    return /fields: "([^"]*)"/.exec(key)?.[1] ?? 'it';
}
/** The missing key field, its type as the other subgraph has it, and the place where it would go. */
function wayOut(reasons, subgraphs) {
    const move = /cannot move to subgraph "([^"]+)" using @key\(fields: "([^"]*)"\) of "(\w+)", the key field\(s\) cannot be resolved from subgraph "([^"]+)"/.exec(reasons);
    if (move === null)
        return undefined;
    const [, to = '', key = '', type = '', from = ''] = move;
    const target = subgraphs.find(({ source }) => source.name === to);
    const origin = subgraphs.find(({ source }) => source.name === from);
    const typeNode = origin && nodeAt(origin.document, type);
    const place = typeNode && placeOf(typeNode, origin.source);
    const fields = key.split(/\s+/).filter((field) => /^\w+$/.test(field));
    const missing = fields.filter((field) => origin && nodeAt(origin.document, `${type}.${field}`) === undefined);
    const wanted = missing.map((field) => typed(field, target && nodeAt(target.document, `${type}.${field}`)));
    const other = `another @key of ${type} in "${to}"`;
    if (place === undefined || wanted.length === 0)
        return `give "${from}" and "${to}" a @key of ${type} that both resolve`;
    return `add  ${wanted.join('  ')}  to ${type} in ${place.location.file}:${place.location.line}, or ${other}`;
}
function typed(field, node) {
    return node?.kind === Kind.FIELD_DEFINITION ? `${field}: ${print(node.type)}` : field;
}
//# sourceMappingURL=satisfiability.js.map