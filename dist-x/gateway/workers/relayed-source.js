/** A supergraph that another process reads and follows: what it sends is what there is to read. */
export function relayedSource() {
    let receive = () => undefined;
    const first = new Promise((resolve) => (receive = resolve));
    let onReading;
    let isFirst = true;
    return {
        receive: (reading) => {
            if (isFirst)
                receive(reading);
            else
                onReading?.(reading);
            isFirst = false;
        },
        source: {
            read: () => first,
            follow: (tell) => {
                onReading = tell;
            },
            close: () => Promise.resolve(),
        },
    };
}
//# sourceMappingURL=relayed-source.js.map