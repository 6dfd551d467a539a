import { Epoch } from '../model/epoch.ts';
import type { Caller, CallContext, SubgraphAnswer, SubgraphCall, Telling } from '../model/subgraph-call.ts';
import { answer, type AnswerLimits } from './answer.ts';
import { claimsExtension, type ClaimsExtension } from './claims-extension.ts';
import { exchange, type Line } from './exchange.ts';
import { unanswered, unknownSubgraph } from './failures.ts';
import type { FetchSettings, SubgraphSettings } from './fetch-settings.ts';
import { ineffectiveRules, requestHeaders, type RequestHeaders } from './request-headers.ts';
import { responseHeaders, type ResponseHeaders } from './response-headers.ts';
import { shareIdentical } from './share-identical.ts';
import { signer, type Sign } from './signature.ts';
import { slots } from './slots.ts';
import { roundRobin, upstream, type Upstream } from './upstream.ts';

export {
  fetchSettings,
  type FetchConfig,
  type FetchSettings,
  type SubgraphSettings,
} from './fetch-settings.ts';
export type { ClientHeaders } from './response-headers.ts';
export { defaultIdentityHeaders, defaultSubgraphSettings } from './fetch-settings.ts';

/** URL or URLs by subgraph name. */
export type SubgraphUrls = ReadonlyMap<string, string | readonly string[]>;

export interface FetchStats {
  /** Calls spared because an identical one was in flight. */
  readonly shared: number;
  readonly subgraphs: Readonly<
    Record<string, { readonly active: number; readonly queued: number; readonly connected: number }>
  >;
}

export interface Fetch {
  readonly call: Caller;
  /** Text of every header and claim that any subgraph would get for a request: equal texts mean that all get the same. */
  readonly forwarded: (context: CallContext) => string;
  /** What one subgraph would be told; the same function for all that are told the same. */
  readonly tellingOf: (subgraph: string) => Telling;
  /** Which headers of subgraph answers the client gets. */
  readonly responseHeaders: ResponseHeaders;
  /** Waits for calls in flight, at most `graceMs`, then closes every connection. */
  close(graceMs?: number): Promise<void>;
  stats(): FetchStats;
}

/** Everything that is ready before the first call to one subgraph. */
interface Route {
  readonly line: Line;
  readonly upstreams: readonly Upstream[];
  readonly forwarded: RequestHeaders;
  /** Equal for subgraphs whose header rules are equal. */
  readonly rulesText: string;
  readonly ownHeaders: readonly string[];
  readonly claims: ClaimsExtension | undefined;
  readonly sign: Sign | undefined;
  readonly settings: SubgraphSettings;
  readonly limits: AnswerLimits;
}

const defaultGrace = 5_000;
/** What large answers of one subgraph may take together while they are read, in bytes, though one may always be read. */
const largeAnswersTotal = 64 * 1024 * 1024;
/** For each subgraph; as many as Node has threads for it. */
const unpackedAtOnce = 4;

/**
 * Opens the way to the subgraphs. Throws a `TypeError` for a URL that is none or has no supported scheme.
 * Calls never throw and never follow a redirect; each ends within its subgraph's `timeout`.
 * @param epoch moves on whenever a call of a mutation has ended.
 */
export function createFetch(
  settings: FetchSettings,
  subgraphs: SubgraphUrls,
  epoch: Epoch = new Epoch(),
): Fetch {
  const routes = new Map([...subgraphs].map(([name, urls]) => [name, route(settings, name, urls)]));
  const direct: Caller = (call, context) => {
    const found = routes.get(call.subgraph);
    return found === undefined ? Promise.resolve(unknownSubgraph(call.subgraph)) : ask(found, call, context);
  };
  const forwardedFor = (name: string, context: CallContext): string =>
    routes.get(name)?.forwarded(context).text ?? '';
  const told = tellings(routes);
  const sharing = shareIdentical(direct, forwardedFor, epoch);
  return {
    call: (call, context) => {
      if (call.operationKind === 'mutation') return direct(call, context).finally(() => epoch.moveOn());
      const shares = routes.get(call.subgraph)?.settings.deduplicateQuery === true;
      return (shares ? sharing.call : direct)(call, context);
    },
    forwarded: forwardedText([...routes.values()]),
    tellingOf: (name) => told.get(name) ?? toldNothing,
    responseHeaders: responseHeaders(settings.headers),
    close: (graceMs = defaultGrace) => close([...routes.values()], graceMs),
    stats: () => ({
      ...sharing.stats(),
      subgraphs: Object.fromEntries([...routes].map(([name, one]) => [name, load(one)])),
    }),
  };
}

