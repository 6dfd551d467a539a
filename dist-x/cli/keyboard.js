/** Ctrl-C and Ctrl-D, which a terminal in raw mode gives as they are. */
const ends = new Set(['\u0003', '\u0004']);
/** The keyboard of a terminal; `undefined` where nobody types. */
export function keyboardOf(input, interrupt) {
    if (!input.isTTY)
        return undefined;
    return {
        interrupt,
        listen: (onKey) => {
            const onData = (chunk) => {
                for (const key of chunk.toString('utf8')) {
                    if (ends.has(key))
                        interrupt();
                    else
                        onKey(key.toLowerCase());
                }
            };
            input.setRawMode(true);
            input.on('data', onData);
            input.resume();
            return () => {
                input.off('data', onData);
                input.setRawMode(false);
                input.pause();
            };
        },
    };
}
//# sourceMappingURL=keyboard.js.map