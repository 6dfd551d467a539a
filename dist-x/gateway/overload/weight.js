import { Kind } from 'graphql';
/** How much an operation asks for, roughly: its fields, those of fragments once. */
export function weightOf({ document }) {
    let fields = 0;
    const waiting = document.definitions.flatMap((node) => 'selectionSet' in node ? [node.selectionSet] : []);
    for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
        for (const selection of set.selections) {
            if (selection.kind === Kind.FIELD)
                fields += 1;
            if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined)
                waiting.push(selection.selectionSet);
        }
    }
    return fields;
}
//# sourceMappingURL=weight.js.map