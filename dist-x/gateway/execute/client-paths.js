import { Kind } from 'graphql';
import { responseName } from "./response-keys.js";
import { operationOf } from "./shapes.js";
/** Longer paths come from no real answer: lists of lists are declared, not invented. */
const longestPath = 250;
export function clientPaths(document, dataKey) {
    const names = new ClientNames(document, dataKey);
    return {
        of: (path) => names.follow(path).known,
        namesBelow: (path, keys) => {
            const { end, isWhole } = names.follow(path);
            if (!isWhole)
                return [];
            const children = names.childrenOf(end);
            return [...keys].flatMap((key) => (key === '__typename' ? [] : (children.get(key)?.responseKey ?? [])));
        },
    };
}
/** The client's selections as a tree of data keys, grown where errors lead. */
class ClientNames {
    #root;
    #fragments = new Map();
    #dataKey;
    constructor(document, dataKey) {
        this.#root = { responseKey: '', sets: [operationOf(document).selectionSet], children: undefined };
        this.#dataKey = dataKey;
        for (const one of document.definitions) {
            if (one.kind === Kind.FRAGMENT_DEFINITION)
                this.#fragments.set(one.name.value, one);
        }
    }
    follow(path) {
        const known = [];
        let end = this.#root;
        for (const part of path.slice(0, longestPath)) {
            if (typeof part === 'number') {
                known.push(part);
                continue;
            }
            const next = this.childrenOf(end).get(part);
            if (next === undefined)
                return { known, end, isWhole: false };
            known.push(next.responseKey);
            end = next;
        }
        return { known, end, isWhole: path.length <= longestPath };
    }
    childrenOf(names) {
        if (names.children !== undefined)
            return names.children;
        const children = new Map();
        for (const set of names.sets)
            this.#add(set, children, new Set());
        names.children = children;
        return children;
    }
    #add(set, children, seen) {
        for (const selection of set.selections) {
            if (selection.kind === Kind.FIELD) {
                const key = this.#dataKey(selection);
                const child = children.get(key) ?? {
                    responseKey: responseName(selection),
                    sets: [],
                    children: undefined,
                };
                if (selection.selectionSet !== undefined)
                    child.sets.push(selection.selectionSet);
                children.set(key, child);
                continue;
            }
            const inside = selection.kind === Kind.FRAGMENT_SPREAD ? this.#spread(selection.name.value, seen) : selection;
            if (inside !== undefined)
                this.#add(inside.selectionSet, children, seen);
        }
    }
    #spread(name, seen) {
        if (seen.has(name))
            return undefined;
        seen.add(name);
        return this.#fragments.get(name);
    }
}
/** A path of a subgraph's error with the keys its answer has after the plan's output rewrites. */
export function rewrittenPath(path, rewrites) {
    const renames = rewrites.flatMap((rewrite) => rewrite.kind === 'renameKey' ? [{ keys: keysOf(rewrite), to: rewrite.to }] : []);
    if (renames.length === 0)
        return path;
    const trace = [];
    return path.map((part) => {
        if (typeof part === 'number')
            return part;
        trace.push(part);
        const keys = trace.join('.');
        return renames.find((rename) => rename.keys === keys)?.to ?? part;
    });
}
const keysOf = (rewrite) => rewrite.path.flatMap((step) => (step.kind === 'key' ? [step.name] : [])).join('.');
//# sourceMappingURL=client-paths.js.map