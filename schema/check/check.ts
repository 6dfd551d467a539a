import type { GraphQLSchema } from 'graphql';
import {
  clientSchema,
  placeFinder,
  type ComposedFile,
  type PlaceFinder,
  type SubgraphSource,
} from '../compose/compose.ts';
import { apiChanges } from './api-changes.ts';
import { approvalsText, readApprovals, standingApprovals } from './approvals.ts';
import { readBaseline, type Baseline } from './baseline.ts';
import { ownedChanges } from './change-owner.ts';
import type { CheckInput, Findings } from './findings.ts';
import {
  knownOperations,
  operationErrors,
  type KnownOperation,
  type OperationFile,
} from './known-operations.ts';
import { lostProtection } from './protection.ts';
import type { Approval, BrokenOperation, CheckReport, FailOn, SchemaChange } from './report.ts';
import { checkAnnotations } from './report-github.ts';
import { checkJson, jsonError, type JsonError } from './report-json.ts';
import { checkMarkdown } from './report-markdown.ts';
import { checkSarif } from './report-sarif.ts';
import { checkText } from './report-text.ts';
import { sectionsOf, verdictOf } from './sections.ts';

export {
  approvalsText,
  checkAnnotations,
  checkJson,
  checkMarkdown,
  checkSarif,
  checkText,
  jsonError,
  knownOperations,
  readApprovals,
  readBaseline,
};
export type { Approval, Baseline, CheckInput, CheckReport, FailOn, JsonError, KnownOperation, OperationFile };

/** Compares the subgraphs as they are with what they were, and both with what clients send. Never throws. */
export async function checkSchemas(input: CheckInput): Promise<CheckReport> {
  const { current, operations } = input;
  const found = current.composition.ok ? await compared(input, current.composition.sdl) : unreadable(current);
  const sections = sectionsOf(input, found);
  return {
    comparedWith: input.baseline?.label,
    subgraphCount: current.sources.length,
    operationCount: operations.length,
    clientCount: new Set(operations.map(({ client }) => client)).size,
    sections,
    ...found,
    warnings: current.warnings,
    ...verdictOf(sections, found),
  };
}

function unreadable({ composition }: ComposedFile): Findings {
  return { problems: composition.ok ? [] : composition.problems, changes: [], operations: [] };
}

async function compared(input: CheckInput, sdl: string): Promise<Findings> {
  const after = clientSchema(sdl, 'the composed supergraph');
  if (!after.ok) return { problems: after.problems, changes: [], operations: [] };
  const old = input.baseline?.kind === 'schema' ? input.baseline : undefined;
  if (old === undefined) {
    return { problems: [], changes: [], operations: brokenOperations(input, { after: after.value }, []) };
  }
  const before = clientSchema(old.sdl, old.label);
  if (!before.ok) return { problems: before.problems, changes: [], operations: [] };
  const schemas = { before: before.value, after: after.value };
  const differences = [...lostProtection(old.sdl, sdl), ...(await apiChanges(schemas.before, schemas.after))];
  const changes = ownedChanges(differences, {
    operations: input.operations,
    before: schemas.before,
    approvals: standingApprovals(input.approvals, input.now),
    place: changePlaces(input.current.sources, old.sources),
  });
  return { problems: [], changes, operations: brokenOperations(input, schemas, changes) };
}

/** A removed member is shown where its type still stands, so that the line exists in the files under review. */
function changePlaces(now: readonly SubgraphSource[], then: readonly SubgraphSource[]): PlaceFinder {
  const [current, former] = [placeFinder(now), placeFinder(then)];
  return (coordinate) => {
    const place = current(coordinate);
    if (place !== undefined) return place;
    const gone = former(coordinate);
    const owner = now.filter(({ name }) => name === gone?.subgraph);
    const parent = coordinate.replace(/(?:\.\w+|\(\w+:\))$/, '');
    return placeFinder(owner)(parent) ?? current(parent) ?? gone;
  };
}

function brokenOperations(
  { operations }: CheckInput,
  { before, after }: { readonly before?: GraphQLSchema; readonly after: GraphQLSchema },
  changes: readonly SchemaChange[],
): readonly BrokenOperation[] {
  return operations.flatMap((operation) => {
    const errors = operationErrors(operation, after);
    if (errors.length === 0) return [];
    const brokenBefore = before !== undefined && operationErrors(operation, before).length > 0;
    const causes = changes.filter(
      ({ level, usedBy }) => level === 'breaking' && usedBy.includes(operation.name),
    );
    const approved = causes.length > 0 && causes.every(({ approval }) => approval !== undefined);
    return [{ name: operation.name, location: operation.location, errors, brokenBefore, approved }];
  });
}
