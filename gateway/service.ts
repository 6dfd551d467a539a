import { buildASTSchema, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import {
  authorizeSettings,
  createAuthorizer,
  enforcedFeatures,
  ruleProblems,
  type Authorizer,
  type PolicyJudge,
} from './authorize/authorize.ts';
import type { GatewayConfig } from './config/config.ts';
import { createCosts, createSubgraphCosts, type Costs, type SubgraphCosts } from './cost/cost.ts';
import type { Cache, CacheBase } from './cache/cache.ts';
import { createFetch, type Fetch } from './fetch/fetch.ts';
import { Epoch } from './model/epoch.ts';
import type { Metrics } from './model/metrics.ts';
import {
  createPlanner,
  loadSupergraph,
  type Planner,
  type SharedPlans,
  type Supergraph,
  type SupergraphProblem,
} from './plan/plan.ts';
import { plannedOperations, type PlannedOperations } from './way/planned-operations.ts';
import { cacheFor } from './way/response-cache.ts';
import { countedCalls, serviceReadings } from './way/service-numbers.ts';
import { sharedExecutions, type SharedExecutions } from './way/share-executions.ts';
import { fetchSettings, plannerSettings } from './settings/stage-settings.ts';
import { costSettings, subgraphCostSettings } from './settings/toll-settings.ts';

/** Everything that is made for one supergraph; a new supergraph gets a new service. */
export interface Service {
  readonly supergraph: Supergraph;
  readonly schema: GraphQLSchema;
  readonly authorizer: Authorizer;
  /** `undefined`: nobody asks what operations cost. */
  readonly costs: Costs | undefined;
  /** `undefined`: nobody asks what calls of subgraphs cost. */
  readonly subgraphCosts: SubgraphCosts | undefined;
  readonly fetch: Fetch;
  /** `undefined`: nothing is kept. */
  readonly cache: Cache | undefined;
  readonly planner: Planner;
  /** Plans that are remembered. */
  readonly planRoom: number;
  /** `undefined`: every request runs by itself. */
  readonly executions: SharedExecutions | undefined;
  /** The compiled plan of an operation for callers who may see what `authorized` leaves; at once when it is known. */
  readonly plan: PlannedOperations;
  /** Begins a request on this service; call what comes back when it ends. */
  enter(): () => void;
  /** Waits for the requests on this service, `graceMs` at most, then closes threads and connections; 0 ends a longer wait. */
  retire(graceMs: number): Promise<void>;
}

export type OpenedService =
  | { readonly ok: true; readonly service: Service }
  | { readonly ok: false; readonly problems: readonly SupergraphProblem[] };

/** Directives of linked features that some stage of ours enforces, so that the planner need not know them. */
export const enforcedDirectives: ReadonlySet<string> = new Set([...enforcedFeatures, 'context', 'cacheTag']);

/** What a service is made of beside the supergraph. */
interface ServiceBasis {
  readonly config: GatewayConfig;
  readonly plans: SharedPlans | undefined;
  readonly judge?: PolicyJudge | undefined;
  readonly cache?: CacheBase | undefined;
  readonly epoch?: Epoch;
  readonly metrics?: Metrics | undefined;
}

/** Loads a supergraph and starts what serves it; waits until operations can be planned. */
export async function openService(sdl: string, basis: ServiceBasis): Promise<OpenedService> {
  const { config, plans } = basis;
  const loaded = loadSupergraph(sdl, { enforced: enforcedDirectives });
  if (loaded.kind === 'refused') return { ok: false, problems: loaded.problems };
  const { supergraph } = loaded;
  const problems = [
    ...unroutableSubgraphs(supergraph, config),
    ...(await unenforceableRules(supergraph, basis)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const planner = createPlanner(supergraph, plannerSettings(config), plans);
  const broken = await planner.ready;
  if (broken !== undefined) {
    await planner.close();
    return { ok: false, problems: [{ code: 'SUPERGRAPH_INVALID', message: broken }] };
  }
  return { ok: true, service: serviceOf(supergraph, planner, basis) };
}

function serviceOf(
  supergraph: Supergraph,
  planner: Planner,
  { config, judge, cache: base, epoch = new Epoch(), metrics }: ServiceBasis,
): Service {
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
function costsBy(document: DocumentNode, schema: GraphQLSchema): (listSize: number) => Costs {
  return (listSize) => createCosts(document, schema, { listSize });
}

function lifetime(closers: readonly (() => Promise<void>)[]): Pick<Service, 'enter' | 'retire'> {
  let running = 0;
  let retired: Promise<void> | undefined;
  let endWait: () => void = () => undefined;
  const leave = (): void => {
    running -= 1;
    if (running === 0) endWait();
  };
  const waitAndClose = async (graceMs: number): Promise<void> => {
    const idle = new Promise<void>((resolve) => {
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
      if (retired !== undefined && graceMs === 0) endWait();
      retired ??= waitAndClose(graceMs);
      return retired;
    },
  };
}

/** Rules that would be enforced otherwise than they are meant. */
async function unenforceableRules(
  { document }: Supergraph,
  { config, judge }: ServiceBasis,
): Promise<readonly SupergraphProblem[]> {
  if (!authorizeSettings(config).enabled) return [];
  const problems = await ruleProblems(document, judge);
  return problems.map((problem) => ({ code: 'SUPERGRAPH_INVALID', ...problem }));
}

/** Where each subgraph answers: as composed, unless the configuration says otherwise. */
function routes(supergraph: Supergraph, config: GatewayConfig): Map<string, string | readonly string[]> {
  return new Map([...supergraph.subgraphs].map(([name, url]) => [name, overriddenUrls(config, name) ?? url]));
}

function overriddenUrls({ override_subgraph_url: urls }: GatewayConfig, name: string) {
  return Object.hasOwn(urls, name) ? urls[name] : undefined;
}

const routableProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'unix:']);

function unroutableSubgraphs(supergraph: Supergraph, config: GatewayConfig): SupergraphProblem[] {
  return [...supergraph.subgraphs].flatMap(([name, url]) => {
    if (overriddenUrls(config, name) !== undefined) return [];
    if (URL.canParse(url) && routableProtocols.has(new URL(url).protocol)) return [];
    const said = url === '' ? 'no URL' : `the URL "${url}", which cannot be called`;
    const message = `the subgraph "${name}" has ${said}; set override_subgraph_url.${name} in gateway.yaml`;
    return [{ code: 'SUPERGRAPH_INVALID' as const, message }];
  });
}

/** Plans on the new service what was asked for most on the old one, as far as it still fits. */
export async function warmUp(service: Service, previous: Service, count: number): Promise<void> {
  const fitting = previous.planner
    .hottest(count)
    .filter(({ operation }) => validate(service.schema, operation.document).length === 0);
  await service.planner.warmUp(fitting, AbortSignal.timeout(30_000));
}
