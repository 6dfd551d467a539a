import type { ErrorCode } from '../model/errors.ts';
import type { JsonLimits } from './request-shape.ts';
import type { SandboxPage } from './sandbox-pages.ts';
import type { GraphQLAnswerer } from '../model/graphql-request.ts';

/** Which pages of other origins may read answers. */
export interface CorsPolicy {
  readonly origins: readonly string[];
  readonly allowCredentials: boolean;
  /** Lower case; empty: whatever the browser asks for. */
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly methods: readonly string[];
  readonly maxAgeMs: number | undefined;
}

export interface EdgeSettings {
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly graphqlPath: string;
  /** Whether documents are asked for by addresses such as `/graphql/ID`. */
  readonly documentPaths?: boolean;
  readonly healthPath: string;
  /** Where numbers are told; `undefined`: not here. */
  readonly metricsPath?: string | undefined;
  /** `undefined`: no page. */
  readonly sandbox: SandboxPage | undefined;
  readonly cors: { readonly allowAnyOrigin: boolean; readonly policies: readonly CorsPolicy[] };
  /** Header names in lower case. */
  readonly csrf: { readonly enabled: boolean; readonly requiredHeaders: readonly string[] };
  readonly batching: { readonly enabled: boolean; readonly maximumSize: number };
  readonly maxRequestBytes: number;
  /** Of variables and of extensions. */
  readonly json: JsonLimits;
  readonly maxHeaderBytes: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  /** From the whole request's arrival to its answer. */
  readonly requestTimeoutMs: number;
  readonly concurrencyLimit: number;
}

/** What can change while the edge listens. */
export type ChangeableSettings = Pick<
  EdgeSettings,
  | 'documentPaths'
  | 'cors'
  | 'csrf'
  | 'batching'
  | 'maxRequestBytes'
  | 'json'
  | 'requestTimeoutMs'
  | 'concurrencyLimit'
>;

/** A request that HTTP itself ended, for the log: nothing of its content. */
export interface EdgeRefusal {
  readonly requestId: string;
  readonly code: ErrorCode;
  readonly status: number;
  readonly durationMs: number;
  /** The exception behind an internal error. */
  readonly cause?: unknown;
}

/** Who decides whether one more request may begin, and is told when it ends. */
export interface Gate {
  /** Whether nothing at all is let in: then a request is refused before its body is read. */
  readonly turnsAway: () => boolean;
  readonly enter: () => boolean;
  readonly leave: () => void;
}

export interface EdgeHooks {
  readonly gate?: Gate;
  readonly answer: GraphQLAnswerer;
  /** Whether requests can be answered now; draining is added by the edge. */
  readonly isReady: () => boolean;
  readonly refused: (refusal: EdgeRefusal) => void;
  /** What is answered at the settings' `metricsPath`. */
  readonly metrics?: EdgePage | undefined;
}

/** A page of text for operators. */
export interface EdgePage {
  readonly type: string;
  readonly text: () => Promise<string>;
  /** Whether callers on other machines get it too. */
  readonly open: boolean;
}
