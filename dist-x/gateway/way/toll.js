import { refusal } from "../model/refusal.js";
/** Rates and costs of requests. */
export function createTolls(settings, rates) {
    return {
        enter: (request, asker) => new RequestToll(request, asker, { settings, rates }),
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
    #throttled;
    #estimated;
    #actual;
    constructor(request, { principal, profile }, { settings, rates }) {
        this.#settings = settings;
        this.#headers = request.headers;
        this.#visit = rates.enter(request, principal, profile);
        this.#max = settings.profileMax.get(profile) ?? settings.max;
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
    throttled() {
        return this.#throttled?.over;
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
        const cost = this.#costReport();
        const headers = this.#ownHeaders();
        if (headers === undefined && cost === undefined)
            return response;
        const told = headers === undefined ? response.headers : { ...response.headers, ...headers };
        if (cost === undefined)
            return { ...response, headers: told };
        const extensions = { ...response.extensions, cost };
        if (cost.throttleStatus === undefined)
            return { ...response, headers: told, extensions };
        // The budget is the caller's own, and is another one with the next answer.
        return { ...response, headers: ownHeaders(told), extensions, untagged: true };
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
        this.#throttled = throttled;
        return throttledRefusal(throttled, this.#estimated);
    }
    /** `undefined` for most answers, which have none. */
    #ownHeaders() {
        const wait = this.#throttled?.retryAfterMs;
        const cost = this.#costHeaders();
        if (wait === undefined || wait === Infinity)
            return cost;
        return { ...cost, 'retry-after': String(seconds(wait)) };
    }
    #costHeaders() {
        if (this.#estimated === undefined || !this.#isAsked(this.#settings.headers, 'headers'))
            return undefined;
        return {
            'x-cost-estimated': String(this.#estimated),
            'x-cost-actual': String(this.#actual ?? 0),
            ...(this.#settings.mode === undefined ? {} : { 'x-cost-max': String(this.#max) }),
        };
    }
    /** Shopify's shape. */
    #costReport() {
        const shown = this.#settings.extensions;
        const isAsked = this.#isAsked(shown, 'extensions');
        if (!isAsked && shown !== 'auto')
            return undefined;
        const budget = this.#visit.budget();
        if (budget === undefined && (this.#estimated === undefined || !isAsked))
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
/** Not for caches that several people share. */
function ownHeaders(headers) {
    const control = headers['cache-control'];
    if (typeof control !== 'string' || !control.includes('public'))
        return headers;
    return { ...headers, 'cache-control': control.replace('public', 'private') };
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