import { Kind, OperationTypeNode, } from 'graphql';
import { fetchesOf, inSequence } from "./plan-nodes.js";
/**
 * Plans the root fields of a mutation one after the other, each with everything that hangs on it, as section 6.2.2 of
 * the GraphQL specification has it. The planner alone puts neighbouring fields of one subgraph into one call, and what
 * the first of them needs of other subgraphs behind the last. They share a call only where nothing hangs on any but the
 * last. Other operations are planned as they are.
 */
export function planSerially(document, plan) {
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const fields = operation?.selectionSet.selections ?? [];
    if (operation?.operation !== OperationTypeNode.MUTATION || fields.length < 2)
        return plan(document);
    const planned = fields.map((field) => ({ field, root: plan(withFields(document, [field])) }));
    const groups = groupsOf(planned);
    return inSequence(groups.flatMap((group) => {
        const [only] = group;
        const isAlone = group.length === 1;
        const root = isAlone ? only?.root : plan(withFields(document, group.map(({ field }) => field))); // prettier-ignore
        return root === undefined ? [] : [root];
    }));
}
function groupsOf(fields) {
    const groups = [];
    for (const field of fields) {
        const last = groups.at(-1);
        if (last !== undefined && isSharing(last.at(-1), field))
            last.push(field);
        else
            groups.push([field]);
    }
    return groups;
}
/** Whether the first is done with one call, and the second begins with the same subgraph. */
function isSharing(one, next) {
    if (one?.root?.kind !== 'fetch')
        return false;
    return fetchesOf(next.root)[0]?.subgraph === one.root.subgraph;
}
function withFields(document, selections) {
    const narrowed = (node) => ({
        ...node,
        selectionSet: { ...node.selectionSet, selections },
    });
    return {
        ...document,
        definitions: document.definitions.map((node) => node.kind === Kind.OPERATION_DEFINITION ? narrowed(node) : node),
    };
}
//# sourceMappingURL=serial-mutations.js.map