/** Subgraphs with the same rules get the same headers, so one of them speaks for all. */
function forwardedText(routes: readonly Route[]): (context: CallContext) => string {
  const distinct = [...new Map(routes.map((one) => [one.rulesText, one])).values()];
  return (context) =>
    distinct
      .map(({ forwarded, claims }) => {
        const { text } = forwarded(context);
        return claims === undefined ? text : `${text}\n${claims.text(context.principal)}`;
      })
      .join('\n\n');
}

const toldNothing: Telling = () => ({ headers: [], claims: '' });

function tellings(routes: ReadonlyMap<string, Route>): ReadonlyMap<string, Telling> {
  const distinct = new Map<string, Telling>();
  for (const { rulesText, forwarded, claims } of routes.values())
    distinct.set(rulesText, (context) => ({
      headers: forwarded(context).list,
      claims: claims?.text(context.principal) ?? '',
    }));
  return new Map([...routes].map(([name, { rulesText }]) => [name, distinct.get(rulesText) ?? toldNothing]));
}

/** One sentence for each request rule of the settings that can never have an effect. */
export function ineffectiveHeaderRules({ headers, identityHeaders }: FetchSettings): readonly string[] {
  const own = Object.entries(headers.subgraphs).map(
    ([name, rules]) => [`headers.subgraphs.${name}`, rules] as const,
  );
  const places = [['headers.all', headers.all] as const, ...own];
  return places.flatMap(([place, { request }]) =>
    ineffectiveRules(request, identityHeaders).map((sentence) => `${place}.request: ${sentence}`),
  );
}

async function ask(found: Route, call: SubgraphCall, context: CallContext): Promise<SubgraphAnswer> {
  const forwarded = found.forwarded(context).list;
  const { claims, sign } = found;
  const body = claims === undefined ? call.body : claims.withClaims(call.body, context.principal);
  const outcome = await exchange(found.line, {
    body,
    ...(sign === undefined ? {} : { sign: (path) => sign({ path, body, forwarded }) }),
    headers: found.ownHeaders,
    moreHeaders: forwarded,
    signal: context.signal,
  });
  if (outcome.kind !== 'response') return unanswered(call.subgraph, outcome);
  return answer(call.subgraph, outcome, found.limits);
}

function route(settings: FetchSettings, name: string, urls: string | readonly string[]): Route {
  const own = { ...settings.all, ...settings.subgraphs[name] };
  const [first, ...rest] = typeof urls === 'string' ? [urls] : urls;
  if (first === undefined) throw new TypeError(`The subgraph "${name}" has no URL`);
  const upstreams: readonly [Upstream, ...Upstream[]] = [
    upstream(first, own),
    ...rest.map((url) => upstream(url, own)),
  ];
  const rules = [...settings.headers.all.request, ...(settings.headers.subgraphs[name]?.request ?? [])];
  return {
    upstreams,
    settings: own,
    limits: {
      maxResponseSize: own.maxResponseSize,
      maxErrors: own.maxErrors,
      unpacking: slots(unpackedAtOnce, Infinity),
    },
    forwarded: requestHeaders(rules, settings.identityHeaders),
    rulesText: JSON.stringify([rules, own.claims]),
    ownHeaders: ownHeaders(own.compression),
    claims: own.claims === undefined ? undefined : claimsExtension(own.claims),
    sign: own.signature === undefined ? undefined : signer(name, own.signature),
    line: {
      slots: slots(own.maxConcurrentRequests, own.maxQueuedRequests),
      large: slots(Math.max(1, Math.floor(largeAnswersTotal / own.maxResponseSize)), Infinity),
      next: roundRobin(upstreams),
      addresses: upstreams.length,
      timeout: own.timeout,
      maxResponseSize: own.maxResponseSize,
      restAfterRefusal: own.restAfterRefusal,
    },
  };
}

const ownHeaders = (compression: SubgraphSettings['compression']): readonly string[] => [
  'content-type',
  'application/json',
  'accept',
  'application/json, application/graphql-response+json;q=0.9',
  'accept-encoding',
  compression,
];

const load = ({ line, upstreams }: Route): FetchStats['subgraphs'][string] => ({
  ...line.slots.stats(),
  connected: upstreams.reduce((sum, { pool }) => sum + pool.connected(), 0),
});

async function close(routes: readonly Route[], graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([Promise.all(routes.map(({ line }) => line.slots.idle())), grace]);
  clearTimeout(timer);
  await Promise.all(routes.flatMap(({ upstreams }) => upstreams.map(({ pool }) => pool.destroy())));
}
