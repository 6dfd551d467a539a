import { z } from 'zod';
import { customTag, subgraphTag, tagsToDrop, typeTag } from "./entry-tags.js";
import { keyText } from "./key-sets.js";
import { nearestOf } from "./nearest-name.js";
const name = z.string().min(1).max(200);
const dropRequest = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('subgraph'), subgraph: name }),
    z.strictObject({ kind: z.literal('type'), subgraph: name, type: name }),
    z.strictObject({
        kind: z.literal('entity'),
        subgraph: name,
        type: name,
        key: z.record(z.string().max(200), z.unknown()),
    }),
    z.strictObject({
        kind: z.literal('cache_tag'),
        subgraphs: z.array(name).min(1).max(200),
        cache_tag: z.string().min(1).max(1024),
    }),
]);
const mostRequests = 1_000;
/** Reads what somebody sent, and says what is wrong with it by its place. */
export function dropRequests(body, facts) {
    const read = z.array(dropRequest).min(1).max(mostRequests).safeParse(body);
    if (!read.success)
        return { kind: 'wrong', status: 400, problem: issueText(read.error.issues[0]) };
    const tags = [];
    for (const [index, request] of read.data.entries()) {
        const found = tagsOf(request, facts);
        if (!found.ok)
            return { kind: 'wrong', status: found.status, problem: `[${String(index)}].${found.problem}` };
        tags.push(...found.tags);
    }
    return { kind: 'tags', tags, requests: read.data };
}
function issueText(issue) {
    if (issue === undefined)
        return 'not an array of invalidations';
    const path = issue.path
        .map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${String(step)}`))
        .join('');
    const place = path.replace(/^\./, '');
    return `${place === '' ? 'the body' : place}: ${issue.message}`;
}
function tagsOf(request, facts) {
    const named = request.kind === 'cache_tag' ? request.subgraphs : [request.subgraph];
    const stranger = named.find((one) => !facts.subgraphs.has(one));
    if (stranger !== undefined) {
        const place = request.kind === 'cache_tag' ? 'subgraphs' : 'subgraph';
        return unknown(`${place}: no subgraph "${stranger}"`, stranger, facts.subgraphs);
    }
    switch (request.kind) {
        case 'subgraph':
            return { ok: true, tags: [subgraphTag(request.subgraph)] };
        case 'cache_tag':
            return { ok: true, tags: request.subgraphs.map((one) => customTag(one, request.cache_tag)) };
        case 'type':
        case 'entity': {
            const { subgraph, type } = request;
            const types = facts.typesOf(subgraph);
            if (!types.has(type))
                return unknown(`type: no type "${type}" in "${subgraph}"`, type, types);
            if (request.kind === 'entity')
                return entityTags(request, facts);
            return { ok: true, tags: facts.related(type).map((one) => typeTag(subgraph, one)) };
        }
    }
}
function entityTags({ subgraph, type, key }, facts) {
    const sets = facts.keysOf(type);
    const keys = new Map();
    for (const set of sets) {
        const text = keyText(set, key);
        if (text !== undefined)
            keys.set(set.name, text);
    }
    if (keys.size > 0)
        return { ok: true, tags: tagsToDrop(facts, { subgraph, type, keys }) };
    const known = sets.map((set) => `"${set.name}"`).join(', ');
    const problem = known === '' ? `key: "${type}" is no entity` : `key: a key of "${type}" is needed: ${known}`;
    return { ok: false, status: 400, problem };
}
function unknown(problem, given, known) {
    const near = nearestOf(given, known);
    return {
        ok: false,
        status: 404,
        problem: near === undefined ? problem : `${problem}; did you mean "${near}"?`,
    };
}
//# sourceMappingURL=drop-requests.js.map