import { watch } from 'chokidar';
/** Changes within this many milliseconds are one change: editors remove a file and write it anew. */
const settleMs = 100;
/** A file that cannot be watched is looked at this often. */
const pollMs = 10_000;
/**
 * Reads a configuration again after each change of its file and tells of every outcome that differs from the one
 * before, one after the other. `first` is what is in force already. `load` and `onLoaded` must not reject.
 */
export function followConfig(path, first, load, onLoaded) {
    let last = outcomeText(first);
    let telling = Promise.resolve();
    let timer;
    let closed = false;
    const look = () => {
        const loaded = load();
        const text = outcomeText(loaded);
        if (text === last || closed)
            return;
        last = text;
        telling = telling.then(() => onLoaded(loaded));
    };
    const watcher = watch(path, { ignoreInitial: true });
    watcher.on('all', () => {
        clearTimeout(timer);
        timer = setTimeout(look, settleMs);
    });
    let poll;
    watcher.on('error', () => {
        poll ??= setInterval(look, pollMs).unref();
    });
    return {
        close: async () => {
            closed = true;
            clearTimeout(timer);
            clearInterval(poll);
            await watcher.close();
            await telling;
        },
    };
}
function outcomeText(loaded) {
    return loaded.ok ? JSON.stringify(loaded.config) : loaded.text;
}
//# sourceMappingURL=follow-config.js.map