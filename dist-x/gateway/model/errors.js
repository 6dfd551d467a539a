/** Every code the gateway can answer with: HTTP status when it ends the whole request, and what it means. */
export const errorCatalogue = {
    GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The operation is not GraphQL.' },
    GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The operation does not fit the schema.' },
    BAD_USER_INPUT: { status: 400, meaning: 'A variable or argument has a wrong value.' },
    BAD_REQUEST: { status: 400, meaning: 'The HTTP request is not a GraphQL request.' },
    OPERATION_RESOLUTION_FAILURE: { status: 400, meaning: 'The document does not hold the named operation.' },
    NOT_FOUND: { status: 404, meaning: 'Nothing is answered at this path.' },
    METHOD_NOT_ALLOWED: { status: 405, meaning: 'The HTTP method does not fit the request.' },
    NOT_ACCEPTABLE: { status: 406, meaning: 'The client accepts none of the media types of GraphQL answers.' },
    UNSUPPORTED_MEDIA_TYPE: {
        status: 415,
        meaning: 'The content type, charset or encoding of the body is not supported.',
    },
    REQUEST_TIMEOUT: { status: 408, meaning: 'The request did not arrive in time.' },
    REQUEST_HEADERS_TOO_LARGE: { status: 431, meaning: 'The request headers are larger than allowed.' },
    CSRF_PREVENTED: { status: 400, meaning: 'A browser could have sent this without asking first.' },
    MAX_DEPTH_LIMIT: { status: 400, meaning: 'The operation is nested too deeply.' },
    MAX_HEIGHT_LIMIT: { status: 400, meaning: 'The operation selects too many fields.' },
    MAX_ROOT_FIELDS_LIMIT: { status: 400, meaning: 'The operation has too many root fields.' },
    MAX_ALIASES_LIMIT: { status: 400, meaning: 'The operation has too many aliases.' },
    MAX_DIRECTIVES_LIMIT: { status: 400, meaning: 'The operation has too many directives at one place.' },
    MAX_INTROSPECTION_DEPTH_LIMIT: { status: 400, meaning: 'Introspection is nested too deeply.' },
    MAX_TOKENS_LIMIT: { status: 400, meaning: 'The text of the operation has too many tokens or comments.' },
    MAX_JSON_DEPTH_LIMIT: { status: 400, meaning: 'Variables or extensions are nested too deeply.' },
    MAX_JSON_KEYS_LIMIT: { status: 400, meaning: 'Variables or extensions hold too many values.' },
    COST_ESTIMATED_TOO_EXPENSIVE: { status: 400, meaning: 'The operation may cost more than allowed.' },
    SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE: {
        status: 200,
        meaning: 'What the operation asks of one subgraph may cost more than allowed.',
    },
    COST_QUERY_PARSE_FAILURE: {
        status: 400,
        meaning: 'The cost of the operation cannot be told: a list has no length.',
    },
    RATE_LIMIT_EXCEEDED: { status: 429, meaning: 'The caller asked too much in too short a time.' },
    PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The request body is larger than allowed.' },
    PERSISTED_QUERY_NOT_FOUND: { status: 200, meaning: 'Send the text with the hash once.' },
    PERSISTED_QUERY_NOT_SUPPORTED: { status: 200, meaning: 'Automatic persisted queries are off.' },
    PERSISTED_QUERY_HASH_MISMATCH: { status: 400, meaning: 'The hash is not that of the text.' },
    PERSISTED_QUERY_NOT_IN_LIST: {
        status: 404,
        meaning: 'No document with this id is listed for this client.',
    },
    PERSISTED_QUERY_ID_REQUIRED: { status: 400, meaning: 'Operations are asked for by document ids only.' },
    QUERY_NOT_IN_SAFELIST: {
        status: 403,
        meaning: 'The operation is not one that a known client has shipped.',
    },
    CANNOT_SEND_PQ_ID_AND_BODY: { status: 400, meaning: 'The request has both a document id and a text.' },
    BATCHING_NOT_ENABLED: { status: 400, meaning: 'An array of operations was sent and batching is off.' },
    BATCH_LIMIT_EXCEEDED: { status: 422, meaning: 'More operations in one batch than allowed.' },
    UNAUTHENTICATED: { status: 401, meaning: 'A verified identity is needed.' },
    MISSING_JWT: { status: 401, meaning: 'Authentication is required and no token was sent.' },
    INVALID_JWT: { status: 401, meaning: 'The token is not valid.' },
    INVALID_API_KEY: { status: 401, meaning: 'The API key is not valid.' },
    AUTHENTICATION_UNAVAILABLE: { status: 503, meaning: 'What verifies tokens and API keys cannot be had.' },
    UNAUTHORIZED_FIELD_OR_TYPE: { status: 200, meaning: 'The caller may not see this field.' },
    POLICY_UNAVAILABLE: { status: 503, meaning: 'Whether the caller may see this could not be decided.' },
    QUERY_PLANNING_TIMEOUT: { status: 503, meaning: 'Planning the operation took too long.' },
    QUERY_PLANNING_FAILED: { status: 500, meaning: 'The operation cannot be planned on this supergraph.' },
    SUBREQUEST_HTTP_ERROR: {
        status: 200,
        meaning: 'A subgraph could not be reached or gave no usable answer.',
    },
    DOWNSTREAM_SERVICE_ERROR: { status: 200, meaning: 'A subgraph reported an error.' },
    GATEWAY_TIMEOUT: { status: 504, meaning: 'The request or one of its subgraph calls took too long.' },
    REQUEST_CONCURRENCY_LIMITED: { status: 503, meaning: 'Too many requests at once.' },
    SHUTTING_DOWN: { status: 503, meaning: 'The server is stopping.' },
    SCHEMA_NOT_READY: { status: 503, meaning: 'No supergraph is loaded yet.' },
    INTERNAL_SERVER_ERROR: { status: 500, meaning: 'A fault of the gateway; the log has the cause.' },
};
/** An error with a code of the catalogue; its message may be shown to a client, its cause never is. */
export class WeirError extends Error {
    code;
    extensions;
    constructor(code, message, details = {}) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.name = 'WeirError';
        this.code = code;
        this.extensions = details.extensions ?? {};
    }
    get status() {
        return errorCatalogue[this.code].status;
    }
}
//# sourceMappingURL=errors.js.map