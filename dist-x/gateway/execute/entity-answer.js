import { failedCall, reportedError, unusableAnswer } from "./errors.js";
import { isObject } from "./gathered.js";
import { mergeAnswer } from "./merge.js";
import { applyRewrites } from "./rewrite.js";
/** One entry per representation of the batch. */
export function entitiesOf(ask, batch, answer, run) {
    const given = answer.kind === 'answered' ? listed(ask, batch, answer, run) : undefined;
    if (answer.kind === 'failed') {
        const { subgraph } = ask.fetch.node;
        for (const path of ask.places.ofAll())
            run.errors.add(failedCall(answer.error, subgraph, path));
    }
    return given ?? new Array(batch.to - batch.from).fill(undefined);
}
/** `undefined` when the answer is of no use, which is reported here. */
function listed(ask, batch, answer, run) {
    const { fetch, places } = ask;
    const { subgraph } = fetch.node;
    reportErrors(ask, batch, answer, run);
    const list = answer.data?.['_entities'] ?? null;
    if (list === null && answer.errors.length > 0)
        return undefined;
    const problem = shapeProblem(list, batch.to - batch.from);
    if (problem !== undefined || !Array.isArray(list)) {
        for (const path of places.ofAll())
            run.errors.add(unusableAnswer(subgraph, problem ?? '', path));
        return undefined;
    }
    run.mayNeedEscape ||= answer.mayNeedEscape;
    return list.map((entity, index) => {
        if (entity === null)
            return null;
        if (isObject(entity))
            return rewritten(ask, entity, answer.owned === true);
        for (const path of places.ofRepresentation(batch.from + index)) {
            run.errors.add(unusableAnswer(subgraph, 'answered with an entity that is no object', path));
        }
        return undefined;
    });
}
function reportErrors({ fetch, places }, batch, answer, run) {
    for (const error of answer.errors) {
        // Paths cost a walk through the data: not worth it for what is only counted.
        const paths = run.errors.isFull ? [undefined] : places.ofError(shifted(error.path, batch.from));
        for (const path of paths)
            run.errors.add(reportedError(error, fetch.node.subgraph, path));
    }
}
/** The entity as it may be merged: copied where it will be changed and somebody else may hold it. */
function rewritten({ fetch, copy }, entity, isOwned) {
    const { node, kit } = fetch;
    const isChanged = fetch.isExtended || node.outputRewrites.length > 0;
    const own = isOwned || !isChanged ? entity : copy(entity);
    if (node.outputRewrites.length > 0)
        applyRewrites(node.outputRewrites, own, kit.types);
    return own;
}
/** Errors of a later batch count from 0 as well. */
function shifted(path, by) {
    const [first, index, ...rest] = path ?? [];
    if (first !== '_entities' || typeof index !== 'number')
        return undefined;
    return [first, index + by, ...rest];
}
function shapeProblem(list, expected) {
    if (!Array.isArray(list))
        return 'answered without a list of entities';
    if (list.length === expected)
        return undefined;
    return `answered ${String(list.length)} entities where ${String(expected)} were asked for`;
}
/** Adds what was given for all representations to the objects that they stood for. */
export function handOut({ fetch, asked, copy, merge }, given, unknown) {
    const { targets, representationOf } = asked;
    const used = fetch.isExtended ? new Set() : undefined;
    for (let at = 0; at < targets.length; at += 1) {
        const index = representationOf[at] ?? -1;
        const target = targets[at];
        const entity = given[index];
        if (target !== undefined && entity === null)
            unknown.add(target);
        if (!entity || target === undefined)
            continue;
        const own = used?.has(index) === true ? copy(entity) : entity;
        used?.add(index);
        if (merge === undefined)
            mergeAnswer(target, own, fetch.shape, fetch.kit.types);
        else
            merge(target, own);
    }
}
//# sourceMappingURL=entity-answer.js.map