import { watch } from 'chokidar';
import { composeFile, readTextFile } from "../../schema/compose/compose.js";
/** Changes within this many milliseconds are one change: editors and deployments write several files. */
const settleMs = 100;
/** Subgraphs that are asked for their schemas over HTTP are asked again this often. */
const pollMs = 10_000;
/** Reads and follows a supergraph. Files are watched; schemas that come over HTTP are polled. */
export function createSource(settings) {
    const stop = new AbortController();
    let last = { reading: { ok: false, problems: [] }, files: [settings.path], polled: false };
    let looking;
    const lookOnce = () => {
        looking ??= look(settings, stop.signal).finally(() => {
            looking = undefined;
        });
        return looking;
    };
    /** `undefined` when nothing is new. */
    const changed = async () => {
        const before = last.reading;
        last = await lookOnce();
        return sameReading(before, last.reading) ? undefined : last;
    };
    let end = () => Promise.resolve();
    return {
        read: async () => {
            await changed();
            return last.reading;
        },
        follow: (onReading) => {
            end = follow(() => last, async () => {
                const found = await changed();
                if (found !== undefined && !stop.signal.aborted)
                    onReading(found.reading);
            });
        },
        close: async () => {
            stop.abort();
            await end();
        },
    };
}
/** Looks again after each change of a file, and every so often where files cannot tell; gives the way to end it. */
function follow(last, lookAgain) {
    let timer;
    let ended = false;
    const watcher = watch([...last().files], { ignoreInitial: true });
    const again = async () => {
        await lookAgain();
        if (ended)
            return;
        watcher.add([...last().files]);
        if (last().polled)
            soon(pollMs);
    };
    const soon = (delay) => {
        clearTimeout(timer);
        timer = setTimeout(() => void again(), delay); // again() does not reject
        timer.unref();
    };
    watcher.on('all', () => soon(settleMs));
    // A watcher that cannot watch is no reason to stop serving; polling notices changes all the same.
    watcher.on('error', () => soon(pollMs));
    if (last().polled)
        soon(pollMs);
    return async () => {
        ended = true;
        clearTimeout(timer);
        await watcher.close();
    };
}
async function look(settings, signal) {
    if (settings.kind === 'file') {
        return { reading: await readFile(settings.path), files: [settings.path], polled: false };
    }
    const { composition, sources, warnings, files } = await composeFile({
        path: settings.path,
        env: settings.env,
        signal,
    });
    return {
        reading: composition.ok
            ? { ok: true, sdl: composition.sdl, warnings: [...warnings, ...composition.hints] }
            : { ok: false, problems: composition.problems },
        files,
        // A file whose schemas could not be had yet may name servers that are still starting.
        polled: sources.length === 0 || sources.some(({ origin }) => origin.kind === 'url'),
    };
}
async function readFile(path) {
    const text = await readTextFile(path);
    return text.ok ? { ok: true, sdl: text.value, warnings: [] } : { ok: false, problems: text.problems };
}
function sameReading(one, other) {
    if (one.ok && other.ok)
        return one.sdl === other.sdl;
    return !one.ok && !other.ok && JSON.stringify(one.problems) === JSON.stringify(other.problems);
}
//# sourceMappingURL=source.js.map