import { entityAsk } from "./entity-call.js";
import { loneFetch } from "./entity-fetch.js";
import { askJointly, jointCall } from "./joint-call.js";
import { isJoinable as isJoinableDocument } from "./joint-document.js";
import { jointParts } from "./joint-parts.js";
/** After a joint call that brought no data all calls go out by themselves for this long, in ms. */
const apartMs = 60_000;
/** Combinations of fetches for which a document is made; others are asked for one by one. */
const mostCalls = 64;
/** Subgraphs may limit how many root fields an operation has. */
const mostParts = 8;
/**
 * Fetches of entities of one subgraph that may be under way at the same time in one request. Those that get ready in one
 * turn of the event loop go out as one call: the same kinds of entities as one list, others under aliases.
 */
export class JointFetches {
    #numbers = new Map();
    #calls = new Map();
    #waiting = new WeakMap();
    #apartUntil = -Infinity;
    step(fetch) {
        const lone = loneFetch(fetch);
        if (!isJoinable(fetch))
            return lone.step;
        this.#numbers.set(fetch.document, this.#numberOf(fetch.document));
        return async (run) => {
            const ask = entityAsk(fetch, run);
            if (ask === undefined)
                return;
            if (ask.asked.batches.length > 1 || performance.now() < this.#apartUntil)
                await lone.answered(ask, run);
            else
                await this.#along({ ask, lone }, run);
        };
    }
    #numberOf(document) {
        return this.#numbers.get(document) ?? this.#numbers.size;
    }
    async #along(traveller, run) {
        const known = this.#waiting.get(run);
        const waiting = known === undefined || known.travellers.length >= mostParts ? this.#wait(run) : known;
        const place = waiting.travellers.push(traveller) - 1;
        await (await waiting.left)[place];
    }
    #wait(run) {
        const travellers = [];
        // Answers that arrive together are read in one turn, each in a callback of its own.
        const left = new Promise((resolve) => setImmediate(resolve)).then(() => {
            if (this.#waiting.get(run) === waiting)
                this.#waiting.delete(run);
            return this.#leave(travellers, run);
        });
        const waiting = { travellers, left };
        this.#waiting.set(run, waiting);
        return waiting;
    }
    #leave(travellers, run) {
        if (travellers.length < 2 || !fitInOneCall(travellers))
            return travellers.map(({ ask, lone }) => lone.answered(ask, run));
        const parts = [...jointParts(travellers.map(({ ask }) => ask))];
        parts.sort((one, other) => this.#numberOf(one.document) - this.#numberOf(other.document));
        const call = this.#callOf(parts);
        if (call === undefined)
            return travellers.map(({ lone }) => lone.step(run));
        const answered = askJointly(call, parts, run);
        return travellers.map(async ({ ask, lone }) => {
            const forgotten = await answered;
            if (!forgotten.has(ask))
                return;
            // The subgraph may refuse what is joined, or one list of entities that failed has taken the others with it.
            this.#apartUntil = performance.now() + apartMs;
            await lone.step(run);
        });
    }
    #callOf(parts) {
        const key = parts.map(({ document }) => this.#numberOf(document)).join();
        if (this.#calls.has(key) || this.#calls.size >= mostCalls)
            return this.#calls.get(key);
        const made = jointCall(parts);
        this.#calls.set(key, made);
        return made;
    }
}
/** Context arguments are variables of a call, with values of their own for each group of entities. */
function isJoinable({ node, entities, document }) {
    return (node.operationKind === 'query' && entities.contextRewrites.length === 0 && isJoinableDocument(document));
}
/** A joint call is held to `max_representations` like any other. */
function fitInOneCall(travellers) {
    const limit = travellers[0]?.ask.fetch.kit.maxRepresentations ?? 0;
    return travellers.reduce((sum, { ask }) => sum + ask.asked.texts.length, 0) <= limit;
}
//# sourceMappingURL=joint-fetch.js.map