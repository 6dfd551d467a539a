interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets; above the last there is one more. */
  readonly bounds?: readonly number[];
  /** Which of several processes' gauges stands for all; they are added unless said otherwise. */
  readonly across?: 'max' | 'min';
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;
const points = [1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000] as const;

/**
 * Every number that the gateway tells of itself, named as OpenTelemetry and Prometheus clients name them where they do.
 * Labels hold names of the schema, of the configuration and of this program, and nothing that a caller wrote.
 */
export const metricCatalogue = {
  http_server_request_duration_seconds: {
    kind: 'histogram',
    help: 'Requests, from their arrival to their answer.',
    labels: ['http_response_status_code', 'graphql_operation_type'],
    bounds: seconds,
  },
  http_server_active_requests: { kind: 'gauge', help: 'Requests that are being answered.', labels: [] },
  weir_client_requests_total: {
    kind: 'counter',
    help: 'Requests by client profile; default for programs without one, none where it was not looked for.',
    labels: ['profile'],
  },
  weir_requests_aborted_total: {
    kind: 'counter',
    help: 'Requests whose client left before the answer was ready.',
    labels: [],
  },
  weir_graphql_errors_total: {
    kind: 'counter',
    help: 'Errors in answers, refusals among them, by code.',
    labels: ['code'],
  },
  weir_limit_warnings_total: {
    kind: 'counter',
    help: 'Limits that operations were over and that are only measured, by code.',
    labels: ['code'],
  },
  weir_executions_shared_total: {
    kind: 'counter',
    help: 'Requests that were answered by the execution of an equal one.',
    labels: [],
  },
  weir_authorization_denials_total: {
    kind: 'counter',
    help: 'Fields that callers were denied, by the rule that was not met.',
    labels: ['rule'],
  },
  weir_rate_limit_refused_total: {
    kind: 'counter',
    help: 'Requests refused by a rate or a budget.',
    labels: ['limit', 'profile'],
  },
  weir_cost_estimated: {
    kind: 'histogram',
    help: 'What operations were expected to cost.',
    labels: [],
    bounds: points,
  },
  weir_cost_actual: { kind: 'histogram', help: 'What operations cost.', labels: [], bounds: points },
  weir_overload_refused_total: {
    kind: 'counter',
    help: 'Requests refused because they could not be answered in time.',
    labels: [],
  },
  weir_overload_limit: { kind: 'gauge', help: 'Requests that may be in flight now.', labels: [] },
  weir_overload_waiting: { kind: 'gauge', help: 'Executions that wait for their turn.', labels: [] },
  http_client_request_duration_seconds: {
    kind: 'histogram',
    help: 'Calls of subgraphs by how they ended: ok, errors, or the code of the failure.',
    labels: ['subgraph_name', 'result'],
    bounds: seconds,
  },
  weir_subgraph_calls_shared_total: {
    kind: 'counter',
    help: 'Calls of subgraphs that were answered by an equal one in flight; they are among the calls.',
    labels: [],
  },
  weir_subgraph_calls_active: {
    kind: 'gauge',
    help: 'Calls of a subgraph in flight.',
    labels: ['subgraph_name'],
  },
  weir_subgraph_calls_queued: {
    kind: 'gauge',
    help: 'Calls that wait for their turn.',
    labels: ['subgraph_name'],
  },
  weir_subgraph_connections: {
    kind: 'gauge',
    help: 'Open connections to a subgraph.',
    labels: ['subgraph_name'],
  },
  weir_query_planning_duration_seconds: {
    kind: 'histogram',
    help: 'How long operations without a remembered plan waited for one: planned, or the code of the failure.',
    labels: ['result'],
    bounds: seconds,
  },
  weir_query_planning_queue: {
    kind: 'gauge',
    help: 'Operations that wait for a planning thread.',
    labels: [],
  },
  weir_query_planning_restarts_total: {
    kind: 'counter',
    help: 'Planning threads lost to a timeout, to memory or to a fault, and replaced.',
    labels: [],
  },
  weir_cache_hits_total: {
    kind: 'counter',
    help: 'Look-ups that found a plan or a document ready.',
    labels: ['kind'],
  },
  weir_cache_misses_total: {
    kind: 'counter',
    help: 'Look-ups after which one had to be made.',
    labels: ['kind'],
  },
  weir_cache_entries: { kind: 'gauge', help: 'Plans or documents that are remembered.', labels: ['kind'] },
  weir_cache_bytes: { kind: 'gauge', help: 'What they take, an estimate.', labels: ['kind'] },
  weir_response_cache_requests_total: {
    kind: 'counter',
    help: 'Entities and root calls by what the response cache did.',
    labels: ['subgraph_name', 'type', 'result'],
  },
  weir_response_cache_stored_total: {
    kind: 'counter',
    help: 'Entries that were kept.',
    labels: ['subgraph_name', 'type'],
  },
  weir_response_cache_too_large_total: {
    kind: 'counter',
    help: 'Answers that were too large to be kept.',
    labels: ['subgraph_name', 'type'],
  },
  weir_response_cache_invalidations_total: {
    kind: 'counter',
    help: 'Invalidations that were asked for.',
    labels: ['subgraph_name', 'type'],
  },
  weir_response_cache_strange_invalidations_total: {
    kind: 'counter',
    help: 'Texts in the log of invalidations that drop nothing: not an invalidation, or of something unknown here.',
    labels: [],
  },
  weir_response_cache_entries: {
    kind: 'gauge',
    help: 'Entries in memory.',
    labels: ['subgraph_name', 'type'],
  },
  weir_response_cache_bytes: { kind: 'gauge', help: 'What they take.', labels: ['subgraph_name', 'type'] },
  weir_response_cache_evictions_total: {
    kind: 'counter',
    help: 'Entries that made room for others.',
    labels: ['subgraph_name', 'type'],
  },
  weir_redis_up: {
    kind: 'gauge',
    help: '1 while Redis answers, 0 while this use of it does without.',
    labels: ['use'],
    across: 'min',
  },
  weir_redis_outages_total: { kind: 'counter', help: 'How often it stopped answering.', labels: ['use'] },
  weir_key_reads_total: {
    kind: 'counter',
    help: 'Readings of the keys that sign tokens: read or failed.',
    labels: ['result'],
  },
  weir_supergraph_reloads_total: {
    kind: 'counter',
    help: 'Supergraphs that were read: taken or refused.',
    labels: ['result'],
  },
  weir_config_reloads_total: {
    kind: 'counter',
    help: 'Configurations that were read while serving: taken or refused.',
    labels: ['result'],
  },
  weir_supergraph_info: { kind: 'gauge', help: 'The supergraph that is served.', labels: ['schema_id'] },
  weir_supergraph_generations: {
    kind: 'gauge',
    help: 'Supergraphs that still have requests, the one that is served among them; more for long is a leak.',
    labels: [],
    across: 'max',
  },
  weir_workers: { kind: 'gauge', help: 'Processes whose numbers are in this page.', labels: [] },
  weir_build_info: { kind: 'gauge', help: 'What is running.', labels: ['version', 'node'], across: 'max' },
  weir_metrics_dropped_series: {
    kind: 'gauge',
    help: 'Series that are left out because there are too many.',
    labels: [],
  },
  process_start_time_seconds: {
    kind: 'gauge',
    help: 'When the process started, since 1970.',
    labels: [],
    across: 'min',
  },
  process_cpu_seconds_total: { kind: 'counter', help: 'Processor time, user and system.', labels: [] },
  process_resident_memory_bytes: { kind: 'gauge', help: 'Memory that is held.', labels: [] },
  nodejs_heap_size_used_bytes: { kind: 'gauge', help: 'Memory of JavaScript that is used.', labels: [] },
  nodejs_external_memory_bytes: { kind: 'gauge', help: 'Memory of buffers.', labels: [] },
  nodejs_eventloop_lag_seconds: {
    kind: 'gauge',
    help: 'How late the event loop comes, smoothed.',
    labels: [],
    across: 'max',
  },
  nodejs_eventloop_time_seconds_total: {
    kind: 'counter',
    help: 'Time of the event loop by state: active or idle.',
    labels: ['nodejs_eventloop_state'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricCatalogue;

type OfKind<Kind> = {
  [Name in MetricName]: (typeof metricCatalogue)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

export type CounterName = OfKind<'counter'>;
export type HistogramName = OfKind<'histogram'>;

/** One value for each label, in the catalogue's order. */
export type LabelsOf<Name extends MetricName> = Texts<(typeof metricCatalogue)[Name]['labels']>;

type Texts<Labels extends readonly string[]> = { readonly [Index in keyof Labels]: string };

/** What a histogram holds: how often each bucket was met, and the sum of all that was recorded. */
export interface Distribution {
  /** One more than there are bounds; not cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** One number of one series, as plain data. */
export interface Reading {
  readonly name: MetricName;
  readonly labels: readonly string[];
  readonly value: number | Distribution;
}

/** A reading whose labels are those of its metric. */
export function reading<Name extends Exclude<MetricName, HistogramName>>(
  name: Name,
  value: number,
  ...labels: LabelsOf<Name>
): Reading {
  return { name, labels, value };
}

/** The definition of a metric, whichever it is. */
export function definitionOf(name: MetricName): MetricDefinition {
  return metricCatalogue[name];
}

/** Where numbers are counted and gathered; one for a process. */
export interface Metrics {
  readonly count: <Name extends CounterName>(name: Name, ...labels: LabelsOf<Name>) => void;
  readonly record: <Name extends HistogramName>(name: Name, value: number, ...labels: LabelsOf<Name>) => void;
  /**
   * Numbers that somebody else keeps, read whenever all are gathered until the function that comes back is called; what
   * was counted until then stays counted.
   */
  readonly watch: (read: () => readonly Reading[]) => () => void;
  readonly readings: () => readonly Reading[];
}
