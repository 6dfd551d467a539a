/**
 * @param document the GraphQL text to send; it may differ from the node's in what the gateway needs for itself.
 */
export function requestBody(node, document) {
    const name = node.operationName === undefined ? '' : `,"operationName":${JSON.stringify(node.operationName)}`;
    const head = `{"query":${JSON.stringify(document)}${name},"variables":{`;
    const members = variableMembers(node);
    return (variables, more = []) => `${head}${members(variables, more)}}}`;
}
/** JSON members: `more` as they are, then the client's variables that the fetch uses. */
export function variableMembers(node) {
    const names = node.variables.map((variable) => [variable, `${JSON.stringify(variable)}:`]);
    return (variables, more = []) => {
        let text = '';
        let separator = '';
        for (const part of more) {
            text += separator + part;
            separator = ',';
        }
        for (const [variable, key] of names) {
            // A variable the client left out is left out here too: null and absent differ.
            if (!Object.hasOwn(variables, variable) || variables[variable] === undefined)
                continue;
            text += separator + key + JSON.stringify(variables[variable]);
            separator = ',';
        }
        return text;
    };
}
//# sourceMappingURL=request-body.js.map