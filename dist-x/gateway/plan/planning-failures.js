const tooLong = 'QUERY_PLANNING_TIMEOUT';
/** Failures that have nothing to do with the operation itself. */
export const planningFailures = {
    queueFull: { code: tooLong, message: 'Too many operations are waiting to be planned. Try again shortly.' },
    waitedTooLong: {
        code: tooLong,
        message: 'The operation waited too long to be planned. Try again shortly.',
    },
    aborted: { code: tooLong, message: 'The request ended before the operation was planned.' },
    closed: { code: tooLong, message: 'The planner has been closed.' },
    broken: { code: 'QUERY_PLANNING_FAILED', message: 'The planner could not read the supergraph.' },
};
/** What a client is told of an operation that a thread could not plan. */
export function failureOf(outcome) {
    switch (outcome.kind) {
        case 'unplannable':
            return { code: 'QUERY_PLANNING_FAILED', message: outcome.message };
        case 'failed':
            return {
                code: 'QUERY_PLANNING_FAILED',
                message: 'The operation cannot be planned on this supergraph.',
                detail: outcome.detail,
            };
        case 'timeout':
            return { code: tooLong, message: 'Planning the operation took too long. Ask for less at once.' };
        case 'died':
            return outcome.outOfMemory
                ? { code: tooLong, message: 'Planning the operation took too much memory. Ask for less at once.' }
                : { code: 'QUERY_PLANNING_FAILED', message: 'The planner failed.', detail: outcome.reason };
    }
}
/** Whether the operation is to blame, so that it would fail again. */
export function isLasting(outcome) {
    return outcome.kind !== 'died' || outcome.outOfMemory;
}
//# sourceMappingURL=planning-failures.js.map