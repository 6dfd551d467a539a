import { clientName } from "./model/client-name.js";
import { refusal } from "./model/refusal.js";
/** Rates and costs of requests. */
export function createTolls(settings, rates) {
    return {
        enter: (request, principal) => new RequestToll(request, principal, { settings, rates }),
        close: () => rates.close(),
    };
}
class RequestToll {
    refused;
    #settings;
    #headers;
    #visit;
    #max;
    #warnings = [];
    #retryAfterMs;
    #estimated;
    #actual;
    constructor(request, principal, { settings, rates }) {
        this.#settings = settings;
        this.#headers = request.headers;
        this.#visit = rates.enter(request, principal);
        this.#max = maxFor(settings, request, principal);
        this.refused = this.#refusalFor(this.#visit.throttled);
    }
    get warnings() {
        return this.#warnings;
    }
    estimated() {
        return this.#estimated;
    }
    actual() {
        return this.#actual;
    }
    pay({ costs, operation, variables }) {
        const tooMuch = costs && this.#checked(costs.of(operation), variables);
        if (tooMuch !== undefined)
            return tooMuch;
        const paid = this.#visit.pay(this.#estimated ?? 0);
        const refusalOf = ({ throttled }) => this.#refusalFor(throttled);
        return paid instanceof Promise ? paid.then(refusalOf) : refusalOf(paid);
    }
    settle(response) {
        // What was refused, or was at hand already, cost nothing.
        if (this.#estimated !== undefined)
            this.#actual = response.cost ?? 0;
        this.#visit.leave(this.#actual ?? 0);
        const headers = { ...this.#costHeaders(), ...this.#retryHeader() };
        const cost = this.#costReport();
        const plain = Object.keys(headers).length === 0;
        if (plain && cost === undefined)
            return response;
        return {
            ...response,
            headers: plain ? response.headers : { ...response.headers, ...headers },
            extensions: cost === undefined ? response.extensions : { ...response.extensions, cost },
        };
    }
    #checked(cost, variables) {
        const { cost: estimated, unsliced } = cost.estimate(variables);
        this.#estimated = estimated;
        const { mode } = this.#settings;
        const tooMuch = unsliced.length > 0
            ? unslicedRefusal(unsliced)
            : estimated > this.#max
                ? tooExpensive(estimated, this.#max)
                : undefined;
        if (mode === undefined || tooMuch === undefined)
            return undefined;
        if (mode === 'enforce')
            return tooMuch;
        this.#warnings.push(tooMuch.code);
        return undefined;
    }
    #refusalFor(throttled) {
        if (throttled === undefined)
            return undefined;
        this.#retryAfterMs = throttled.retryAfterMs;
        return throttledRefusal(throttled, this.#estimated);
    }
    #retryHeader() {
        const wait = this.#retryAfterMs;
        return wait === undefined || wait === Infinity ? {} : { 'retry-after': String(seconds(wait)) };
    }
    #costHeaders() {
        if (this.#estimated === undefined || !this.#isAsked(this.#settings.headers, 'headers'))
            return {};
        return {
            'x-cost-estimated': String(this.#estimated),
            'x-cost-actual': String(this.#actual ?? 0),
            ...(this.#settings.mode === undefined ? {} : { 'x-cost-max': String(this.#max) }),
        };
    }
    /** Shopify's shape. */
    #costReport() {
        const budget = this.#visit.budget();
        if (this.#estimated === undefined && budget === undefined)
            return undefined;
        const shown = this.#settings.extensions;
        const always = shown === 'always' || (shown === 'auto' && budget !== undefined);
        if (!always && !this.#isAsked(shown, 'extensions'))
            return undefined;
        return {
            requestedQueryCost: this.#estimated ?? null,
            actualQueryCost: this.#actual ?? null,
            ...(budget === undefined ? {} : { throttleStatus: budget }),
        };
    }
    #isAsked(shown, report) {
        if (shown === 'never' || shown === 'always')
            return shown === 'always';
        const asked = this.#headers['x-cost-report'];
        return typeof asked === 'string' && asked.includes(report);
    }
}
function maxFor({ max, clientMax }, request, principal) {
    if (clientMax.size === 0)
        return max;
    const verified = principal.kind === 'known' ? principal.client : undefined;
    const client = verified ?? clientName(request.headers).name;
    return (client === undefined ? undefined : clientMax.get(client)) ?? max;
}
function tooExpensive(estimated, max) {
    const allowed = `at most ${String(max)} allowed, demand_control.strategy.static_estimated.max`;
    const message = `The operation may cost ${String(estimated)} (${allowed}). Ask for fewer or shorter lists.`;
    return refusal('COST_ESTIMATED_TOO_EXPENSIVE', message, { estimated, maximum: max });
}
function unslicedRefusal(fields) {
    const named = fields.slice(0, 5).join(', ');
    return refusal('COST_QUERY_PARSE_FAILURE', `Give exactly one argument that says how many items come: ${named}.`);
}
const words = {
    requests: 'Too many requests',
    cost: 'The budget is spent',
    concurrency: 'Too many requests at once',
};
function throttledRefusal({ over, retryAfterMs }, cost) {
    if (retryAfterMs === Infinity) {
        const message = `The operation costs ${String(cost ?? 0)}, more than the budget ever holds.`;
        return refusal('RATE_LIMIT_EXCEEDED', message, { limit: over });
    }
    const retryAfter = seconds(retryAfterMs);
    return refusal('RATE_LIMIT_EXCEEDED', `${words[over]}. Try again in ${String(retryAfter)} s.`, {
        ...{ limit: over, retryAfter },
    });
}
const seconds = (ms) => Math.max(1, Math.ceil(ms / 1000));
//# sourceMappingURL=toll.js.map