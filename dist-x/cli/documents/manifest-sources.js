import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCodes } from "../exit-codes.js";
/** The manifests that are meant: those named, else those of gateway.yaml; or the exit code of what is wrong. */
export async function manifestSources({ manifests, gateway }, { err, env }) {
    if (manifests.length > 0)
        return manifests.map((path) => ({ path: resolve(path) }));
    const file = gateway ?? (existsSync('gateway.yaml') ? 'gateway.yaml' : undefined);
    const { loadConfig } = await import("../../gateway/config/config.js");
    const loaded = loadConfig(file, env);
    if (!loaded.ok) {
        err(loaded.text);
        return exitCodes.usage;
    }
    const { local_manifests: listed } = loaded.config.persisted_queries;
    if (listed.length > 0)
        return listed;
    const where = file === undefined ? 'there is no gateway.yaml here' : `${file} names none`;
    err(`error: which manifests? ${where}\n  fix: name them, or list them in gateway.yaml under persisted_queries.local_manifests\n`);
    return exitCodes.usage;
}
//# sourceMappingURL=manifest-sources.js.map