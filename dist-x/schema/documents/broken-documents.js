import { parse, validate } from 'graphql';
const mostErrors = 5;
/** What of documents does not fit a schema: WEIR-K004, at most five for each; WEIR-O001 for what is not GraphQL. */
export function brokenDocuments(documents, schema) {
    return documents.flatMap((document) => errorsOf(document, schema).map(({ code, message }) => {
        const name = document.name ?? document.ids[0]?.slice(0, 16) ?? '';
        const client = document.client === undefined ? '' : ` of ${document.client}`;
        return {
            code,
            severity: 'error',
            message: `${name}${client}: ${message}`,
            places: [{ location: document.location }],
        };
    }));
}
function errorsOf({ text }, schema) {
    try {
        const errors = validate(schema, parse(text), undefined, { maxErrors: mostErrors });
        return errors.slice(0, mostErrors).map(({ message }) => ({ code: 'WEIR-K004', message }));
    }
    catch (failure) {
        return [{ code: 'WEIR-O001', message: failure instanceof Error ? failure.message : 'not GraphQL' }];
    }
}
//# sourceMappingURL=broken-documents.js.map