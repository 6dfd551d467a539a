import { followConfig } from "../config/config.js";
import { reconfigured } from "../lifecycle/config-change.js";
import { memoryBuckets, mostCallers } from "../rates/rates.js";
import { observe } from "../observe/observe.js";
import { createSource } from "../source/source.js";
import { workerPool } from "./worker-pool.js";
import { prepareWorkers, startWorker } from "./worker.js";
import { workerNumbers } from "./worker-numbers.js";
/** A worker that was asked to end may take this much longer than its requests may. */
const endGraceMs = 2_000;
/**
 * Runs the gateway in several processes on one port. This process reads supergraph and configuration, so that all serve
 * the same, and starts workers again that end. Rejects when none can serve, with Node's `code` where the address cannot
 * be had. Nothing is left running then, nor when the start was ended: that gives `undefined`.
 */
export async function startWorkers(options) {
    const standardError = { fd: 2, isTerminal: process.stderr.isTTY };
    const observer = observe(options.config.telemetry.logging, standardError);
    const numbers = workerNumbers(options, observer.logger);
    const known = { config: options.config, reading: undefined };
    prepareWorkers();
    const takeAll = sharedTaking();
    const pool = workerPool({
        count: options.count,
        start: (events) => startWorker(events, { takeAll, numbers: numbers.gathered }),
        logger: observer.logger,
        onReload: (event) => options.onReload?.(event),
        briefing: ({ number, port = options.port }) => [
            { kind: 'start', number, ...startOf(options, known), port },
            ...readingOf(known),
        ],
    });
    const { metrics } = numbers;
    const followed = follow(options, known, { send: pool.send, logger: observer.logger, metrics });
    const stop = async () => {
        await Promise.all([followed.close(), pool.stop(known.config.shutdown.drain + endGraceMs)]);
        await numbers.close();
        observer.flush();
    };
    try {
        const url = await Promise.race([pool.serving, abortOf(options.signal)]);
        if (url !== undefined)
            return { url, stop };
        await stop();
        return undefined;
    }
    catch (failure) {
        await stop();
        throw failure;
    }
}
function abortOf(signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            resolve(undefined);
        signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
}
/** The workers' buckets, so that together they grant what one process would. */
function sharedTaking() {
    const { take } = memoryBuckets(mostCallers, () => performance.now());
    return (questions) => questions.map(({ id, key, buckets, taking }) => ({ id, taken: take(key, buckets, taking) }));
}
function startOf(options, { config }) {
    const { host, sandbox, supergraph } = options;
    return { config: counted(config, options), host, sandbox, path: supergraph.path };
}
/** `auto` as a number: workers grant their part of limits by themselves when they have to. */
function counted(config, { count }) {
    return { ...config, workers: count };
}
function readingOf({ reading }) {
    return reading === undefined ? [] : [{ kind: 'reading', reading }];
}
/** Passes every new supergraph and configuration on. */
function follow({ supergraph, configFile, config, count }, known, { send, logger, metrics }) {
    const source = createSource(supergraph);
    const pass = (reading) => {
        known.reading = reading;
        send({ kind: 'reading', reading });
    };
    let closed = false;
    const first = source.read().then((reading) => {
        if (closed)
            return;
        pass(reading);
        source.follow(pass);
    });
    const onLoaded = (loaded) => {
        const tell = {
            send: (next) => send({ kind: 'config', config: counted(next, { count }) }),
            logger,
        };
        if (loaded.ok)
            reconfigure(loaded.config, known, tell);
        else {
            metrics.count('weir_config_reloads_total', 'refused');
            logger.error({ problems: loaded.text }, badConfig);
        }
        return Promise.resolve();
    };
    const file = configFile === undefined ? undefined : followConfig(configFile, config, onLoaded);
    return {
        close: async () => {
            closed = true;
            await Promise.all([file?.close(), source.close(), first]);
        },
    };
}
const badConfig = 'the configuration is not valid; the last one stays';
function reconfigure(next, known, { send, logger }) {
    const { config, changed, afterRestart } = reconfigured(known.config, next);
    if (afterRestart.length > 0)
        logger.warn({ keys: afterRestart }, 'these take effect after a restart');
    if (!changed)
        return;
    known.config = config;
    send(config);
}
//# sourceMappingURL=workers.js.map