import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { ExecutionResult } from '../model/execution.ts';
import { completeResponse } from './complete.ts';
import { introspection } from './introspect.ts';
import { inOnePiece } from './json-text.ts';
import type { Run } from './run.ts';
import { serializer } from './serialize.ts';
import type { IntrospectionTexts, Serializer } from './serialize.ts';
import type { Shapes } from './shapes.ts';

export interface ResponderInput {
  readonly schema: GraphQLSchema;
  /** What introspection shows. */
  readonly introspected: GraphQLSchema;
  readonly shapes: Shapes;
  readonly document: DocumentNode;
  readonly maxErrors: number;
}

const noIntrospection: IntrospectionTexts = new Map();

/** Makes the result of a run whose steps have ended: by generated code once it is hot and its data is as it should be. */
export function responder(input: ResponderInput): (run: Run) => ExecutionResult {
  const { schema, shapes, maxErrors } = input;
  const introspect = introspection(input.introspected, input.document, shapes);
  const serializers = lazySerializers(schema, shapes);
  return (run) => {
    const texts = introspect?.(run.request.variables) ?? noIntrospection;
    const text = run.isHot ? written(serializers(run.mayNeedEscape), run, texts) : undefined;
    const { data, valueCompletion } =
      text === undefined
        ? completeResponse({ schema, shapes, maxErrors, run, introspection: texts })
        : { data: text, valueCompletion: undefined };
    return {
      data,
      errors: run.errors.entries('DOWNSTREAM_SERVICE_ERROR'),
      valueCompletion: valueCompletion?.entries('INVALID_GRAPHQL') ?? [],
    };
  };
}

function written(
  serialize: Serializer | undefined,
  run: Run,
  introspection: IntrospectionTexts,
): string | undefined {
  if (serialize === undefined) return undefined;
  try {
    return inOnePiece(serialize(run.data, introspection));
  } catch {
    // Whatever it was that the fast way does not know: the plain one knows everything.
    return undefined;
  }
}

/** One serializer for answers that may need escaping, one for those that cannot; each made when first needed. */
function lazySerializers(
  schema: GraphQLSchema,
  shapes: Shapes,
): (escapes: boolean) => Serializer | undefined {
  const made = new Map<boolean, Serializer | undefined>();
  return (escapes) => {
    if (!made.has(escapes)) made.set(escapes, serializer({ schema, shapes, escapes }));
    return made.get(escapes);
  };
}
