import { buildASTSchema, validate } from 'graphql';
import { authorizeSettings, createAuthorizer, enforcedFeatures, ruleProblems, } from "./authorize/authorize.js";
import { createCosts, createSubgraphCosts } from "./cost/cost.js";
import { createFetch } from "./fetch/fetch.js";
import { Epoch } from "./model/epoch.js";
import { createPlanner, loadSupergraph, } from "./plan/plan.js";
import { plannedOperations } from "./way/planned-operations.js";
import { cacheFor } from "./way/response-cache.js";
import { countedCalls, serviceReadings } from "./way/service-numbers.js";
import { sharedExecutions } from "./way/share-executions.js";
import { fetchSettings, plannerSettings } from "./settings/stage-settings.js";
import { costSettings, subgraphCostSettings } from "./settings/toll-settings.js";
/** Directives of linked features that some stage of ours enforces, so that the planner need not know them. */
export const enforcedDirectives = new Set([...enforcedFeatures, 'context', 'cacheTag']);
/** Loads a supergraph and starts what serves it; waits until operations can be planned. */
export async function openService(sdl, basis) {
    const { config, plans } = basis;
    const loaded = loadSupergraph(sdl, { enforced: enforcedDirectives });
    if (loaded.kind === 'refused')
        return { ok: false, problems: loaded.problems };
    const { supergraph } = loaded;
    const problems = [
        ...unroutableSubgraphs(supergraph, config),
        ...(await unenforceableRules(supergraph, basis)),
    ];
    if (problems.length > 0)
        return { ok: false, problems };
    const planner = createPlanner(supergraph, plannerSettings(config), plans);
    const broken = await planner.ready;
    if (broken !== undefined) {
        await planner.close();
        return { ok: false, problems: [{ code: 'SUPERGRAPH_INVALID', message: broken }] };
    }
    return { ok: true, service: serviceOf(supergraph, planner, basis) };
}
function serviceOf(supergraph, planner, { config, judge, cache: base, epoch = new Epoch(), metrics }) {
    const { apiSchema: schema, document } = supergraph;
    const bare = createFetch(fetchSettings(config), routes(supergraph, config), epoch);
    const fetch = metrics === undefined ? bare : { ...bare, call: countedCalls(bare.call, metrics) };
    const fullSchema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
    const cache = cacheFor({ config, base, supergraph, schema: fullSchema, fetch });
    const counted = costSettings(config);
    const costs = counted && createCosts(document, schema, counted);
    const callsCounted = subgraphCostSettings(config);
    const weighedBy = callsCounted?.weighed === true ? undefined : costs;
    const executions = config.traffic_shaping.router.dedupe ? sharedExecutions(epoch) : undefined;
    const leave = metrics?.watch(() => serviceReadings({ fetch, planner, executions }));
    return {
        supergraph,
        schema,
        fetch,
        cache,
        planner,
        planRoom: plannerSettings(config).cache.maxPlans,
        executions,
        costs,
        subgraphCosts: callsCounted && createSubgraphCosts(callsCounted, costsBy(document, fullSchema)),
        authorizer: createAuthorizer(document, schema, authorizeSettings(config), judge),
        plan: plannedOperations({ supergraph, fullSchema, planner, config, costs: weighedBy, metrics }),
        ...lifetime([
            () => Promise.resolve(leave?.()),
            () => planner.close(),
            () => fetch.close(0),
            async () => cache?.close(),
        ]),
    };
}
/** Costs by the length of lists of which the schema says nothing. */
function costsBy(document, schema) {
    return (listSize) => createCosts(document, schema, { listSize });
}
function lifetime(closers) {
    let running = 0;
    let retired;
    let endWait = () => undefined;
    const leave = () => {
        running -= 1;
        if (running === 0)
            endWait();
    };
    const waitAndClose = async (graceMs) => {
        const idle = new Promise((resolve) => {
            endWait = resolve;
        });
        const timer = setTimeout(endWait, running === 0 ? 0 : graceMs);
        await idle;
        clearTimeout(timer);
        await Promise.all(closers.map((close) => close()));
    };
    return {
        enter: () => {
            running += 1;
            return leave;
        },
        retire: (graceMs) => {
            if (retired !== undefined && graceMs === 0)
                endWait();
            retired ??= waitAndClose(graceMs);
            return retired;
        },
    };
}
/** Rules that would be enforced otherwise than they are meant. */
async function unenforceableRules({ document }, { config, judge }) {
    if (!authorizeSettings(config).enabled)
        return [];
    const problems = await ruleProblems(document, judge);
    return problems.map((problem) => ({ code: 'SUPERGRAPH_INVALID', ...problem }));
}
/** Where each subgraph answers: as composed, unless the configuration says otherwise. */
function routes(supergraph, config) {
    return new Map([...supergraph.subgraphs].map(([name, url]) => [name, overriddenUrls(config, name) ?? url]));
}
function overriddenUrls({ override_subgraph_url: urls }, name) {
    return Object.hasOwn(urls, name) ? urls[name] : undefined;
}
const routableProtocols = new Set(['http:', 'https:', 'unix:']);
function unroutableSubgraphs(supergraph, config) {
    return [...supergraph.subgraphs].flatMap(([name, url]) => {
        if (overriddenUrls(config, name) !== undefined)
            return [];
        if (URL.canParse(url) && routableProtocols.has(new URL(url).protocol))
            return [];
        const said = url === '' ? 'no URL' : `the URL "${url}", which cannot be called`;
        const message = `the subgraph "${name}" has ${said}; set override_subgraph_url.${name} in gateway.yaml`;
        return [{ code: 'SUPERGRAPH_INVALID', message }];
    });
}
/** Plans on the new service what was asked for most on the old one, as far as it still fits. */
export async function warmUp(service, previous, count) {
    const fitting = previous.planner
        .hottest(count)
        .filter(({ operation }) => validate(service.schema, operation.document).length === 0);
    await service.planner.warmUp(fitting, AbortSignal.timeout(30_000));
}
//# sourceMappingURL=service.js.map