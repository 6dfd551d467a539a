import { startGateway } from "../gateway.js";
import { relayedBuckets } from "./relayed-buckets.js";
import { relayedPage } from "./relayed-page.js";
import { relayedSource } from "./relayed-source.js";
/** One of several processes that answer on one port. It ends with the process that started it, however that ends. */
const { source, receive } = relayedSource();
const { buckets, receive: receiveTaken } = relayedBuckets((questions) => tell({ kind: 'take', questions }), () => performance.now());
const { page, receive: receivePage } = relayedPage(tell);
let gateway;
let isServing = false;
function tell(message) {
    if (process.connected)
        process.send?.(message);
}
async function start(message) {
    const { number, config, host, port, sandbox, path } = message;
    const started = await startGateway({
        supergraph: { kind: 'relayed', path, source },
        ...{ config, buckets, metricsPage: page },
        logFields: { worker: number },
        ...(host === undefined ? {} : { host }),
        ...(port === undefined ? {} : { port }),
        ...(sandbox === undefined ? {} : { sandbox }),
        onReload: (event) => tell({ kind: 'reload', event }),
    });
    isServing = true;
    tell({ kind: 'serving', url: started.url });
    return started;
}
function fail(failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : undefined;
    process.exitCode = 1;
    // The message is on its way when the channel closes; with it goes the last thing that keeps this process.
    const failed = { kind: 'failed', message, code };
    process.send?.(failed, undefined, undefined, () => process.exit());
}
async function tellNumbers(id) {
    tell({ kind: 'numbers', id, readings: isServing ? ((await gateway)?.readings() ?? []) : [] });
}
async function stop() {
    // Nothing has been answered yet, and the first supergraph may never come.
    if (!isServing)
        process.exit();
    await (await gateway)?.stop();
    process.exit();
}
// It keeps the process running, whatever else was loaded into it.
process.channel?.ref();
process.on('message', (message) => {
    switch (message.kind) {
        case 'start':
            gateway = start(message);
            gateway.catch(fail);
            return;
        case 'reading':
            receive(message.reading);
            return;
        case 'taken':
            receiveTaken(message.answers);
            return;
        case 'numbers wanted':
            void tellNumbers(message.id);
            return;
        case 'page':
            receivePage(message);
            return;
        case 'config':
            // Neither rejects but where the start failed, which is told there.
            void gateway
                ?.then((running) => running.reconfigure({ ok: true, config: message.config }))
                .catch(() => undefined);
            return;
        case 'stop':
            void stop();
    }
});
process.on('SIGTERM', () => void stop());
// They come to every process of a terminal; who started this one hears them too and says what is to be done.
for (const signal of ['SIGINT', 'SIGHUP'])
    process.on(signal, () => undefined);
tell({ kind: 'listening' });
//# sourceMappingURL=worker-process.js.map