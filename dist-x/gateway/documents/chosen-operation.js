import { createHash } from 'node:crypto';
import { OperationTypeNode } from 'graphql';
/** The operation that a request means, or why there is none. */
export function chosenOperation({ operations }, name) {
    if (name !== undefined) {
        const named = operations.find((operation) => operation.name?.value === name);
        return named ?? `The document has no operation named "${name.slice(0, 100)}".`;
    }
    const [only, another] = operations;
    if (only === undefined)
        return 'The document has no operation.';
    return another === undefined ? only : 'The document has several operations: send "operationName".';
}
export function kindOf({ operation }) {
    if (operation === OperationTypeNode.QUERY)
        return 'query';
    return operation === OperationTypeNode.MUTATION ? 'mutation' : 'subscription';
}
export function hashOf(text, name) {
    const hash = createHash('sha256')
        .update(text)
        .update('\u0000')
        .update(name ?? '');
    return hash.digest('hex'); // the one place where a digest becomes an OperationHash
}
//# sourceMappingURL=chosen-operation.js.map