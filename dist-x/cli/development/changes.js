import { watch } from 'chokidar';
/** Watches files and folders and gives their changes in batches, one at a time. */
export function watchChanges({ paths, settleMs, onChange, onTrouble }) {
    const changed = new Set();
    let timer;
    let working = Promise.resolve();
    const work = () => {
        const batch = [...changed];
        changed.clear();
        working = working
            .then(() => onChange(batch))
            .catch((failure) => {
            onTrouble(failure instanceof Error ? failure.message : 'unknown reason');
        });
    };
    const watcher = watch([...paths], {
        ignoreInitial: true,
        ignored: (path) => /[\\/](?:node_modules|dist|\.git)(?:[\\/]|$)/.test(path),
    });
    watcher.on('all', (_event, path) => {
        changed.add(path);
        clearTimeout(timer);
        timer = setTimeout(work, settleMs);
    });
    const ready = new Promise((resolve) => watcher.once('ready', resolve));
    watcher.on('error', (failure) => onTrouble(failure instanceof Error ? failure.message : 'cannot watch'));
    return {
        ready,
        close: async () => {
            clearTimeout(timer);
            await watcher.close();
            await working;
        },
    };
}
//# sourceMappingURL=changes.js.map