import cluster, {} from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from "../model/node-options.js";
/** Says once how worker processes are to be started. */
export function prepareWorkers() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    cluster.setupPrimary({
        exec: fileURLToPath(new URL(`./worker-process.${extension}`, import.meta.url)),
        args: [],
        // The same loaders as here.
        execArgv: [...process.execArgv.filter((one) => !isOwnOption(one)), ...nodeOptions],
        serialization: 'advanced',
    });
}
const isOwnOption = (given) => nodeOptions.some((own) => given.split('=', 1)[0] === own.split('=', 1)[0]);
/** Starts one. */
export function startWorker({ onListening, onReload }, { takeAll, numbers }) {
    const worker = cluster.fork();
    const ended = endOf(worker);
    const send = (message) => {
        // A channel that breaks meanwhile says so through the callback; without one it would be thrown.
        if (worker.isConnected())
            worker.send(message, () => undefined);
    };
    const place = numbers.join(send);
    void ended.then(place.leave);
    const answered = new Promise((resolve) => {
        worker.on('message', (message) => {
            if (message.kind === 'listening')
                onListening();
            else if (message.kind === 'reload')
                onReload(message.event);
            else if (message.kind === 'take')
                send({ kind: 'taken', answers: takeAll(message.questions) });
            else if (message.kind === 'numbers' || message.kind === 'page wanted')
                place.heard(message);
            else
                resolve(message);
        });
    });
    return {
        pid: worker.process.pid,
        ended,
        started: Promise.race([answered, ended.then((how) => ({ kind: 'died', how }))]),
        send,
        kill: () => void worker.process.kill('SIGKILL'),
    };
}
function endOf(worker) {
    return new Promise((resolve) => {
        worker.on('error', (failure) => resolve(failure.message));
        worker.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    });
}
//# sourceMappingURL=worker.js.map