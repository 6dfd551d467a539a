/** Begins as one that works. Failure and return are told once each. */
export function breather({ pauseMs, now }, events) {
    let down = false;
    let restsUntil = -Infinity;
    return {
        isResting: () => now() < restsUntil,
        failed: (reason) => {
            restsUntil = now() + pauseMs;
            if (!down)
                events.onDown(reason);
            down = true;
        },
        succeeded: () => {
            if (down)
                events.onUp();
            down = false;
        },
    };
}
//# sourceMappingURL=breather.js.map