const hasLeft = ({ signal }) => signal.aborted;
/**
 * Lets identical queries in flight share one execution. Only for queries, and only where no header of a subgraph's answer
 * reaches the client: such a header may be meant for one client alone.
 */
export function sharedExecutions() {
    const flights = new Map();
    const numbers = new WeakMap();
    let last = 0;
    /** One object stands for one verified token, so no two people ever have the same number. */
    const numberOf = (principal) => {
        if (principal.kind === 'anonymous')
            return 0;
        const known = numbers.get(principal);
        if (known !== undefined)
            return known;
        last += 1;
        numbers.set(principal, last);
        return last;
    };
    const share = async (identity, signal, run) => {
        const { operation, variables, principal, forwarded } = identity;
        // The lengths keep one part from passing for the end of another.
        const key = `${numberOf(principal)} ${operation.length} ${variables.length} ${operation}${variables}${forwarded}`;
        const flight = flights.get(key)?.flight;
        if (flight !== undefined && !hasLeft(flight)) {
            const response = await flight.response;
            return hasLeft(flight) && !signal.aborted ? share(identity, signal, run) : response;
        }
        const slot = { flight: undefined };
        const response = run().finally(() => {
            slot.flight = undefined;
            if (flights.get(key) === slot)
                flights.delete(key);
        });
        slot.flight = { response, signal };
        flights.set(key, slot);
        return response;
    };
    return { run: share };
}
//# sourceMappingURL=share-executions.js.map