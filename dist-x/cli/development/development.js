import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { addressLines } from "../system/addresses.js";
import { portOf } from "../system/sample-ports.js";
import { homeOf, sampleSecret } from "../system/home.js";
import { runSystem } from "../system/run.js";
import { sampleServices } from "../system/service.js";
import { watchChanges } from "./changes.js";
import { followKeys } from "./keys.js";
import { openPage } from "./open-page.js";
import { createRecomposer } from "./recomposer.js";
/** Runs the sample system, says what each change of a schema does, and starts servers again whose code changed. */
export async function runDevelopment(options, surroundings) {
    const { root, env, self, settings, err, version, paint, now } = surroundings;
    const { portBase } = settings;
    const secret = await sampleSecret(homeOf(root, env));
    const services = sampleServices({ root, env, self, portBase, secret });
    const gateway = existsSync(resolve(root, 'gateway.yaml'))
        ? 'gateway.yaml'
        : 'built-in defaults (gateway.yaml not found)';
    err(`weir ${version} · dev · node ${process.versions.node} · config: ${gateway}\n\n`);
    const composing = { config: resolve(root, options.config), env: services[0]?.env ?? env, paint, now };
    const recomposer = await createRecomposer(composing);
    err(recomposer.banner);
    return runSystem({
        services,
        addresses: addressLines(portBase),
        stageMs: 60_000,
        verbose: options.verbose,
        whileRunning: (system) => {
            const endKeys = followKeys(surroundings, keyActions(recomposer, surroundings));
            const endWatch = watchSystem(system, services, recomposer, surroundings);
            return Promise.resolve(async () => {
                endKeys();
                await endWatch();
            });
        },
    }, surroundings);
}
function keyActions(recomposer, { err, settings }) {
    const page = `http://127.0.0.1:${portOf('gateway', settings.portBase)}/sandbox`;
    return {
        recompose: async () => (await recomposer.recompose([])) ?? '  composed again: nothing is new\n',
        openSandbox: () => openPage(page, () => err(`  no browser could be opened; the sandbox is at ${page}\n`)),
    };
}
function watchSystem(system, services, recomposer, { err, root }) {
    const own = services.filter(({ cwd }) => cwd !== root);
    const changes = watchChanges({
        paths: [...recomposer.files, ...own.map(({ cwd }) => resolve(cwd, 'src'))],
        settleMs: 100,
        onTrouble: (message) => err(`cannot follow changes: ${message}\n`),
        onChange: async (paths) => {
            const schemas = paths.filter((path) => recomposer.files.includes(path));
            if (schemas.length > 0) {
                const said = await recomposer.recompose(schemas.map((path) => relative(root, path)));
                if (said !== undefined)
                    err(said);
            }
            for (const name of servicesOf(paths, own)) {
                err(`${name} changed → starting it again\n`);
                await system.restart(name);
            }
        },
    });
    return changes.close;
}
/** The servers in whose folders something changed. */
export function servicesOf(paths, services) {
    return services
        .filter(({ cwd }) => paths.some((path) => path.startsWith(cwd + sep)))
        .map(({ name }) => name);
}
//# sourceMappingURL=development.js.map