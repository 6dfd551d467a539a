import { pageType } from "../observe/observe.js";
const longestWaitMs = 3_000;
/** The page of all workers' numbers, which the process that looks after them writes. */
export function relayedPage(ask) {
    const waiting = new Map();
    let lastId = 0;
    let asking;
    const asked = () => new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        const answered = (given) => {
            clearTimeout(timer);
            waiting.delete(id);
            if (given === undefined)
                reject(new Error('the numbers of all workers cannot be had'));
            else
                resolve(given);
        };
        const timer = setTimeout(() => answered(undefined), longestWaitMs);
        waiting.set(id, answered);
        ask({ kind: 'page wanted', id });
    });
    const text = () => {
        asking ??= asked().finally(() => (asking = undefined));
        return asking;
    };
    return {
        page: { type: pageType, text },
        receive: (message) => waiting.get(message.id)?.(message.text),
    };
}
//# sourceMappingURL=relayed-page.js.map