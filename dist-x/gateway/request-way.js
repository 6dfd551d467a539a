import { denialsFor } from "./authorize/authorize.js";
import { authorizeRequest } from "./way/authorize-request.js";
import { WeirError } from "./model/errors.js";
import { refusal } from "./model/refusal.js";
import { anonymous } from "./model/principal.js";
import { inTurn } from "./overload/overload.js";
import { planExposure, withPlan } from "./way/plan-exposure.js";
/**
 * One request, from the parsed HTTP body to the answer's parts. Never rejects: whatever ends a request early is an answer
 * too.
 */
export async function requestWay(request, service, stages, notes) {
    const answered = await throughStages({ request, service, stages, notes });
    const response = notes.toll?.settle(answered) ?? answered;
    notes.errorCodes = response.errors.map(({ extensions }) => extensions.code);
    return response;
}
/** The stages in their order. */
async function throughStages(way) {
    const { request, service, stages, notes } = way;
    const { requestId, signal } = request;
    const { responder } = stages;
    try {
        const asker = await askerOf(way);
        if ('ended' in asker)
            return asker.ended;
        const { principal, clientHeaders, profile } = asker;
        const asked = await askedOf(asker, way);
        if ('ended' in asked)
            return asked.ended;
        const { operation, variables } = asked;
        const authorizing = { request, operation, principal, variables };
        const authorization = await authorizeRequest(authorizing, service, stages, notes);
        if (authorization.kind === 'rejected')
            return responder.failed(authorization.error, requestId);
        const { authorized } = authorization;
        const context = { requestId, principal, clientHeaders, signal };
        const cache = stages.uncached.has(profile) ? undefined : service.cache;
        const visit = await cache?.visit({ operation, shape: authorized.shape, variables, context });
        // Shared budgets answer while policies and caches do.
        const unpaid = await asked.paying;
        if (unpaid !== undefined)
            return responder.refused(unpaid, requestId);
        const kept = keptAnswer(visit, clientHeaders);
        if (kept !== undefined)
            return kept;
        const plan = service.plan(operation, authorized, signal);
        const planned = plan instanceof Promise ? await plan : plan;
        if (planned.kind === 'failed') {
            notes.cause = planned.failure.detail;
            return responder.refused(refusal(planned.failure.code, planned.failure.message), requestId);
        }
        const execution = { operation, authorized, planned, variables, context, visit, profile };
        return await executed(execution, service, stages, notes);
    }
    catch (error) {
        return failedBy(error, way);
    }
}
/** Who asks for the plan wants it of an answer that is made now. */
function keptAnswer(visit, headers) {
    return planExposure(headers) === 'none' ? visit?.response : undefined;
}
function failedBy(error, { request, stages, notes }) {
    if (!(error instanceof WeirError))
        notes.cause = error;
    return stages.responder.failed(error, request.requestId);
}
/** Who asks, unless they ask too much or cannot be believed. */
async function askerOf({ request, stages, notes }) {
    const { identity, responder, tolls, profiles } = stages;
    const { requestId } = request;
    const identified = await identity.identify(request.headers);
    const principal = identified.kind === 'refused' ? anonymous : identified.principal;
    const profile = profiles.of(request, principal);
    notes.profile = profile;
    const toll = tolls?.enter(request, { principal, profile });
    notes.toll = toll;
    if (toll?.refused !== undefined)
        return { ended: responder.refused(toll.refused, requestId) };
    if (identified.kind === 'refused')
        return { ended: responder.failed(identified.error, requestId) };
    notes.principal = principal;
    return { principal, clientHeaders: identified.headers, profile };
}
/** What is asked, unless it is not answered. */
async function askedOf(asker, { request, service, stages, notes }) {
    const { documents, responder } = stages;
    const { requestId } = request;
    const prepared = documents.known(request, service.schema, asker) ??
        (await documents.prepare(request, service.schema, asker));
    if (!prepared.ok)
        return { ended: responder.refused(prepared.refusal, requestId) };
    const { operation } = prepared;
    notes.operation = operation;
    notes.document = prepared.document;
    notes.warnings = prepared.warnings;
    const variables = documents.variables(operation, request.variables, service.schema);
    if (!variables.ok)
        return { ended: responder.refused(variables.refusal, requestId) };
    const { values } = variables;
    const paying = notes.toll?.pay({ costs: service.costs, operation, variables: values });
    if (paying === undefined || paying instanceof Promise)
        return { operation, variables: values, paying };
    return { ended: responder.refused(paying, requestId) };
}
/** Runs the plan, or only shows it to who asks for that and may see it. */
async function executed(execution, service, stages, notes) {
    const { exposePlans, dryRun, responders } = stages;
    const { planned, variables, context, authorized, visit, profile } = execution;
    const responder = responders.get(profile) ?? stages.responder;
    const { requestId } = context;
    const denials = dryRun ? [] : denialsFor(authorized.denials, variables);
    const exposure = planExposure(context.clientHeaders);
    if (exposure === 'dry-run') {
        if (!exposePlans)
            return responder.refused(plansAreHidden, requestId);
        return withPlan(responder.executed({ result: nothingRan, denials, requestId }), planned.plan);
    }
    const run = inTurn(stages.turns, async () => {
        const calls = countedCalls(service.fetch, notes);
        const meter = service.subgraphCosts?.enter(planned.plan, variables, (warning) => {
            notes.warnings = [...(notes.warnings ?? []), warning];
        });
        // What is answered from the cache asks nothing of a subgraph.
        const made = meter?.calls(calls.call) ?? calls.call;
        const call = visit?.calls(made) ?? made;
        const result = await planned.run({ variables, call, context });
        const response = responder.executed({ result, denials, requestId, headers: calls.headers() });
        const finished = visit?.finish(response) ?? response;
        const cost = result.cost ?? meter?.actual();
        return cost === undefined ? finished : { ...finished, cost };
    });
    const response = await shared(execution, { service, isOwn: responders.has(profile) }, run);
    return exposure === 'with-answer' && exposePlans ? withPlan(response, planned.plan) : response;
}
/**
 * Runs, or waits for the same query of the same caller. A header that a subgraph sends may be meant for one client alone,
 * and a mutation is each caller's own: those run by themselves.
 */
