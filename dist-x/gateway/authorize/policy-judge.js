export const undecided = new Map();
/** Tells of failures, but not of each one of a flood. */
export function seldom(tell) {
    let last = -Infinity;
    return (cause) => {
        const now = performance.now();
        if (now - last < 1_000)
            return;
        last = now;
        tell(cause);
    };
}
//# sourceMappingURL=policy-judge.js.map