import { WeirError } from "../model/errors.js";
import { collect } from "./collect.js";
import { collector } from "./collect-generated.js";
import { copier } from "./copy-generated.js";
import { entityPlaces } from "./entity-places.js";
import { abandonedCall, unusableAnswer } from "./errors.js";
import { fetchDocument } from "./fetch-document.js";
import { copyAnswer } from "./merge.js";
import { merger } from "./merge-generated.js";
import { representer } from "./represent-generated.js";
import { representations } from "./representations.js";
/** @throws WeirError for a document that cannot be sent. */
export function readyFetch(node, entities, kit) {
    if (node.variables.includes('representations')) {
        const message = 'A variable of an operation cannot be called "representations" here; rename it.';
        throw new WeirError('GRAPHQL_VALIDATION_FAILED', message);
    }
    const document = fetchDocument(node.document, node.outputRewrites, kit.schema);
    const shape = document.shape.get('_entities') ?? new Map();
    return {
        ...{ node, entities, kit, shape },
        document: document.text,
        isExtended: kit.rootsMeet || isExtended(entities.paths, shape, kit.entityPaths),
        plainCopy: (value) => copyAnswer(value, shape),
        code: lazyCode(entities, shape, kit),
    };
}
/**
 * Whether objects inside the answer may be added to later: an entity path leads through them, or another fetch of the
 * same entities may give parts of the same objects.
 */
function isExtended(paths, shape, all) {
    const keys = [...shape].flatMap(([key, below]) => (below === undefined ? [] : [key]));
    if (keys.length === 0)
        return false;
    const others = all.map(pathText);
    return paths.map(pathText).some((path) => {
        if (others.filter((other) => other === path).length > 1)
            return true;
        return keys.some((key) => others.some((other) => `${other}/`.startsWith(`${path}/${key}/`)));
    });
}
const pathText = (path) => path.map((step) => (step.kind === 'list' ? '@' : step.name)).join('/');
/** What to ask for now; `undefined` when there is nothing, or it cannot be asked, which is reported here. */
export function entityAsk(fetch, run) {
    const { node, kit } = fetch;
    const code = run.isHot ? fetch.code() : plainCode;
    const asked = writable(fetch, run, code);
    if (asked === undefined || asked.texts.length === 0)
        return undefined;
    const { targets, representationOf } = asked;
    const places = entityPlaces({ node, kit, run, entityShape: fetch.shape, targets, representationOf });
    const { merger: merge, copier: copy = fetch.plainCopy } = code;
    if (!run.request.context.signal.aborted)
        return { fetch, asked, places, copy, merge };
    for (const path of places.ofAll())
        run.errors.add(abandonedCall(node.subgraph, path));
    return undefined;
}
/** `undefined`, and told, when a value that the subgraph needs is too deep to be written as JSON. */
function writable({ node, entities, kit, shape }, run, code) {
    const { types, maxRepresentations: limit } = kit;
    try {
        return representations(run.data, { entities, types, limit, ...code });
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        const targets = collect(run.data, entities.paths, types);
        const representationOf = targets.map(() => 0);
        const places = entityPlaces({ node, kit, run, entityShape: shape, targets, representationOf });
        for (const path of places.ofAll()) {
            run.errors.add(unusableAnswer(node.subgraph, 'needs a value that is nested too deeply', path));
        }
        return undefined;
    }
}
const plainCode = {
    collector: undefined,
    representer: undefined,
    copier: undefined,
    merger: undefined,
};
/** Generated when an operation turns out to be used, not before: code costs more than it saves in one run. */
function lazyCode(entities, shape, { types }) {
    let made;
    return () => (made ??= {
        collector: collector(entities.paths, types),
        representer: representer(entities, types),
        copier: copier(shape),
        merger: merger(shape, types),
    });
}
//# sourceMappingURL=entity-call.js.map