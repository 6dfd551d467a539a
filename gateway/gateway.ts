import { fileURLToPath } from 'node:url';
import { basisFor, type Basis } from './lifecycle/basis.ts';
import type { GatewayConfig, LoadedConfig } from './config/config.ts';
import type { Asker } from './documents/documents.ts';
import { documentKeeper } from './lifecycle/document-keeper.ts';
import { apolloLane, createEdge, loadPlugins, type ApolloLane } from './edge/edge.ts';
import type { SharedBuckets } from './model/buckets.ts';
import type { GraphQLAnswer, GraphQLRequest } from './model/graphql-request.ts';
import type { Reading } from './model/metrics.ts';
import { anonymous } from './model/principal.ts';
import { refusal } from './model/refusal.ts';
import { gatewayReadings, toldNumbers } from './lifecycle/numbers.ts';
import {
  counted,
  observe,
  ownNumbers,
  type LogDestination,
  type LogFields,
  type MetricsPage,
  type Observer,
} from './observe/observe.ts';
import { reconfiguration } from './lifecycle/reconfiguration.ts';
import { requestWay, type Notes, type Stages } from './request-way.ts';
import { noExtras, originsOf, sandboxConfig, type SandboxExtras } from './settings/sandbox-facts.ts';
import type { Service } from './service.ts';
import { createSource, type Source, type SourceSettings } from './source/source.ts';
import { overload, type Overload } from './overload/overload.ts';
import { refusalRecord, requestRecord } from './way/request-record.ts';
import { metricsSettings } from './settings/metrics-settings.ts';
import { edgeSettings, overloadSettings } from './settings/stage-settings.ts';
import type { Serving } from './lifecycle/succession.ts';
import { followSupergraph, type ReloadEvent, type Supply } from './lifecycle/supply.ts';
import { logReload, overloadLog, warnAbout } from './lifecycle/tidings.ts';

export type { ReloadEvent, SandboxExtras };

/** A supergraph that somebody else reads and follows. */
export interface RelayedSupergraph {
  readonly kind: 'relayed';
  /** For problems that stand in the text itself. */
  readonly path: string;
  readonly source: Source;
}

export interface GatewayOptions {
  readonly supergraph: SourceSettings | RelayedSupergraph;
  readonly config: GatewayConfig;
  /** In place of `supergraph.listen`. */
  readonly host?: string;
  /** In place of `supergraph.listen`; 0 takes a free port. */
  readonly port?: number;
  /** What the sandbox page offers to try. */
  readonly sandbox?: SandboxExtras;
  /** Where log lines go; standard error unless said otherwise. */
  readonly log?: LogDestination;
  /** Stand in every line of the log. */
  readonly logFields?: LogFields;
  /** Of callers, held by another process for several; without them this process counts for itself. */
  readonly buckets?: SharedBuckets;
  /** What is told of the numbers of several processes, this one among them; without it, this one tells its own. */
  readonly metricsPage?: MetricsPage;
  /** Told with the numbers. */
  readonly version?: string;
  /** Told when a supergraph takes over, and when one cannot. */
  readonly onReload?: (event: ReloadEvent) => void;
}

export interface Gateway {
  /** Where GraphQL is answered. */
  readonly url: string;
  /**
   * Serves on with another configuration: requests in flight end on the one they began on. What cannot change while
   * serving stays as it is. A bad configuration, or one on which the supergraph cannot be served, is told in the log
   * and dropped. Never rejects.
   */
  readonly reconfigure: (loaded: LoadedConfig) => Promise<void>;
  /** What was counted so far; nothing where that is not asked for. */
  readonly readings: () => readonly Reading[];
  /** Answers what has begun, for at most `shutdown.drain`, and lets everything go. */
  stop(): Promise<void>;
}

/**
 * Starts a gateway. It listens at once and answers 503 until the first supergraph has been taken over, so that a
 * supergraph that cannot be had yet is waited for. Rejects when the address cannot be listened on.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, supergraph, buckets } = options;
  const observer = observerOf(options);
  const { logger, metrics } = observer;
  const load = overload(overloadSettings(config), overloadLog(observer));
  const frame = await pluginFrame(config, observer);
  const basisOf = (one: GatewayConfig, before?: Basis): Basis =>
    basisFor(one, { logger, metrics, buckets, turns: load }, before);
  const source = supergraph.kind === 'relayed' ? supergraph.source : createSource(supergraph);
  const documents = documentKeeper(logger, () => supply.current());
  const supply: Supply = followSupergraph({ source, path: supergraph.path }, basisOf(config), {
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
  const stop = async (): Promise<void> => {
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
    const readings = (): readonly Reading[] => metrics?.readings() ?? [];
    return { url: `${url}${config.supergraph.path}`, reconfigure, readings, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Answering {
  readonly supply: Supply;
  readonly observer: Observer;
  /** `undefined` without plugins. */
  readonly frame: ApolloLane | undefined;
  readonly load: Overload;
}

