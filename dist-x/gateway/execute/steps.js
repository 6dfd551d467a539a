import { withAvailableInputs } from "./available-inputs.js";
import { readyFetch } from "./entity-call.js";
import { answerShape } from "./fetch-document.js";
import { loneFetch } from "./entity-fetch.js";
import { JointFetches } from "./joint-fetch.js";
import { fetchesWithMates } from "./joint-mates.js";
import { rootFetch } from "./root-fetch.js";
import { WeirError } from "../model/errors.js";
/** Makes steps of plan nodes; a fetch is made ready once, however many variants it takes part in. */
export class StepCompiler {
    #kit;
    // Weak: some fetches are made anew for each combination of booleans, and combinations come and go.
    #fetches = new WeakMap();
    #joined = new WeakMap();
    #joints = new Map();
    constructor(kit) {
        this.#kit = kit;
    }
    /** A whole plan; `undefined` when these booleans leave nothing to do. */
    plan(root, booleans) {
        const available = root && withAvailableInputs(root, booleans);
        return this.#step(available, { booleans, mates: fetchesWithMates(available, booleans) });
    }
    #step(node, variant) {
        const { booleans, mates } = variant;
        switch (node?.kind) {
            case undefined:
                return undefined;
            case 'fetch':
                return mates.has(node) && this.#kit.joins(node.subgraph) ? this.#along(node) : this.#fetch(node);
            case 'condition':
                return this.#step(booleans[node.variable] === true ? node.whenTrue : node.whenFalse, variant);
            case 'sequence':
                return sequence(this.#steps(node.steps, variant));
            case 'parallel':
                return parallel(this.#steps(node.branches, variant));
        }
    }
    #steps(nodes, variant) {
        return nodes.flatMap((node) => this.#step(node, variant) ?? []);
    }
    #along(node) {
        const known = this.#joined.get(node);
        if (known !== undefined || node.entities === undefined)
            return known ?? this.#fetch(node);
        const { subgraph, entities } = node;
        const joint = this.#joints.get(subgraph) ?? new JointFetches();
        this.#joints.set(subgraph, joint);
        const step = joint.step(readyFetch(node, entities, this.#kit));
        this.#joined.set(node, step);
        return step;
    }
    #fetch(node) {
        const known = this.#fetches.get(node);
        if (known !== undefined)
            return known;
        if (node.operationKind === 'subscription') {
            throw new WeirError('GRAPHQL_VALIDATION_FAILED', 'Subscriptions are not served here; send a query or a mutation.');
        }
        const { entities } = node;
        const step = entities === undefined
            ? rootFetch(node, this.#kit)
            : loneFetch(readyFetch(node, entities, this.#kit)).step;
        this.#fetches.set(node, step);
        return step;
    }
}
function sequence(steps) {
    if (steps.length < 2)
        return steps[0];
    return async (run) => {
        for (const step of steps)
            await step(run);
    };
}
function parallel(steps) {
    if (steps.length < 2)
        return steps[0];
    return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
    };
}
/** What one fetch of a plan has to know of the others, whatever the plan's conditions. */
export function neighbours(root) {
    const fetches = fetchesOf(root);
    const roots = fetches.filter(({ entities }) => entities === undefined);
    return {
        entityPaths: fetches.flatMap(({ entities }) => entities?.paths ?? []),
        rootsMeet: roots.length > 1 && rootsMeet(roots),
    };
}
function fetchesOf(node) {
    switch (node?.kind) {
        case undefined:
            return [];
        case 'fetch':
            return [node];
        case 'condition':
            return [...fetchesOf(node.whenTrue), ...fetchesOf(node.whenFalse)];
        case 'sequence':
            return node.steps.flatMap(fetchesOf);
        case 'parallel':
            return node.branches.flatMap(fetchesOf);
    }
}
function rootsMeet(roots) {
    const keys = roots.flatMap(({ document, outputRewrites }) => [...answerShape(document, outputRewrites)]);
    const names = keys.flatMap(([key, below]) => (below === undefined ? [] : [key]));
    return new Set(names).size < names.length;
}
//# sourceMappingURL=steps.js.map