import type { GatewayConfig } from '../config/config.ts';
import type { ReloadEvent, SandboxExtras } from '../gateway.ts';
import type { SourceReading } from '../source/source.ts';

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
  | { readonly kind: 'stop' };

/**
 * From a worker: `listening` once it can be told anything (what comes before is lost), `serving` or `failed` once, and
 * what becomes of each supergraph.
 */
export type FromWorker =
  | { readonly kind: 'listening' }
  | { readonly kind: 'serving'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'reload'; readonly event: ReloadEvent };
