import type { GatewayConfig } from '../config/config.ts';
import type { ReloadEvent, SandboxExtras } from '../gateway.ts';
import type { CallerBuckets, Taken, Taking } from '../model/buckets.ts';
import type { Reading } from '../model/metrics.ts';
import type { SourceReading } from '../source/source.ts';

/** What a worker takes from a caller's buckets, which the process that looks after the workers holds for all. */
export interface BucketQuestion {
  readonly id: number;
  readonly key: string;
  readonly buckets: CallerBuckets;
  readonly taking: Taking;
}

export interface BucketAnswer {
  readonly id: number;
  readonly taken: Taken;
}

/** What a worker is asked and told of numbers. */
export type NumbersToWorker =
  | { readonly kind: 'numbers wanted'; readonly id: number }
  /** `undefined`: it could not be written. */
  | { readonly kind: 'page'; readonly id: number; readonly text: string | undefined };

/** What a worker tells and asks of numbers. */
export type NumbersFromWorker =
  | { readonly kind: 'numbers'; readonly id: number; readonly readings: readonly Reading[] }
  | { readonly kind: 'page wanted'; readonly id: number };

/** From the process that looks after the workers: `start` first, and once. */
export type ToWorker =
  | {
      readonly kind: 'start';
      readonly number: number;
      readonly config: GatewayConfig;
      /** In place of `supergraph.listen`. */
      readonly host: string | undefined;
      readonly port: number | undefined;
      readonly sandbox: SandboxExtras | undefined;
      /** Where the supergraph comes from, for problems that stand in its text. */
      readonly path: string;
    }
  | { readonly kind: 'reading'; readonly reading: SourceReading }
  | { readonly kind: 'config'; readonly config: GatewayConfig }
  | { readonly kind: 'taken'; readonly answers: readonly BucketAnswer[] }
  | NumbersToWorker
  | { readonly kind: 'stop' };

/**
 * From a worker: `listening` once it can be told anything (what comes before is lost), `serving` or `failed` once, what
 * becomes of each supergraph, and what its callers take.
 */
export type FromWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'serving'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'reload'; readonly event: ReloadEvent }
  | NumbersFromWorker
  | { readonly kind: 'take'; readonly questions: readonly BucketQuestion[] };
