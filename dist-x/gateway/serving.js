import { availableParallelism } from 'node:os';
import { followConfig } from "./config/config.js";
/**
 * Serves as the configuration says, in this process or in several, and takes changes of its file over while serving.
 * Rejects when the address cannot be listened on; `undefined` when the start was ended.
 */
export async function startServing(options) {
    const { workers } = options.config;
    const count = workers === 'auto' ? availableParallelism() : workers;
    if (count === 1)
        return startAlone(options);
    const { startWorkers } = await import("./workers/workers.js");
    return startWorkers({ ...options, count });
}
async function startAlone({ configFile, ...options }) {
    const { startGateway } = await import("./gateway.js");
    const gateway = await startGateway(options);
    if (configFile === undefined)
        return gateway;
    const followed = followConfig(configFile, options.config, gateway.reconfigure);
    return {
        url: gateway.url,
        stop: async () => {
            await Promise.all([followed.close(), gateway.stop()]);
        },
    };
}
//# sourceMappingURL=serving.js.map