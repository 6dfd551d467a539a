type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request to a subgraph; header names and values stand in turn. */
export interface Post {
  readonly path: string;
  readonly body: string;
  /** The same list for every call. */
  readonly headers: readonly string[];
  /** This call's own. */
  readonly moreHeaders: readonly string[];
}

/** Steers one call while it is under way. */
export interface CallController {
  abort(reason: Error): void;
  pause(): void;
  resume(): void;
}

/** Who hears of one call's answer; the names are those of undici. */
export interface CallHandler {
  onRequestStart(controller: CallController): void;
  onResponseStart(controller: CallController, status: number, headers: AnswerHeaders): void;
  onResponseData(controller: CallController, bytes: Buffer): void;
  onResponseEnd(): void;
  onResponseError(controller: CallController, cause: Error): void;
}

/** The connections to one address. */
export interface Connections {
  dispatch(request: Post, handler: CallHandler): void;
  readonly connected: () => number;
  destroy(): Promise<void>;
}
