import type { ComposedFile } from '../compose/compose.ts';
import type { Problem } from '../problem/problem.ts';
import type { Baseline } from './baseline.ts';
import type { KnownOperation } from './known-operations.ts';
import type { Approval, BrokenOperation, FailOn, SchemaChange } from './report.ts';

/** What a check looks at. */
export interface CheckInput {
  /** The subgraphs as they are now. */
  readonly current: ComposedFile;
  /** What they are compared with; undefined when there is nothing to compare with. */
  readonly baseline: Baseline | undefined;
  readonly operations: readonly KnownOperation[];
  readonly approvals: readonly Approval[];
  readonly failOn: FailOn;
  readonly now: Date;
}

/** What a check finds, before it is judged. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly BrokenOperation[];
}
