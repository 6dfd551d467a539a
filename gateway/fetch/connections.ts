import type { AnswerHeaders } from './http-response-head.ts';

/** A request to a subgraph; header names and values stand in turn. */
export interface Post {
  readonly path: string;
  readonly method: 'POST';
  readonly body: string;
  readonly headers: string[];
}

/** Steers one call while it is under way. */
export interface CallController {
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

/** Who hears of one call's answer; the names are those of undici, which serves it as well. */
export interface CallHandler {
  onRequestStart(controller: CallController): void;
  onResponseStart(controller: CallController, status: number, headers: AnswerHeaders): void;
  onResponseData(controller: CallController, bytes: Buffer): void;
  onResponseEnd(): void;
  onResponseError(controller: CallController, cause: Error): void;
}

/** The connections to one address: as much of undici's `Pool` as is used. */
export interface Connections {
  dispatch(request: Post, handler: CallHandler): unknown;
  readonly stats: { readonly connected: number };
  destroy(): Promise<unknown>;
}
