import { entitiesOf, handOut } from "./entity-answer.js";
import { entityAsk } from "./entity-call.js";
import { requestBody, variableMembers } from "./request-body.js";
export function loneFetch(fetch) {
    const bodies = {
        whole: requestBody(fetch.node, fetch.document),
        members: variableMembers(fetch.node),
    };
    const answered = (ask, run) => askAll(ask, bodies, run);
    return {
        answered,
        step: async (run) => {
            const ask = entityAsk(fetch, run);
            if (ask !== undefined)
                await answered(ask, run);
        },
    };
}
async function askAll(ask, bodies, run) {
    const { asked } = ask;
    const calls = asked.batches.map((batch) => askBatch(ask, batch, bodies, run));
    // The texts are in the request bodies now; holding them until the answers are here would keep them alive twice.
    asked.texts.length = 0;
    const [only] = calls;
    const given = calls.length === 1 && only !== undefined ? await only : (await Promise.all(calls)).flat();
    handOut(ask, given, run.unknown);
}
async function askBatch(ask, batch, bodies, run) {
    // No local name for the call: it would keep the body alive while the answer is awaited.
    const answer = await run.request.call(callFor(ask, batch, bodies, run), run.request.context);
    return entitiesOf(ask, batch, answer, run);
}
/** Literals without spreads: this is made for every call. */
function callFor({ fetch, asked }, batch, bodies, run) {
    const { document } = fetch;
    const { subgraph, operationKind } = fetch.node;
    const { variables: given } = run.request;
    const isAll = asked.batches.length === 1;
    const representations = isAll ? asked.texts : asked.texts.slice(batch.from, batch.to);
    const bodyFor = (texts) => bodies.whole(given, [`"representations":[${texts.join(',')}]`, ...batch.members]);
    const variables = () => bodies.members(given, batch.members);
    const parts = { document, variables, representations, bodyFor };
    const entityCount = batch.to - batch.from;
    return { subgraph, operationKind, body: bodyFor(representations), entityCount, parts };
}
//# sourceMappingURL=entity-fetch.js.map