import { left } from "./failures.js";
/**
 * Lets identical queries in flight share one call: same subgraph and body, same forwarded headers, same verified
 * identity, same epoch. Mutations each run. An answer that went to several callers is no longer marked as owned.
 */
export function shareIdentical(inner, forwarded, epoch) {
    // Two levels, so that long bodies are not copied into a key.
    const scopes = new Map();
    const partition = partitions();
    let shared = 0;
    const fly = (scope, call, context) => {
        const flights = scopes.get(scope) ?? new Map();
        scopes.set(scope, flights);
        const answer = inner(call, context).then((given) => {
            // In one turn with the end of the flight: whoever comes later makes a call of their own.
            flights.delete(call.body);
            if (flights.size === 0)
                scopes.delete(scope);
            return flight.isShared ? disowned(given) : given;
        });
        const flight = { answer, signal: context.signal, isShared: false };
        flights.set(call.body, flight);
        return answer;
    };
    const shareCall = (call, context) => {
        if (call.operationKind !== 'query')
            return inner(call, context);
        const scope = `${epoch.number}\n${call.subgraph}\n${partition(context.principal)}\n${forwarded(call.subgraph, context)}`;
        const flight = scopes.get(scope)?.get(call.body);
        if (flight === undefined || flight.signal.aborted)
            return fly(scope, call, context);
        shared += 1;
        flight.isShared = true;
        return flight.signal === context.signal ? flight.answer : joined(flight, call, context, shareCall);
    };
    return { call: shareCall, stats: () => ({ shared }) };
}
/** Waits with the others, but leaves alone; goes on without the first caller when that one leaves. */
function joined(flight, call, context, again) {
    const { signal } = context;
    if (signal.aborted)
        return Promise.resolve(left(call.subgraph, signal.reason));
    return new Promise((resolve) => {
        const leave = () => resolve(left(call.subgraph, signal.reason));
        signal.addEventListener('abort', leave);
        void flight.answer
            .then((answer) => answer.kind === 'failed' && flight.signal.aborted && !signal.aborted ? again(call, context) : answer)
            .then(resolve)
            .finally(() => signal.removeEventListener('abort', leave));
    });
}
function disowned(answer) {
    if (answer.kind === 'failed')
        return answer;
    const { kind, data, errors, headers, mayNeedEscape, extensions } = answer;
    return { kind, data, errors, headers, mayNeedEscape, extensions };
}
/** A number for each verified identity; one object stands for one token, so no two people ever have the same. */
function partitions() {
    const numbers = new WeakMap();
    let last = 0;
    return (principal) => {
        if (principal.kind === 'anonymous')
            return 0;
        const known = numbers.get(principal);
        if (known !== undefined)
            return known;
        last += 1;
        numbers.set(principal, last);
        return last;
    };
}
//# sourceMappingURL=share-identical.js.map