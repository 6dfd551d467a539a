/** The values of an answer, one for each item asked for; `undefined`: it has none, or not that many. */
export function valuesOf(answer, isEntities, count) {
    if (answer.kind === 'failed' || answer.data === null)
        return undefined;
    if (!isEntities)
        return [answer.data];
    const list = answer.data['_entities'];
    if (!Array.isArray(list) || list.length !== count)
        return undefined;
    return list.every((one) => typeof one === 'object' && !Array.isArray(one))
        ? list
        : undefined;
}
/** An answer put together from values that others hold too. */
export function composed(values, isEntities, more) {
    const data = isEntities ? { _entities: values } : values[0];
    const { errors, mayNeedEscape } = more;
    return { kind: 'answered', data, errors, headers: {}, mayNeedEscape };
}
/** The answer, of which others hold the data too from now on. */
export function held(answer) {
    const { kind, data, errors, headers, mayNeedEscape } = answer;
    return { kind, data, errors, headers, mayNeedEscape };
}
/** Errors of a call for some entities, as of one for all. */
export function placed(errors, indices) {
    return errors.map((error) => {
        const [first, index, ...rest] = error.path ?? [];
        if (first !== '_entities' || typeof index !== 'number')
            return error;
        return { ...error, path: [first, indices[index] ?? index, ...rest] };
    });
}
//# sourceMappingURL=subgraph-values.js.map