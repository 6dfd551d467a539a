import { parse, print } from 'graphql';
/** Apollo Router's header: `Apollo-Expose-Query-Plan: true` or `dry-run`. */
export function planExposure(headers) {
    const wanted = headers['apollo-expose-query-plan'];
    if (wanted === 'dry-run')
        return 'dry-run';
    return wanted === 'true' ? 'with-answer' : 'none';
}
/** The response with the plan in `extensions.apolloQueryPlan`, as data and as text. */
export function withPlan(response, plan) {
    const apolloQueryPlan = { object: plan, text: planText(plan) };
    return { ...response, extensions: { ...response.extensions, apolloQueryPlan } };
}
/** A plan as people read it, in the form that Apollo's tools made known. */
function planText({ root }) {
    return root === undefined ? 'QueryPlan {}' : `QueryPlan {\n${indented(nodeText(root))}\n}`;
}
function nodeText(node) {
    switch (node.kind) {
        case 'sequence':
            return block('Sequence', node.steps);
        case 'parallel':
            return block('Parallel', node.branches);
        case 'condition': {
            const branch = (name, inner) => inner === undefined ? [] : [`${name} {\n${indented(nodeText(inner))}\n}`];
            const branches = [...branch('If', node.whenTrue), ...branch('Else', node.whenFalse)];
            return `Condition(if: $${node.variable}) {\n${indented(branches.join(',\n'))}\n}`;
        }
        case 'fetch': {
            const paths = node.entities?.paths.map(pathText) ?? [];
            const at = paths.length === 0 ? '' : `, paths: [${paths.map((path) => `"${path}"`).join(', ')}]`;
            return `Fetch(service: "${node.subgraph}"${at}) {\n${indented(print(parse(node.document)))}\n}`;
        }
    }
}
const block = (name, nodes) => `${name} {\n${indented(nodes.map(nodeText).join(',\n'))}\n}`;
const indented = (text) => text.replaceAll(/^(?=.)/gm, '  ');
/** Steps as Apollo writes them: `products.@.reviews`, with the types that a step is limited to behind it. */
const pathText = (path) => path
    .map((step) => {
    const name = step.kind === 'list' ? '@' : step.name;
    return step.onTypes === undefined ? name : `${name}|[${step.onTypes.join(',')}]`;
})
    .join('.');
//# sourceMappingURL=plan-exposure.js.map