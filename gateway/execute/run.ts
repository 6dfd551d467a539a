import type { GraphQLSchema } from 'graphql';
import type { ExecutionRequest } from '../model/execution.ts';
import type { EntityPath } from '../model/plan.ts';
import type { ClientPaths } from './client-paths.ts';
import type { ErrorList } from './errors.ts';
import type { Gathered } from './gathered.ts';
import type { TypeMembership } from './type-membership.ts';

/** One request on its way through a plan. */
export interface Run {
  readonly request: ExecutionRequest;
  /** Everything gathered so far; steps add to it. */
  readonly data: Gathered;
  readonly errors: ErrorList;
  /** Objects of which some subgraph said that it knows no such entity: their missing fields are null, and that is right. */
  readonly unknown: Set<Gathered>;
  /** Whether a string of some answer may need escaping in the response. */
  mayNeedEscape: boolean;
  /** How often this operation ran before: hot ones are worth generated code. */
  readonly isHot: boolean;
}

/** A part of a plan made ready; ends when all its calls have ended. */
export type Step = (run: Run) => Promise<void>;

/** What the steps of one plan share. */
export interface StepKit {
  readonly schema: GraphQLSchema;
  readonly types: TypeMembership;
  readonly clientPaths: ClientPaths;
  /** Paths of all entity fetches of the plan. */
  readonly entityPaths: readonly EntityPath[];
  /** Whether two fetches of root fields may give parts of the same objects. */
  readonly rootsMeet: boolean;
  readonly maxRepresentations: number;
  /** Whether fetches of entities from this subgraph may go out as one call. */
  readonly joins: (subgraph: string) => boolean;
}
