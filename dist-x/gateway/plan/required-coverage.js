import { baseType, isCompositeType, } from '@apollo/federation-internals';
import { Kind, parse, } from 'graphql';
import { fetchesOf } from "./plan-nodes.js";
/**
 * The fields (`Type.field`) that a plan asks of a subgraph without sending what they require there: the subgraph would
 * compute them from nothing, and the client could not tell.
 */
export function fieldsWithoutInputs(root, subgraphs, inputs) {
    const bare = new Set();
    for (const fetch of fetchesOf(root)) {
        const subgraph = inputs.isNeededBy(fetch.subgraph) ? subgraphs.get(fetch.subgraph) : undefined;
        if (subgraph !== undefined)
            new FetchWalk({ fetch, subgraph, inputs, bare }).run();
    }
    return [...bare];
}
class FetchWalk {
    #walked;
    #document;
    #fragments = new Map();
    #sent;
    constructor(walked) {
        this.#walked = walked;
        this.#document = parse(walked.fetch.document, { noLocation: true });
        this.#sent = walked.fetch.entities?.requires.flatMap(({ selections }) => selections) ?? [];
        for (const node of this.#document.definitions) {
            if (node.kind === Kind.FRAGMENT_DEFINITION)
                this.#fragments.set(node.name.value, node);
        }
    }
    run() {
        const { fetch, subgraph } = this.#walked;
        const type = subgraph.schema.schemaDefinition.root(fetch.operationKind)?.type;
        for (const node of this.#document.definitions) {
            if (node.kind !== Kind.OPERATION_DEFINITION)
                continue;
            if (fetch.entities !== undefined)
                this.#entities(node.selectionSet);
            else if (type !== undefined)
                this.#selections(node.selectionSet, type, []);
        }
    }
    /** Only what is asked of the entities themselves can be computed from what was sent. */
    #entities(set) {
        for (const node of set.selections) {
            if (node.kind !== Kind.FIELD || node.selectionSet === undefined)
                continue;
            this.#selections(node.selectionSet, undefined, this.#sent);
        }
    }
    #selections(set, type, sent) {
        for (const node of set.selections) {
            if (node.kind === Kind.FIELD) {
                if (type !== undefined)
                    this.#field(node, type, { set, sent });
                continue;
            }
            const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
            const condition = fragment?.typeCondition?.name.value;
            const inner = condition === undefined ? type : this.#walked.subgraph.schema.type(condition);
            if (fragment === undefined || (inner !== undefined && !isCompositeType(inner)))
                continue;
            this.#selections(fragment.selectionSet, inner, sent);
        }
    }
    #field(node, type, known) {
        if (type.kind === 'UnionType')
            return;
        const { fetch, inputs, bare } = this.#walked;
        const required = inputs.of(fetch.subgraph, type.name, node.name.value) ?? [];
        if (!required.every((input) => this.#has(input, type, known)))
            bare.add(`${type.name}.${node.name.value}`);
        const declared = type.field(node.name.value)?.type;
        const inner = declared && baseType(declared);
        if (node.selectionSet === undefined || inner === undefined || !isCompositeType(inner))
            return;
        this.#selections(node.selectionSet, inner, []);
    }
    /** Sent with the representation, or asked for beside it where the subgraph itself knows it (by `@provides`). */
    #has(input, type, { set, sent }) {
        if (input.kind === 'on')
            return true;
        if (hasField(sent, input.sendAs))
            return true;
        const field = type.kind === 'UnionType' ? undefined : type.field(input.sendAs);
        if (field === undefined || this.#walked.subgraph.metadata().isFieldFullyExternal(field))
            return false;
        return set.selections.some((node) => node.kind === Kind.FIELD && node.name.value === input.sendAs);
    }
}
function hasField(selections, name) {
    return selections.some((each) => each.kind === 'on' ? hasField(each.selections, name) : each.sendAs === name);
}
//# sourceMappingURL=required-coverage.js.map