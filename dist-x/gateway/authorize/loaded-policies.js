var __rewriteRelativeImportExtension = (this && this.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
/** Another text for another content of the file. */
export function policyVersion(path) {
    try {
        return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
    }
    catch {
        return 'unreadable';
    }
}
/** The policies that the module at an absolute path exports now, or what is wrong with it, with its line. */
export async function loadedPolicies(path, version) {
    try {
        const { policies } = (await imported(path, version));
        if (isPolicies(policies))
            return policies;
        return `${path} has to export "policies": an object with a function for each policy`;
    }
    catch (error) {
        if (!(error instanceof Error))
            return `${path} cannot be loaded: ${String(error)}`;
        const place = placeIn(error, path) ?? (await placeOfSyntaxError(error, path)) ?? '';
        const [, said = error.message] = /ERROR: (.*)/.exec(error.message) ?? [];
        return `${path}${place} cannot be loaded: ${said}`;
    }
}
/** Of a module once imported Node never forgets the content: each version is imported under a name of its own. */
async function imported(path, version) {
    const href = `${pathToFileURL(path).href}?version=${version}`;
    const load = /\.[cm]?ts$/.test(path) ? await typeScriptLoader() : undefined;
    if (load !== undefined)
        return load(href, import.meta.url);
    // CommonJS is remembered by its path alone.
    Reflect.deleteProperty(createRequire(import.meta.url).cache, path);
    return import(__rewriteRelativeImportExtension(href));
}
/** Node before 22.18 does not read TypeScript; tsx does where it is installed, and not all who run a gateway need it. */
async function typeScriptLoader() {
    const name = 'tsx/esm/api';
    try {
        const { tsImport } = (await import(__rewriteRelativeImportExtension(name)));
        return tsImport;
    }
    catch {
        return undefined;
    }
}
/** `:line:column` where an error speaks of the file. */
function placeIn({ message, stack = '' }, path) {
    const name = basename(path).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const place = new RegExp(`${name}(?:\\?\\S*?)?(:\\d+(?::\\d+)?)`);
    return (place.exec(message) ?? place.exec(stack))?.[1];
}
const checkMs = 5_000;
/** Node tells the line of a syntax error on its standard error only. */
function placeOfSyntaxError(error, path) {
    if (!(error instanceof SyntaxError))
        return Promise.resolve(undefined);
    return new Promise((resolve) => {
        const check = ['--input-type=module', '--check', '-'];
        const child = execFile(process.execPath, check, { timeout: checkMs, env: {} }, (_, __, told) => resolve(/^\[stdin\](:\d+)/m.exec(told)?.[1]));
        child.stdin?.on('error', () => undefined);
        try {
            child.stdin?.end(readFileSync(path));
        }
        catch {
            child.stdin?.end();
        }
    });
}
const isPolicies = (value) => typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'function');
//# sourceMappingURL=loaded-policies.js.map