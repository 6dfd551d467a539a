import { rewrittenPath } from "./client-paths.js";
import { abandonedCall, failedCall, reportedError, unusableAnswer } from "./errors.js";
import { fetchDocument } from "./fetch-document.js";
import { copier } from "./copy-generated.js";
import { copyAnswer, mergeAnswer } from "./merge.js";
import { requestBody, variableMembers } from "./request-body.js";
import { applyRewrites } from "./rewrite.js";
/** A failed call is reported at each root field it should have given, but not at more than these. */
const mostPlaces = 20;
/** A fetch of root fields. */
export function rootFetch(node, kit) {
    const document = fetchDocument(node.document, node.outputRewrites, kit.schema);
    const bodyOf = requestBody(node, document.text);
    const members = variableMembers(node);
    const { subgraph, operationKind } = node;
    const plainCopy = (value) => copyAnswer(value, document.shape);
    let hotCopy;
    const fetch = {
        ...{ node, kit, document },
        copy: ({ isHot }) => (isHot ? (hotCopy ??= copier(document.shape) ?? plainCopy) : plainCopy),
    };
    return async (run) => {
        const { context, call, variables } = run.request;
        if (context.signal.aborted) {
            for (const path of placesOf(fetch))
                run.errors.add(abandonedCall(subgraph, path));
            return;
        }
        const body = bodyOf(variables);
        const parts = {
            document: document.text,
            variables: () => members(variables),
            representations: undefined,
            bodyFor: () => body,
        };
        const answer = await call({ subgraph, operationKind, body, entityCount: 0, parts }, context);
        if (answer.kind === 'answered')
            take(fetch, run, answer);
        else
            for (const path of placesOf(fetch))
                run.errors.add(failedCall(answer.error, subgraph, path));
    };
}
function take(fetch, run, answer) {
    const { node, kit, document } = fetch;
    for (const error of answer.errors) {
        const path = error.path === undefined ? undefined : clientPath(fetch, error.path);
        run.errors.add(reportedError(error, node.subgraph, path));
    }
    if (answer.data === null) {
        if (answer.errors.length > 0)
            return;
        for (const path of placesOf(fetch))
            run.errors.add(unusableAnswer(node.subgraph, 'answered without data', path));
        return;
    }
    run.mayNeedEscape ||= answer.mayNeedEscape;
    if (answer.errors.length === 0)
        reportMissing(fetch, run, answer.data);
    const data = answer.owned === true ? answer.data : fetch.copy(run)(answer.data);
    applyRewrites(node.outputRewrites, data, kit.types);
    mergeAnswer(run.data, data, document.shape, kit.types);
}
/** A field that was asked for and is neither there nor explained: the answer is not one to this question. */
function reportMissing(fetch, run, data) {
    for (const key of fetch.document.certainKeys) {
        if (Object.hasOwn(data, key) || key === '__typename')
            continue;
        const reason = 'answered without a field it was asked for';
        run.errors.add(unusableAnswer(fetch.node.subgraph, reason, clientPath(fetch, [key])));
    }
}
function clientPath({ node, kit }, path) {
    return kit.clientPaths.of(rewrittenPath(path, node.outputRewrites));
}
function placesOf({ kit, document }) {
    const names = kit.clientPaths.namesBelow([], document.shape.keys());
    return names.length === 0 ? [[]] : names.slice(0, mostPlaces).map((name) => [name]);
}
//# sourceMappingURL=root-fetch.js.map