function shared({ operation, authorized, variables, context, visit, profile }, { service: { executions, fetch }, isOwn }, run) {
    if (executions === undefined || operation.kind !== 'query' || fetch.responseHeaders.enabled)
        return run();
    const identity = {
        operation: `${operation.hash} ${authorized.shape} ${visit?.mode ?? ''} ${isOwn ? profile : ''}`,
        variables: JSON.stringify(variables),
        principal: context.principal,
        forwarded: fetch.forwarded(context),
    };
    return executions.run(identity, context.signal, run);
}
/** Who asks for a dry run must not have the operation run instead. */
const plansAreHidden = refusal('BAD_REQUEST', 'Query plans are not shown here, and nothing was run.');
const nothingRan = { data: 'null', errors: [], valueCompletion: [] };
/** Subgraph calls of one request: counted, and their headers gathered where a rule passes any on. */
function countedCalls({ call, responseHeaders }, notes) {
    if (!responseHeaders.enabled) {
        const counted = (one, context) => {
            notes.calls += 1;
            return call(one, context);
        };
        return { call: counted, headers: () => noHeaders };
    }
    const gatherer = responseHeaders.gatherer();
    const gathered = async (one, context) => {
        notes.calls += 1;
        const answer = await call(one, context);
        if (answer.kind === 'answered')
            gatherer.add(one.subgraph, answer.headers);
        return answer;
    };
    return { call: gathered, headers: () => gatherer.result() };
}
const noHeaders = {};
//# sourceMappingURL=request-way.js.map