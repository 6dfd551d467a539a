import { entitiesOf, handOut } from "./entity-answer.js";
import { jointDocument } from "./joint-document.js";
import { answerToShare } from "./joint-parts.js";
import { requestBody } from "./request-body.js";
/** `undefined` when the documents cannot be joined. */
export function jointCall(parts) {
    const [only] = parts;
    if (only !== undefined && parts.length === 1) {
        const { document, fetch } = only;
        const places = [{ alias: '_entities', variable: 'representations' }];
        return { document, places, body: requestBody(fetch.node, document) };
    }
    const joint = jointDocument(parts.map(({ document, fetch: { node } }) => ({ ...node, document })));
    return joint && { document: joint.text, places: joint.places, body: requestBody(joint, joint.text) };
}
/** Asks, and hands out what came; gives back who got nothing although nothing is said against them. */
export async function askJointly(joint, parts, run) {
    const [first] = parts;
    if (first === undefined)
        return new Set();
    const { subgraph, operationKind } = first.fetch.node;
    const entityCount = parts.reduce((sum, { count }) => sum + count, 0);
    // No local name for the body: it would keep it alive while the answer is awaited.
    const answer = await run.request.call({ subgraph, operationKind, entityCount, ...bodyOf(joint, parts, run) }, run.request.context);
    const forgotten = forgottenPlaces(answer, joint.places);
    const left = new Set();
    for (const [at, part] of parts.entries()) {
        const place = joint.places[at];
        if (place === undefined)
            continue;
        if (forgotten.has(place))
            for (const { ask } of part.shares)
                left.add(ask);
        else
            give(part, answerAt(answer, place, joint.places), run);
    }
    return left;
}
function give(part, answer, run) {
    for (const share of part.shares) {
        const { ask } = share;
        const [batch] = ask.asked.batches;
        if (batch === undefined)
            continue;
        handOut(ask, entitiesOf(ask, batch, answerToShare(answer, part, share), run), run.unknown);
    }
}
function bodyOf({ document, places, body }, parts, run) {
    const entityCounts = {};
    const members = parts.map(({ texts, count }, at) => {
        const variable = places[at]?.variable ?? '';
        entityCounts[variable] = count;
        const text = `"${variable}":[${texts.join(',')}]`;
        // It is in the body now; held until the answer is here it would be kept alive twice.
        texts.length = 0;
        return text;
    });
    const joined = { document, entityCounts };
    return { body: body(run.request.variables, members), joined };
}
/** Where nothing came although nothing is said against what stands there. */
function forgottenPlaces(answer, places) {
    if (answer.kind === 'failed' || answer.data !== null || places.length === 1)
        return new Set();
    const blamed = new Set(answer.errors.map(({ path }) => path?.[0]));
    return new Set(places.filter(({ alias }) => !blamed.has(alias)));
}
/** The answer as it would be to the part at one place alone. */
function answerAt(answer, { alias }, places) {
    if (answer.kind === 'failed' || places.length === 1)
        return answer;
    const { data, errors } = answer;
    return {
        ...answer,
        errors: errors.flatMap((error) => errorAt(error, alias, places)),
        data: data && { _entities: data[alias] ?? null },
    };
}
/** Errors that name no part may be of any. */
function errorAt(error, alias, places) {
    const [first, ...rest] = error.path ?? [];
    if (first === alias)
        return [{ ...error, path: ['_entities', ...rest] }];
    return places.some((other) => other.alias === first) ? [] : [error];
}
//# sourceMappingURL=joint-call.js.map