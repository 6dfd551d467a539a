import { parentPort, workerData } from 'node:worker_threads';
import { apolloPlanner, Unplannable } from "./apollo-planner.js";
import { standBack } from "./thread-priority.js";
/** The thread that plans: builds its planner once, then answers one request after the other. */
const longestPlanBytes = 8 * 1024 * 1024;
function preparedPlanner({ plannerSdl, options }) {
    try {
        return apolloPlanner(plannerSdl, options);
    }
    catch (thrown) {
        return { reason: thrown instanceof Error ? thrown.message : String(thrown) };
    }
}
function outcome(plan, request) {
    try {
        const planned = plan(request);
        const bytes = JSON.stringify(planned).length;
        if (bytes > longestPlanBytes)
            return { kind: 'unplannable', message: 'The plan of this operation is too large.' };
        return { kind: 'planned', plan: planned, bytes };
    }
    catch (thrown) {
        if (thrown instanceof Unplannable)
            return { kind: 'unplannable', message: thrown.message };
        return {
            kind: 'failed',
            detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
        };
    }
}
function serve(port) {
    const post = (message) => port.postMessage(message);
    const planner = preparedPlanner(workerData);
    if (typeof planner !== 'function') {
        post({ kind: 'broken', reason: planner.reason });
        return;
    }
    standBack();
    port.on('message', (request) => post(outcome(planner, request)));
    post({ kind: 'ready' });
}
if (parentPort !== null)
    serve(parentPort);
//# sourceMappingURL=planning-worker.js.map