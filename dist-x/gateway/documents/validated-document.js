import { GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate, } from 'graphql';
import { refusal } from "../model/refusal.js";
const mostErrors = 10;
const longestMessage = 300;
const tooManyTokens = 'Syntax Error: Document contains more';
/** Parses without locations: they would keep every token of the text alive for as long as the operation is known. */
export function parsed(text, { maxTokens }) {
    try {
        return { ok: true, document: parse(text, { maxTokens, noLocation: true }) };
    }
    catch (error) {
        if (!(error instanceof GraphQLError))
            throw error;
        return {
            ok: false,
            refusal: error.message.startsWith(tooManyTokens)
                ? tokenRefusal(maxTokens)
                : refusalOf('GRAPHQL_PARSE_FAILED', [error]),
        };
    }
}
/** For a text with more tokens, or more comments, than allowed. */
export function tokenRefusal(maxTokens) {
    const limit = `at most ${String(maxTokens)} allowed, limits.parser_max_tokens`;
    return refusal('MAX_TOKENS_LIMIT', `The operation has too many tokens or comments (${limit}).`);
}
/** `undefined` for a valid document. A refused text is parsed again, for the places of its errors. */
export function validationRefusal(schema, document, text, settings) {
    const rules = settings.introspection
        ? specifiedRules
        : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const options = { maxErrors: mostErrors, hideSuggestions: !settings.suggestions };
    const errors = validate(schema, document, rules, options);
    if (errors.length === 0)
        return undefined;
    // Given up, not found wrong: doing it twice would double the price of an attack.
    if (errors.every(({ nodes }) => nodes === undefined))
        return refusalOf('MAX_HEIGHT_LIMIT', errors);
    const withPlaces = parse(text, { maxTokens: settings.maxTokens });
    return refusalOf('GRAPHQL_VALIDATION_FAILED', validate(schema, withPlaces, rules, options));
}
function refusalOf(code, errors) {
    return { code, errors: errors.map((error) => clientError(code, error)) };
}
function clientError(code, error) {
    const message = shortened(error.message);
    const locations = error.locations?.slice(0, 2).map(({ line, column }) => ({ line, column }));
    return locations === undefined
        ? { message, extensions: { code } }
        : { message, locations, extensions: { code } };
}
function shortened(message) {
    return message.length <= longestMessage ? message : `${message.slice(0, longestMessage)}…`;
}
//# sourceMappingURL=validated-document.js.map