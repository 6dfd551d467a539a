import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
const packages = ['@apollo/query-planner', '@apollo/federation-internals', 'graphql'];
/**
 * A text that differs whenever plans might: a hash of this folder's code and of the versions of what it plans with.
 * A number kept by hand would be forgotten once, and gateways would run each other's outdated plans.
 */
export function plannerVersion() {
    const hash = createHash('sha256');
    const folder = new URL('.', import.meta.url);
    const files = readdirSync(fileURLToPath(folder)).filter((name) => /(?<!\.test)\.[jt]s$/.test(name));
    for (const name of files.sort())
        hash.update(`${name}\0`).update(readFileSync(new URL(name, folder)));
    const require = createRequire(import.meta.url);
    for (const name of packages)
        hash.update(`${name}@${versionOf(require(`${name}/package.json`))}\0`);
    return hash.digest('base64url');
}
function versionOf(manifest) {
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest
        ? String(manifest.version)
        : '';
}
//# sourceMappingURL=planner-version.js.map