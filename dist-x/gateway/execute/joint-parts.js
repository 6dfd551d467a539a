/** One part for each document. */
export function jointParts(asks) {
    const groups = new Map();
    for (const ask of asks) {
        const known = groups.get(ask.fetch.document);
        if (known === undefined)
            groups.set(ask.fetch.document, [ask]);
        else
            known.push(ask);
    }
    return [...groups.values()].map((group) => (group.length === 1 ? wholePart(group[0]) : part(group)));
}
function part(asks) {
    const texts = [];
    const places = new Map();
    const shares = asks.map((ask) => {
        const at = ask.asked.texts.map((text) => {
            const place = places.get(text) ?? texts.push(text) - 1;
            places.set(text, place);
            return place;
        });
        ask.asked.texts.length = 0;
        return { ask, at };
    });
    const [{ fetch }] = asks;
    return { document: fetch.document, fetch, texts, count: texts.length, shares };
}
function wholePart(ask) {
    const { fetch, asked } = ask;
    const shares = [{ ask, at: undefined }];
    return { document: fetch.document, fetch, texts: asked.texts, count: asked.texts.length, shares };
}
/** The answer as it would be to one ask alone, out of the answer to a part. */
export function answerToShare(answer, { count }, { at }) {
    if (answer.kind === 'failed' || at === undefined)
        return answer;
    const { kind, headers, mayNeedEscape, extensions } = answer;
    const list = answer.data?.['_entities'];
    const own = Array.isArray(list) ? ownOf(list, count, at) : list;
    return {
        // Several may be given one entity, so that nobody owns it.
        ...{ kind, headers, mayNeedEscape, extensions },
        errors: answer.errors.flatMap((error) => ownError(error, at)),
        data: answer.data && { _entities: own ?? null },
    };
}
/** Of a list that is too short or too long nothing can be used. */
function ownOf(list, count, at) {
    return list.length === count ? at.map((place) => list[place]) : [];
}
/** Errors that name no entity may be of any. */
function ownError(error, at) {
    const [first, place, ...rest] = error.path ?? [];
    if (typeof place !== 'number')
        return [error];
    const index = at.indexOf(place);
    return index < 0 ? [] : [{ ...error, path: [first ?? '_entities', index, ...rest] }];
}
//# sourceMappingURL=joint-parts.js.map