import { Kind } from 'graphql';
import { refusal } from "../model/refusal.js";
import { chosenOperation, hashOf, kindOf } from "./chosen-operation.js";
import { census, chainProblem, usedFragments } from "./document-census.js";
import { notPrepared } from "./document-settings.js";
import { textProblem } from "./nesting.js";
import { parsed, tokenRefusal, validationRefusal } from "./validated-document.js";
const deepestNesting = 500;
const longestChain = 200;
const mostOperations = 100;
const mostMergeWork = 2_000_000;
/** Text -> parsed, admitted and valid operation. Holds the event loop for as long as that takes. */
export function preparedOperation({ text, name }, preparation) {
    const { schema, settings, admit } = preparation;
    const tooMuch = textRefusal(text, settings);
    if (tooMuch !== undefined)
        return notPrepared(tooMuch);
    const document = parsed(text, settings);
    if (!document.ok)
        return document;
    const counted = census(document.document);
    const tooLarge = sizeRefusal(counted);
    if (tooLarge !== undefined)
        return notPrepared(tooLarge);
    const chosen = chosenOperation(counted, name);
    if (typeof chosen === 'string')
        return notPrepared(refusal('OPERATION_RESOLUTION_FAILURE', chosen));
    const operation = {
        hash: hashOf(text, name),
        text,
        document: { kind: Kind.DOCUMENT, definitions: [chosen, ...usedFragments(counted, chosen)] },
        name: chosen.name?.value,
        kind: kindOf(chosen),
    };
    const admitted = admit(operation);
    if (!admitted.ok)
        return admitted;
    const invalid = validationRefusal(schema, document.document, text, settings);
    return invalid === undefined ? { ok: true, operation, warnings: admitted.warnings } : notPrepared(invalid);
}
function textRefusal(text, { maxTokens }) {
    const problem = textProblem(text, { depth: deepestNesting, comments: maxTokens });
    if (problem === 'too many comments')
        return tokenRefusal(maxTokens);
    const sentence = `The operation is nested more than ${String(deepestNesting)} levels deep.`;
    return problem === undefined ? undefined : refusal('MAX_DEPTH_LIMIT', sentence);
}
/** Bounds on what validation would have to do; the rules are recursive, and one of them is quadratic. */
function sizeRefusal(counted) {
    if (counted.operations.length > mostOperations) {
        return refusal('BAD_REQUEST', `The document has more than ${String(mostOperations)} operations.`);
    }
    if (counted.mergeWork > mostMergeWork) {
        return refusal('MAX_HEIGHT_LIMIT', 'The document selects fields of the same name too many times.');
    }
    const chains = chainProblem(counted, longestChain);
    if (chains === 'circle')
        return refusal('GRAPHQL_VALIDATION_FAILED', 'Fragments spread one another in a circle.');
    if (chains === undefined)
        return undefined;
    return refusal('MAX_DEPTH_LIMIT', `Fragments spread one another more than ${String(longestChain)} deep.`);
}
//# sourceMappingURL=prepared-operation.js.map