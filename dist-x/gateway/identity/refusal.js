import { WeirError } from "../model/errors.js";
const sentences = {
    malformed: 'The token cannot be read.',
    too_large: 'The token is too large.',
    algorithm: 'The token is signed by an algorithm that is not accepted.',
    type: 'The token is of a type that is not accepted.',
    issuer: 'The token comes from an issuer that is not accepted.',
    audience: 'The token is meant for someone else.',
    signature: "The token's signature is not valid.",
    key_unknown: 'The token is signed with an unknown key.',
    expired: 'The token has expired.',
    not_yet_valid: 'The token is not valid yet.',
    inactive: 'The token is not active, or no longer.',
    revoked: 'The token has been revoked.',
};
/** A refused token, without anything of the token in it. */
export const invalidToken = (reason) => new WeirError('INVALID_JWT', sentences[reason], { extensions: { reason } });
const keySentences = {
    malformed: 'The API key cannot be read.',
    unknown: 'The API key is not known.',
    expired: 'The API key has expired.',
    revoked: 'The API key has been revoked.',
    beside_token: 'Send a token or an API key: of both, nobody can tell which one counts.',
};
/** A refused API key, without anything of the key in it. */
export const invalidApiKey = (reason) => new WeirError('INVALID_API_KEY', keySentences[reason], { extensions: { reason } });
export const missingToken = () => new WeirError('MISSING_JWT', 'Send a token: this API answers verified callers only.');
/** Where only API keys are believed. */
export const missingKey = (header) => new WeirError('UNAUTHENTICATED', `Send an API key in the header ${header}.`);
/** Nothing can be said about the credential: what it is checked with cannot be had. */
export const uncheckable = (cause) => new WeirError('AUTHENTICATION_UNAVAILABLE', 'Tokens and keys cannot be checked right now. Try again shortly.', { cause });
//# sourceMappingURL=refusal.js.map