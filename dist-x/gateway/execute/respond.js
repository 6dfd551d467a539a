import { completeResponse } from "./complete.js";
import { introspection } from "./introspect.js";
import { inOnePiece } from "./json-text.js";
import { serializer } from "./serialize.js";
const noIntrospection = new Map();
/** Makes the result of a run whose steps have ended: by generated code once it is hot and its data is as it should be. */
export function responder(input) {
    const { schema, shapes, maxErrors } = input;
    const introspect = introspection(input.introspected, input.document, shapes);
    const serializers = lazySerializers(schema, shapes);
    return (run) => {
        const texts = introspect?.(run.request.variables) ?? noIntrospection;
        const text = run.isHot ? written(serializers(run.mayNeedEscape), run, texts) : undefined;
        const { data, valueCompletion } = text === undefined
            ? completeResponse({ schema, shapes, maxErrors, run, introspection: texts })
            : { data: text, valueCompletion: undefined };
        return {
            data,
            errors: run.errors.entries('DOWNSTREAM_SERVICE_ERROR'),
            valueCompletion: valueCompletion?.entries('INVALID_GRAPHQL') ?? [],
        };
    };
}
function written(serialize, run, introspection) {
    if (serialize === undefined)
        return undefined;
    try {
        return inOnePiece(serialize(run.data, introspection));
    }
    catch {
        // Whatever it was that the fast way does not know: the plain one knows everything.
        return undefined;
    }
}
/** One serializer for answers that may need escaping, one for those that cannot; each made when first needed. */
function lazySerializers(schema, shapes) {
    const made = new Map();
    return (escapes) => {
        if (!made.has(escapes))
            made.set(escapes, serializer({ schema, shapes, escapes }));
        return made.get(escapes);
    };
}
//# sourceMappingURL=respond.js.map