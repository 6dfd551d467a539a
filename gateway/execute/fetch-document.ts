import {
  isAbstractType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { Rewrite } from '../model/plan.ts';
import { responseName } from './response-keys.ts';
import { isIncluded, operationOf } from './shapes.ts';
import type { Booleans } from './shapes.ts';

/** The keys of an answer, whatever types they stand on, and what stands below them; `undefined` below a leaf. */
export type AnswerShape = ReadonlyMap<string, AnswerShape | undefined>;

type GrowingShape = Map<string, GrowingShape | undefined>;

export interface FetchDocument {
  /** What is sent. */
  readonly text: string;
  /** Keys of `data`, after the plan's output rewrites. */
  readonly shape: AnswerShape;
  /** Keys of `data` that no directive can leave out. */
  readonly certainKeys: readonly string[];
}

/** Reads the document of a fetch: what it will answer with, and that abstract objects in it say their type. */
export function fetchDocument(
  text: string,
  rewrites: readonly Rewrite[],
  schema: GraphQLSchema,
): FetchDocument {
  const document = parse(text, { noLocation: true });
  const completed = withTypeNames(document, schema);
  return {
    text: completed === undefined ? text : stripIgnoredCharacters(print(completed)),
    shape: shapeOf(completed ?? document, rewrites, undefined),
    certainKeys: operationOf(document).selectionSet.selections.flatMap((one) =>
      one.kind === Kind.FIELD && (one.directives ?? []).length === 0 ? [responseName(one)] : [],
    ),
  };
}

/** The keys a fetch will answer with, when its `@skip` and `@include` variables have these values or whatever they have. */
export function answerShape(text: string, rewrites: readonly Rewrite[], booleans?: Booleans): AnswerShape {
  return shapeOf(parse(text, { noLocation: true }), rewrites, booleans);
}

interface Shaping {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** `undefined`: whatever may be answered. */
  readonly booleans: Booleans | undefined;
}

function shapeOf(
  document: DocumentNode,
  rewrites: readonly Rewrite[],
  booleans: Booleans | undefined,
): AnswerShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const shape: GrowingShape = new Map();
  addSelections(operationOf(document).selectionSet, shape, { fragments, booleans });
  for (const rewrite of rewrites) if (rewrite.kind === 'renameKey') addRenamed(shape, rewrite);
  return shape;
}

function addSelections(set: SelectionSetNode, shape: GrowingShape, shaping: Shaping): void {
  for (const selection of set.selections) {
    if (shaping.booleans !== undefined && !isIncluded(selection.directives, shaping.booleans)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = responseName(selection);
      const inside = selection.selectionSet;
      const below: GrowingShape | undefined =
        inside && (shape.get(key) ?? new Map<string, GrowingShape | undefined>());
      shape.set(key, below);
      if (inside !== undefined && below !== undefined) addSelections(inside, below, shaping);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : shaping.fragments.get(selection.name.value);
    if (fragment !== undefined) addSelections(fragment.selectionSet, shape, shaping);
  }
}

function addRenamed(shape: GrowingShape, rewrite: Extract<Rewrite, { kind: 'renameKey' }>): void {
  const keys = rewrite.path.flatMap((step) => (step.kind === 'key' ? [step.name] : []));
  const last = keys.pop();
  let parent: GrowingShape | undefined = shape.get('_entities') ?? shape;
  for (const key of keys) parent = parent?.get(key);
  if (last !== undefined && parent?.has(last) === true) parent.set(rewrite.to, parent.get(last));
}

/**
 * Every object of an abstract type must say its type plainly: without it neither fragments nor `__typename` can be
 * answered. The planner leaves it out where the subgraph knows a narrower type than the client. Asking for it is
 * valid on any object. `undefined` when nothing had to be added.
 */
function withTypeNames(document: DocumentNode, schema: GraphQLSchema): DocumentNode | undefined {
  const typeInfo = new TypeInfo(schema);
  let added = 0;
  const completed: DocumentNode = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      SelectionSet(node, _key, parent) {
        // The selections of a fragment belong to an object whose own selection set asks.
        const isOfField = parent !== undefined && 'kind' in parent && parent.kind === Kind.FIELD;
        if (!isOfField || !isAbstractType(typeInfo.getParentType())) return undefined;
        if (node.selections.some(isPlainTypeName)) return undefined;
        added += 1;
        return { ...node, selections: [typeNameField, ...node.selections] };
      },
    }),
  );
  return added > 0 ? completed : undefined;
}

const typeNameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function isPlainTypeName(node: SelectionNode): boolean {
  return (
    node.kind === Kind.FIELD &&
    node.name.value === '__typename' &&
    node.alias === undefined &&
    (node.directives ?? []).length === 0
  );
}
