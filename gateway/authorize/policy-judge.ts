import type { Operation } from '../model/operation.ts';
import type { CancelSignal } from '../model/cancellation.ts';
import type { Principal } from '../model/principal.ts';

/** What is asked once for a request: all policies that its operation needs. */
export interface Inquiry {
  readonly policies: readonly string[];
  readonly principal: Principal;
  readonly operation: Operation;
  readonly requestId: string;
  readonly signal: CancelSignal;
  /** How many operations came with the same HTTP request, and may ask too. */
  readonly batchSize: number;
}

/** For each policy that could be decided, whether it holds; one that is missing could not. */
export type Decisions = ReadonlyMap<string, boolean>;

/** Decides policies that are not simply claims of the caller. */
export interface PolicyJudge {
  /** Never rejects, and ends in time. */
  readonly decide: (inquiry: Inquiry) => Promise<Decisions>;
  /**
   * Why these policies can never be decided: by name, or as a whole under the empty name. Waits until that is known;
   * never rejects.
   */
  readonly problems: (policies: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The file that it was made of; when the file changes, another judge of the same settings decides otherwise. */
  readonly source?: PolicySource;
  readonly close: () => Promise<void>;
}

interface PolicySource {
  /** Absolute path. */
  readonly path: string;
  /** Of the file's content when it was read. */
  readonly version: string;
}

export interface JudgeTools {
  /** Told when policies could not be decided, at most once a second. */
  readonly onFailure: (cause: unknown) => void;
}

export const undecided: Decisions = new Map();

/** Tells of failures, but not of each one of a flood. */
export function seldom(tell: (cause: unknown) => void): (cause: unknown) => void {
  let last = -Infinity;
  return (cause) => {
    const now = performance.now();
    if (now - last < 1_000) return;
    last = now;
    tell(cause);
  };
}
