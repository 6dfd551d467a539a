import type { FileLocation, Problem } from '../problem/problem.ts';

/** How much a change of the schema matters to those who use it. */
export type Level = 'security' | 'breaking' | 'dangerous' | 'safe';

/** An entry of the approvals file: this exact change may pass until a day. */
export interface Approval {
  readonly change: string;
  readonly coordinate: string;
  /** sha256 over change, coordinate and message, hex. */
  readonly hash: string;
  readonly author: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** One difference between the old and the new schema. */
export interface SchemaChange {
  readonly level: Level;
  /** What kind of change, such as `FIELD_REMOVED`. */
  readonly change: string;
  /** `Type.field` or `Type.field(argument:)`. */
  readonly coordinate: string;
  readonly message: string;
  readonly hash: string;
  /** The subgraph that owns what changed. */
  readonly subgraph?: string;
  readonly location?: FileLocation;
  /** Operations that use what changed, as `client/operation`. */
  readonly usedBy: readonly string[];
  /** Set when a breaking change was lowered because none of this many known operations uses it. */
  readonly unusedBy?: number;
  /** What to do instead. */
  readonly instead?: string;
  readonly approval?: Approval;
}

/** A client operation that the new schema cannot answer. */
export interface BrokenOperation {
  /** `client/operation`. */
  readonly name: string;
  readonly location: FileLocation;
  readonly errors: readonly string[];
  /** It was not valid before either, so this change is not to blame. */
  readonly brokenBefore: boolean;
  /** Every change that breaks it is approved. */
  readonly approved: boolean;
}

export type SectionName = 'Composition' | 'Schema' | 'Operations' | 'Authorization';
export type SectionResult = 'PASS' | 'WARN' | 'FAIL' | 'SKIP';

export interface Section {
  readonly name: SectionName;
  readonly result: SectionResult;
  readonly summary: string;
}

/** Everything that a check found; what the renderers show. */
export interface CheckReport {
  /** What the current subgraphs were compared with, such as `main (9c1f0ab)`. */
  readonly comparedWith: string | undefined;
  readonly subgraphCount: number;
  readonly operationCount: number;
  readonly clientCount: number;
  /** Always the same four, in the same order. */
  readonly sections: readonly Section[];
  /** Worst first. */
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly BrokenOperation[];
  /** What keeps the subgraphs from composing. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly passed: boolean;
  /** One sentence that starts with `PASSED` or `FAILED`. */
  readonly verdict: string;
}

/** Whether the change alone makes the check fail. */
export type FailOn = 'breaking' | 'dangerous' | 'none';

/** Whether this change makes a check fail at this setting. */
export function failsCheck(change: SchemaChange, failOn: FailOn): boolean {
  if (failOn === 'none' || change.approval !== undefined) return false;
  if (change.level === 'dangerous') return failOn === 'dangerous';
  return change.level !== 'safe';
}
