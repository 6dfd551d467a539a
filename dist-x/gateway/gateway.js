import { fileURLToPath } from 'node:url';
import { basisFor } from "./lifecycle/basis.js";
import { documentKeeper } from "./lifecycle/document-keeper.js";
import { apolloLane, createEdge, loadPlugins } from "./edge/edge.js";
import { anonymous } from "./model/principal.js";
import { refusal } from "./model/refusal.js";
import { gatewayReadings, toldNumbers } from "./lifecycle/numbers.js";
import { counted, observe, ownNumbers, } from "./observe/observe.js";
import { reconfiguration } from "./lifecycle/reconfiguration.js";
import { requestWay } from "./request-way.js";
import { noExtras, originsOf, sandboxConfig } from "./settings/sandbox-facts.js";
import { createSource } from "./source/source.js";
import { overload } from "./overload/overload.js";
import { refusalRecord, requestRecord } from "./way/request-record.js";
import { metricsSettings } from "./settings/metrics-settings.js";
import { edgeSettings, overloadSettings } from "./settings/stage-settings.js";
import { followSupergraph } from "./lifecycle/supply.js";
import { logReload, overloadLog, warnAbout } from "./lifecycle/tidings.js";
/**
 * Starts a gateway. It listens at once and answers 503 until the first supergraph has been taken over, so that a
 * supergraph that cannot be had yet is waited for. Rejects when the address cannot be listened on.
 */
export async function startGateway(options) {
    const { config, supergraph, buckets } = options;
    const observer = observerOf(options);
    const { logger, metrics } = observer;
    const load = overload(overloadSettings(config), overloadLog(observer));
    const frame = await pluginFrame(config, observer);
    const basisOf = (one, before) => basisFor(one, { logger, metrics, buckets, turns: load }, before);
    const source = supergraph.kind === 'relayed' ? supergraph.source : createSource(supergraph);
    const documents = documentKeeper(logger, () => supply.current());
    const supply = followSupergraph({ source, path: supergraph.path }, basisOf(config), {
        admit: (serving) => {
            warnAbout(observer, serving);
            return documents.admit(serving);
        },
        beforeTaking: async ({ schema, supergraph: { sdl } }) => frame?.schemaChanged(schema, sdl),
        onEvent: (event) => {
            logReload(observer, event);
            options.onReload?.(event);
        },
    });
    metrics?.watch(() => gatewayReadings({ supply, load, version: options.version }));
    const numbers = toldNumbers(config, observer, options.metricsPage);
    const edge = await createEdge(settingsOfEdge(options, supply), {
        gate: load,
        answer: (request) => answer(request, { supply, observer, frame, load }),
        isReady: () => load.isReady() && supply.current()?.basis.stages.identity.ready() === true,
        refused: (refused) => observer.requestDone(refusalRecord(refused)),
        metrics: numbers.beside,
    });
    const { reconfigure, closed } = reconfiguration({ supply, observer, edge, load, basisOf });
    const stop = async () => {
        await edge.drain(supply.basis().config.shutdown.drain);
        await Promise.all([supply.close(), frame?.stop()]);
        await closed();
        await numbers.close();
        load.stop();
        await documents.settled();
        observer.flush();
    };
    try {
        const { url } = await edge.listen();
        await supply.first;
        const readings = () => metrics?.readings() ?? [];
        return { url: `${url}${config.supergraph.path}`, reconfigure, readings, stop };
    }
    catch (error) {
        await stop();
        throw error;
    }
}
/** One request on the supergraph that is served when it arrives, and its log line. */
async function answer(request, answering) {
    const { supply, observer, frame, load } = answering;
    const began = performance.now();
    const serving = supply.current();
    const notes = { calls: 0 };
    const answered = serving === undefined
        ? notReadyAnswer(supply.basis().stages, request)
        : await held(serving, ({ service, basis: { stages } }) => load.isPressed() &&
            load.refuses(stages.documents.known(request, service.schema, nobodyKnown(stages, request)))
            ? Promise.resolve(overloadedAnswer(stages, request, notes))
            : answerBy(service, request, { stages, frame, notes }));
    const { status } = answered;
    const durationMs = performance.now() - began;
    observer.requestDone(requestRecord(request, notes, { status, durationMs }));
    if (notes.audit !== undefined)
        observer.accessDenied(notes.audit);
    return answered;
}
/** The stages alone, or with the user's plugins around them: those see operations that are known to be valid. */
async function answerBy(service, request, { stages, frame, notes }) {
    const { documents, responder } = stages;
    const asker = nobodyKnown(stages, request);
    const run = () => requestWay(request, service, stages, notes);
    if (frame === undefined)
        return responder.answer(await run());
    const prepared = documents.known(request, service.schema, asker) ??
        (await documents.prepare(request, service.schema, asker));
    if (!prepared.ok)
        return responder.answer(await run());
    return frame.answer({ request, text: prepared.operation.text, run });
}
/** Who asks, before anybody has been verified. */
function nobodyKnown({ profiles }, request) {
    return { principal: anonymous, profile: profiles.of(request, anonymous) };
}
/** Plugins that cannot be loaded end the start: an operator counts on what they do. */
async function pluginFrame(config, observer) {
    if (config.plugins.length === 0)
        return undefined;
    const loaded = await loadPlugins(config.plugins);
    if (!loaded.ok)
        throw new Error(loaded.problems.join('\n'));
    const { logger } = observer;
    const say = (level) => (message) => logger[level](message);
    return apolloLane({
        plugins: loaded.plugins,
        logger: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    });
}
const notReady = refusal('SCHEMA_NOT_READY', 'No supergraph is loaded yet. Try again shortly.');
const overloaded = refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many requests at once. Try again shortly.');
function overloadedAnswer({ responder }, { requestId }, notes) {
    notes.errorCodes = [overloaded.code];
    const answered = responder.answer(responder.refused(overloaded, requestId));
    return { ...answered, headers: { ...answered.headers, 'retry-after': '1' } };
}
function notReadyAnswer({ responder }, { requestId }) {
    return responder.answer(responder.refused(notReady, requestId));
}
/** A service stays open for as long as a request runs on it. */
async function held(serving, run) {
    const leave = serving.service.enter();
    try {
        return await run(serving);
    }
    finally {
        leave();
    }
}
function settingsOfEdge(options, supply) {
    const { config, sandbox: extras = noExtras } = options;
    const listen = {
        host: options.host ?? config.supergraph.listen.host,
        port: options.port ?? config.supergraph.listen.port,
    };
    const settings = edgeSettings(config, listen);
    if (!config.sandbox.enabled)
        return settings;
    return {
        ...settings,
        sandbox: {
            folder: sandboxFolder,
            connectTo: originsOf(extras),
            facts: () => sandboxConfig(extras, config.supergraph.path, supply.state()),
        },
    };
}
/** The built page stands in `dist/sandbox`, whether this file runs from the sources or from `dist/gateway`. */
const sandboxFolder = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/sandbox' : '../sandbox', import.meta.url));
/** The log, and beside it the numbers where they are asked for. */
function observerOf({ config, log = standardError(), logFields }) {
    const observer = observe(config.telemetry.logging, log, logFields);
    return metricsSettings(config) === undefined ? observer : counted(observer, ownNumbers());
}
const standardError = () => ({ fd: 2, isTerminal: process.stderr.isTTY });
//# sourceMappingURL=gateway.js.map