/** One request on the supergraph that is served when it arrives, and its log line. */
async function answer(request: GraphQLRequest, answering: Answering): Promise<GraphQLAnswer> {
  const { supply, observer, frame, load } = answering;
  const began = performance.now();
  const serving = supply.current();
  const notes: Notes = { calls: 0 };
  const answered =
    serving === undefined
      ? notReadyAnswer(supply.basis().stages, request)
      : await held(serving, ({ service, basis: { stages } }) =>
          load.isPressed() &&
          load.refuses(stages.documents.known(request, service.schema, nobodyKnown(stages, request)))
            ? Promise.resolve(overloadedAnswer(stages, request, notes))
            : answerBy(service, request, { stages, frame, notes }),
        );
  const { status } = answered;
  const durationMs = performance.now() - began;
  observer.requestDone(requestRecord(request, notes, { status, durationMs }));
  if (notes.audit !== undefined) observer.accessDenied(notes.audit);
  return answered;
}

interface Framed extends Pick<Answering, 'frame'> {
  readonly stages: Stages;
  readonly notes: Notes;
}

/** The stages alone, or with the user's plugins around them: those see operations that are known to be valid. */
async function answerBy(
  service: Service,
  request: GraphQLRequest,
  { stages, frame, notes }: Framed,
): Promise<GraphQLAnswer> {
  const { documents, responder } = stages;
  const asker = nobodyKnown(stages, request);
  const run = () => requestWay(request, service, stages, notes);
  if (frame === undefined) return responder.answer(await run());
  const prepared =
    documents.known(request, service.schema, asker) ??
    (await documents.prepare(request, service.schema, asker));
  if (!prepared.ok) return responder.answer(await run());
  return frame.answer({ request, text: prepared.operation.text, run });
}

/** Who asks, before anybody has been verified. */
function nobodyKnown({ profiles }: Stages, request: GraphQLRequest): Asker {
  return { principal: anonymous, profile: profiles.of(request, anonymous) };
}

/** Plugins that cannot be loaded end the start: an operator counts on what they do. */
async function pluginFrame(config: GatewayConfig, observer: Observer): Promise<ApolloLane | undefined> {
  if (config.plugins.length === 0) return undefined;
  const loaded = await loadPlugins(config.plugins);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const { logger } = observer;
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) => logger[level](message);
  return apolloLane({
    plugins: loaded.plugins,
    logger: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
  });
}

const notReady = refusal('SCHEMA_NOT_READY', 'No supergraph is loaded yet. Try again shortly.');

const overloaded = refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many requests at once. Try again shortly.');

function overloadedAnswer({ responder }: Stages, { requestId }: GraphQLRequest, notes: Notes): GraphQLAnswer {
  notes.errorCodes = [overloaded.code];
  const answered = responder.answer(responder.refused(overloaded, requestId));
  return { ...answered, headers: { ...answered.headers, 'retry-after': '1' } };
}

function notReadyAnswer({ responder }: Stages, { requestId }: GraphQLRequest): GraphQLAnswer {
  return responder.answer(responder.refused(notReady, requestId));
}

/** A service stays open for as long as a request runs on it. */
async function held<T>(serving: Serving, run: (serving: Serving) => Promise<T>): Promise<T> {
  const leave = serving.service.enter();
  try {
    return await run(serving);
  } finally {
    leave();
  }
}

function settingsOfEdge(options: GatewayOptions, supply: Supply) {
  const { config, sandbox: extras = noExtras } = options;
  const listen = {
    host: options.host ?? config.supergraph.listen.host,
    port: options.port ?? config.supergraph.listen.port,
  };
  const settings = edgeSettings(config, listen);
  if (!config.sandbox.enabled) return settings;
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
const sandboxFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/sandbox' : '../sandbox', import.meta.url),
);

/** The log, and beside it the numbers where they are asked for. */
function observerOf({ config, log = standardError(), logFields }: GatewayOptions): Observer {
  const observer = observe(config.telemetry.logging, log, logFields);
  return metricsSettings(config) === undefined ? observer : counted(observer, ownNumbers());
}

const standardError = (): LogDestination => ({ fd: 2, isTerminal: process.stderr.isTTY });
