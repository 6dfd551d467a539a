import type { Logger } from 'pino';
import type { ClientName } from '../model/client-name.ts';
import type { Metrics } from '../model/metrics.ts';
import type { AuditRecord } from './audit.ts';

export interface Observer {
  readonly logger: Logger;
  /** `undefined`: nothing is counted. */
  readonly metrics?: Metrics;
  /** Writes the one line of a finished request. */
  readonly requestDone: (record: RequestRecord) => void;
  /** Writes who was denied what. */
  readonly accessDenied: (record: AuditRecord) => void;
  /** Writes what is still buffered. */
  readonly flush: () => void;
}

/** What is told of a request: never its variables, its text or its tokens. */
export interface RequestRecord {
  readonly requestId: string;
  readonly status: number;
  readonly durationMs: number;
  readonly operationName?: string | undefined;
  readonly operationHash?: string | undefined;
  /** The id of the trusted document that asks this. */
  readonly document?: string | undefined;
  readonly operationKind?: string | undefined;
  readonly client?: ClientName | undefined;
  /** Subject of the verified identity. */
  readonly subject?: string | undefined;
  readonly subgraphCalls?: number | undefined;
  readonly errorCodes?: readonly string[] | undefined;
  /** Codes of limits that the operation is over while `warn_only` is on. */
  readonly warnings?: readonly string[] | undefined;
  /** What the operation was expected to cost, and what it cost. */
  readonly costEstimated?: number | undefined;
  readonly costActual?: number | undefined;
  /** What the caller may not see, each with what it needs; counted. */
  readonly denied?: readonly string[] | undefined;
  /** The same, where the log may tell of it. */
  readonly toldDenied?: readonly string[] | undefined;
  /** Which client profile held; not for the log, where the client stands. */
  readonly profile?: string | undefined;
  /** Why a rate or a budget refused it. */
  readonly throttled?: string | undefined;
  /** The client left before it was answered. */
  readonly aborted?: boolean;
  /** The exception behind an internal error. */
  readonly cause?: unknown;
}
