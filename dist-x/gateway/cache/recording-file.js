import { open, rename, stat } from 'node:fs/promises';
const flushMs = 500;
/** What waits to be written at most; beyond it lines are lost. */
const mostWaiting = 4 * 1024 * 1024;
/**
 * A file that grows to half of `maxBytes` at most, then takes the place of `PATH.1` and begins anew. Several processes may write to
 * the same: whole lines are appended at once.
 */
export function recordingFile({ path, maxBytes, onFailure }) {
    const half = maxBytes / 2;
    let waiting = [];
    let size = 0;
    let timer;
    let writing = Promise.resolve();
    let hasFailed = false;
    const append = async (text) => {
        try {
            await makeRoom(path, half - text.length);
            // Opened each time: another process may have moved it.
            const file = await open(path, 'a', 0o600);
            await written(file, text);
        }
        catch (cause) {
            if (!hasFailed)
                onFailure(cause);
            hasFailed = true;
        }
    };
    const flush = () => {
        clearTimeout(timer);
        timer = undefined;
        const text = waiting.join('');
        waiting = [];
        size = 0;
        if (text !== '')
            writing = writing.then(() => append(text));
        return writing;
    };
    return {
        write: (line) => {
            if (size + line.length > Math.min(mostWaiting, half))
                return;
            waiting.push(line);
            size += line.length;
            timer ??= setTimeout(() => void flush(), flushMs).unref(); // never rejects
        },
        close: flush,
    };
}
async function written(file, text) {
    try {
        await file.appendFile(text);
    }
    finally {
        await file.close();
    }
}
async function makeRoom(path, most) {
    const known = await stat(path).catch(() => undefined);
    if (known !== undefined && known.size > most)
        await rename(path, `${path}.1`);
}
//# sourceMappingURL=recording-file.js.map