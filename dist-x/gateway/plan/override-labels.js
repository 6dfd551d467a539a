import { Kind, visit } from 'graphql';
/** The labels of progressive `@override`s in a supergraph, sorted, each once. */
export function overrideLabelsOf(supergraph) {
    const labels = new Set();
    visit(supergraph, {
        Argument: ({ name, value }) => {
            if (name.value === 'overrideLabel' && value.kind === Kind.STRING)
                labels.add(value.value);
        },
    });
    return [...labels].sort();
}
/**
 * The labels that hold for one request: `percent(n)` ones with n percent chance, and those of `custom`.
 * `random` gives numbers from 0 to below 1, as Math.random does; it is asked once for each percent label.
 */
export function activeLabels(labels, random, custom) {
    if (labels.length === 0)
        return none;
    return new Set(labels.filter((label) => {
        const percent = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/.exec(label)?.[1];
        return percent === undefined ? custom.has(label) : random() * 100 < Number(percent);
    }));
}
const none = new Set();
//# sourceMappingURL=override-labels.js.map