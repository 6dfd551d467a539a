import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { filesFrom, nearestName, problemsText, readYaml } from "../../schema/yaml/yaml.js";
import { configDefaults, configSchema } from "./defaults.js";
import { followFile } from "./follow-file.js";
import { gatewayConfig } from "./gateway-config.js";
import { explainKey } from "./later-keys.js";
export { configDefaults, configSchema };
const largestFile = 1024 * 1024;
/**
 * Reads gateway.yaml; without a path, the defaults. Reports every problem at once with file, line and column.
 * Paths come back absolute. Never throws for anything a file can hold.
 */
export function loadConfig(path, env) {
    if (path === undefined)
        return parseConfig({ file: 'gateway.yaml', text: '' }, process.cwd(), env);
    const file = fileBytes(path);
    if (!file.ok)
        return file;
    return parseConfig({ file: path, text: file.bytes }, dirname(resolve(path)), env);
}
/**
 * Tells of every new outcome of reading the file, good or bad, once, and one after the other, until `close`. `onLoaded`
 * must not reject.
 */
export function followConfig({ path, env }, inForce, onLoaded) {
    return followFile(path, {
        first: { ok: true, config: inForce },
        read: () => loadConfig(path, env),
        textOf: (loaded) => (loaded.ok ? JSON.stringify(loaded.config) : loaded.text),
        onRead: onLoaded,
    });
}
/** The same for text that is already read; relative paths in it start at `folder`. */
export function parseConfig(source, folder, env) {
    const read = readYaml(source, gatewayConfig, { env, readFile: filesFrom(folder), explainKey });
    return read.ok ? { ok: true, config: withPaths(read.value, folder) } : read;
}
/** Paths in the file start at its folder, wherever the gateway was started. */
function withPaths(config, folder) {
    const { jwt, api_keys: apiKeys } = config.authentication.router;
    const plugins = config.plugins.map((plugin) => resolve(folder, plugin));
    const jwks = jwt?.jwks.map((keys) => keys.file === undefined ? keys : { ...keys, file: resolve(folder, keys.file) });
    const router = {
        ...(jwt === undefined || jwks === undefined
            ? {}
            : { jwt: { ...jwt, jwks, ...revocationFile(jwt, folder) } }),
        ...(apiKeys === undefined ? {} : { api_keys: { ...apiKeys, file: resolve(folder, apiKeys.file) } }),
    };
    const manifests = config.persisted_queries.local_manifests.map((manifest) => ({
        ...manifest,
        path: resolve(folder, manifest.path),
    }));
    const documents = { ...config.persisted_queries, local_manifests: manifests };
    const { module } = config.authorization.policies;
    const policies = {
        ...config.authorization.policies,
        ...(module === undefined ? {} : { module: resolve(folder, module) }),
    };
    const { record } = config.response_cache;
    const caching = record && { record: { ...record, file: resolve(folder, record.file) } };
    return {
        ...{ ...config, plugins, persisted_queries: documents },
        response_cache: { ...config.response_cache, ...caching },
        authentication: { ...config.authentication, router },
        authorization: { ...config.authorization, policies },
    };
}
function revocationFile({ revocation_list: list }, folder) {
    return list === undefined ? {} : { revocation_list: { file: resolve(folder, list.file) } };
}
function fileBytes(path) {
    try {
        const found = statSync(path);
        if (!found.isFile())
            return unreadable(path, 'is not a file');
        if (found.size > largestFile)
            return unreadable(path, 'is larger than 1 MB');
        return { ok: true, bytes: readFileSync(path) };
    }
    catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return unreadable(path, missing ? `no such file${similarFile(path)}` : 'cannot be read');
    }
}
function similarFile(path) {
    try {
        const folder = dirname(path);
        const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
        const near = nearestName(basename(path), names.slice(0, 200));
        return near === undefined ? '' : ` — did you mean ${join(folder, near)}?`;
    }
    catch {
        return '';
    }
}
function unreadable(file, message) {
    const problems = [{ file, line: 1, column: 1, path: '', message, excerpt: '' }];
    return { ok: false, problems, text: problemsText(file, problems) };
}
//# sourceMappingURL=config.js.map