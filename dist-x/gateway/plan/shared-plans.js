import { planText, storedPlan } from "./stored-plan.js";
/** Planning that first looks whether another gateway has the plan, and leaves there what it made itself. */
export function withSharedPlans(planning, shared, origin) {
    const { store, onGarbage } = shared;
    return async (request, signal) => {
        const key = JSON.stringify([
            origin.plannerVersion,
            origin.supergraphId,
            request.text,
            [...request.labels].sort(),
        ]);
        const found = await store.read(key);
        if (found.kind === 'hit') {
            const plan = storedPlan(found.text, origin.subgraphs);
            if (plan !== undefined)
                return { kind: 'planned', plan, bytes: found.text.length };
            onGarbage();
        }
        const outcome = await planning(request, signal);
        // The store never rejects, and nobody has to wait for it.
        if (outcome.kind === 'planned')
            void store.write(key, planText(outcome.plan));
        return outcome;
    };
}
//# sourceMappingURL=shared-plans.js.map