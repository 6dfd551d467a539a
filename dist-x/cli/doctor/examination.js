import { access, constants } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { loadConfig } from "../../gateway/config/config.js";
import { withDeadline } from "../../gateway/model/deadline.js";
import { composeFile } from "../../schema/compose/compose.js";
import { homeOf } from "../system/home.js";
import { runningSystem } from "../system/run-file.js";
import { sampleServices } from "../system/service.js";
import { busyPorts } from "../system/system.js";
/** Looks at everything that weir needs, in the order in which it is needed. */
export async function examine(surroundings) {
    return [
        node(process.versions.node),
        ...installation(surroundings.root),
        ...(await programs(surroundings.env['PATH'] ?? '')),
        ...(await ports(surroundings)),
        configuration(surroundings),
        await supergraph(surroundings),
    ];
}
/** Whether this version of Node is one that weir runs on (20.19 or newer). */
function node(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const fits = major > 20 || (major === 20 && minor >= 19);
    if (fits)
        return { area: 'installation', state: 'good', what: `Node ${version}` };
    return {
        area: 'installation',
        state: 'bad',
        what: `Node ${version} is too old`,
        fix: 'install Node 20.19 or newer',
    };
}
function installation(root) {
    const parts = [
        { what: 'packages', path: 'node_modules/graphql/package.json', fix: 'npm ci' },
        { what: 'command line, compiled', path: 'dist/cli/main.js', fix: 'npm run build' },
        { what: 'sandbox page, bundled', path: 'dist/sandbox/index.html', fix: 'npm run build' },
    ];
    return parts.map(({ what, path, fix }) => {
        const found = existsSync(join(root, path));
        if (found)
            return { area: 'installation', state: 'good', what };
        return { area: 'installation', state: 'bad', what: `${what}: not there (${path})`, fix: `run  ${fix}` };
    });
}
async function programs(path) {
    const wanted = [
        { name: 'git', use: 'weir check --against git:REF' },
        { name: 'redis-server', use: 'tests of shared caches' },
        { name: 'chromium', use: 'tests of the sandbox page' },
    ];
    return Promise.all(wanted.map(async ({ name, use }) => {
        const found = await onPath(name, path);
        if (found)
            return { area: 'surroundings', state: 'good', what: name };
        return {
            area: 'surroundings',
            state: 'note',
            what: `${name} not found; needed for ${use}`,
            fix: `install it if you want that`,
        };
    }));
}
async function onPath(name, path) {
    for (const folder of path.split(delimiter).filter(Boolean)) {
        const runs = await access(join(folder, name), constants.X_OK).then(() => true, () => false);
        if (runs)
            return true;
    }
    return false;
}
async function ports({ root, env, self, settings }) {
    const running = await runningSystem(homeOf(root, env));
    if (running !== undefined) {
        return [
            { area: 'surroundings', state: 'good', what: `the sample system is running (process ${running})` },
        ];
    }
    const busy = await busyPorts(sampleServices({ root, env, self, portBase: settings.portBase }));
    if (busy.length === 0)
        return [{ area: 'surroundings', state: 'good', what: 'ports of the sample system are free' }];
    return busy.map(({ service, port, holder }) => ({
        area: 'surroundings',
        state: 'bad',
        what: `port ${port} (${service}) is taken${holder === undefined ? '' : ` by ${holder}`}`,
        fix: 'stop that process, or set WEIR_PORT_BASE',
    }));
}
function configuration({ root, env }) {
    const file = join(root, 'gateway.yaml');
    const there = existsSync(file);
    const loaded = loadConfig(there ? file : undefined, env);
    if (!loaded.ok) {
        const what = `gateway.yaml: ${loaded.problems.length} problem${loaded.problems.length === 1 ? '' : 's'}`;
        return { area: 'configuration', state: 'bad', what, fix: 'weir config validate  says which' };
    }
    return {
        area: 'configuration',
        state: 'good',
        what: there ? 'gateway.yaml' : 'no gateway.yaml; the defaults are used',
    };
}
async function supergraph({ root, env, stop }) {
    const path = join(root, 'supergraph.yaml');
    const { composition } = await withDeadline(stop, 10_000, (signal) => composeFile({ path, env, signal }));
    if (composition.ok) {
        const what = `supergraph.yaml composes: ${composition.subgraphs.length} subgraphs, ${composition.typeCount} types`;
        return { area: 'configuration', state: 'good', what };
    }
    const what = `supergraph.yaml: ${composition.problems.length} problem${composition.problems.length === 1 ? '' : 's'}`;
    return { area: 'configuration', state: 'bad', what, fix: 'weir compose  says which' };
}
//# sourceMappingURL=examination.js.map