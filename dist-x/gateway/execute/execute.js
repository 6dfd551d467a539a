import { WeirError } from "../model/errors.js";
import { clientPaths } from "./client-paths.js";
import { ErrorList } from "./errors.js";
import { responder } from "./respond.js";
import { dataKeys } from "./response-keys.js";
import { shapesOf } from "./shapes.js";
import { neighbours, StepCompiler } from "./steps.js";
import { typeMembership } from "./type-membership.js";
import { steeringVariables, variantPicker } from "./variants.js";
const defaultExecuteSettings = {
    maxRepresentations: 500,
    maxErrors: 100,
    maxVariants: 16,
    joins: () => true,
    plainRuns: 2,
};
/**
 * Compiles a plan and its operation into what is run once per request. Costs milliseconds at most; the result holds no
 * request's data and may be run many times at once.
 * @throws WeirError GRAPHQL_VALIDATION_FAILED for what cannot be served (subscriptions).
 */
export function compile(input) {
    const { plan, operation } = input;
    if (operation.kind === 'subscription') {
        throw new WeirError('GRAPHQL_VALIDATION_FAILED', 'Subscriptions are not served here; send a query or a mutation.');
    }
    const settings = { ...defaultExecuteSettings, ...input.settings };
    const planned = input.planned ?? operation;
    if (input.planned === undefined && input.denied.size > 0 && Object.keys(plan.internalKeys).length > 0) {
        throw new WeirError('INTERNAL_SERVER_ERROR', 'The operation the plan was made for is needed beside the denied fields.');
    }
    const { document } = operation;
    const dataKey = dataKeys({ internalKeys: plan.internalKeys, document, planned: planned.document });
    const steps = new StepCompiler({
        schema: input.fullSchema ?? input.schema,
        types: typeMembership(input.fullSchema ?? input.schema),
        clientPaths: clientPaths(document, dataKey),
        ...neighbours(plan.root),
        maxRepresentations: settings.maxRepresentations,
        joins: settings.joins,
    });
    const pick = variantPicker(steeringVariables(document, plan), settings.maxVariants, (booleans) => variant(input, settings, { booleans, dataKey, step: steps.plan(plan.root, booleans) }));
    return (request) => pick(request.variables)(request);
}
/** The runnable for one combination of the operation's booleans. */
function variant(input, settings, parts) {
    const { schema, denied, operation } = input;
    const shapes = shapesOf({ schema, denied, ...parts, document: operation.document });
    const weigh = input.weighing?.(parts.dataKey);
    const { introspected = schema } = input;
    const { document } = operation;
    const respond = responder({ schema, introspected, shapes, document, maxErrors: settings.maxErrors });
    let runs = 0;
    return async (request) => {
        runs += 1;
        const run = {
            request,
            data: Object.create(null),
            errors: new ErrorList(settings.maxErrors),
            unknown: new Set(),
            mayNeedEscape: false,
            isHot: runs > settings.plainRuns,
        };
        if (parts.step !== undefined)
            await parts.step(run);
        const result = respond(run);
        return weigh === undefined ? result : { ...result, cost: weigh(run.data, request.variables) };
    };
}
//# sourceMappingURL=execute.js.map