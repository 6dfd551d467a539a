import { problemText } from "../schema/problem/problem-text.js";
import { openService, warmUp } from "./service.js";
import { succession } from "./succession.js";
/** Reads the supergraph, follows its changes, and replaces the service when a good one is ready and warm. */
export function followSupergraph(from, basis, hooks) {
    const { source } = from;
    const supplying = { ...from, ...hooks, inService: succession(), basis, newest: undefined };
    const { inService } = supplying;
    // One after the other, so that an older supergraph or basis never replaces a newer one.
    let last = source.read().then((reading) => take(supplying, reading));
    const first = last.then(() => undefined);
    source.follow((reading) => {
        last = last.then(() => take(supplying, reading));
    });
    return {
        current: inService.current,
        basis: () => supplying.basis,
        rebase: (next) => {
            const rebased = last.then(() => rebase(supplying, next));
            last = rebased;
            return rebased;
        },
        state: inService.state,
        first,
        close: async () => {
            await source.close();
            inService.end();
            await last;
            await inService.ended();
        },
    };
}
/** Takes a reading over, or says why not; says nothing when the gateway stopped meanwhile. */
async function take(supplying, reading) {
    const { inService, basis, onEvent } = supplying;
    supplying.newest = reading;
    const refuse = (text) => {
        inService.refuse(text);
        onEvent({ kind: 'refused', text });
    };
    if (!reading.ok) {
        refuse(reading.problems.map((problem) => problemText(problem)).join('\n'));
        return;
    }
    const began = performance.now();
    const opened = await prepared(supplying, reading.sdl, basis);
    if (typeof opened === 'string')
        refuse(opened);
    else if (inService.replaceBy(opened, 'new supergraph')) {
        const ms = Math.round(performance.now() - began);
        onEvent({ kind: 'taken', id: opened.service.supergraph.id, ms, warnings: reading.warnings });
    }
}
/** A service that is ready and warm, or what is wrong with the supergraph. */
async function prepared({ inService, path, admit, beforeTaking }, sdl, basis) {
    const opened = await openService(sdl, basis);
    if (!opened.ok)
        return opened.problems.map((problem) => lineOf(problem, path)).join('\n');
    const { service } = opened;
    const refusal = await admit({ service, basis });
    if (refusal !== undefined) {
        await service.retire(0);
        return refusal;
    }
    const previous = inService.current()?.service;
    if (previous !== undefined) {
        await warmUp(service, previous, basis.config.supergraph.query_planning.warmed_up_queries);
    }
    try {
        await beforeTaking(service);
    }
    catch (failure) {
        await service.retire(0);
        return `error: ${failure instanceof Error ? failure.message : String(failure)}`;
    }
    return { service, basis };
}
async function rebase(supplying, next) {
    const { inService, newest } = supplying;
    const served = inService.current()?.service.supergraph.sdl;
    if (served === undefined) {
        supplying.basis = next;
        // What could not be served on the basis before may be fine on this one.
        if (newest?.ok === true)
            await take(supplying, newest);
        return { kind: 'taken', settled: Promise.resolve() };
    }
    const opened = await prepared(supplying, served, next);
    if (typeof opened === 'string')
        return { kind: 'refused', text: opened };
    inService.replaceBy(opened, 'new basis');
    supplying.basis = next;
    const settled = inService.settled();
    if (newest?.ok === true && newest.sdl !== served)
        await take(supplying, newest);
    return { kind: 'taken', settled };
}
function lineOf({ code, message, line, column }, path) {
    const place = line === undefined ? path : `${path}:${String(line)}:${String(column ?? 1)}`;
    return `error[${code}]: ${message}\n  ${place}`;
}
//# sourceMappingURL=supply.js.map