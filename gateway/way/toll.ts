import type { Costs, OperationCost } from '../cost/cost.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { GraphQLResponse } from '../model/graphql-response.ts';
import type { Operation } from '../model/operation.ts';
import type { Principal } from '../model/principal.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import type { BudgetState, Paid, Rates, Throttled, Visit } from '../rates/rates.ts';

export type Shown = 'auto' | 'always' | 'on_request' | 'never';

export interface TollSettings {
  /** Refuse what costs too much; else it is only told. `undefined`: costs have no limit. */
  readonly mode: 'measure' | 'enforce' | undefined;
  /** For one operation. */
  readonly max: number;
  /** By the profile of the client program, in place of `max`. */
  readonly profileMax: ReadonlyMap<string, number>;
  readonly extensions: Shown;
  readonly headers: Shown;
}

/** What one request has to bear: rates, limits of cost, and the report about it. */
export interface Toll {
  /** Set when the request is not answered at all. */
  readonly refused: Refusal | undefined;
  /** Estimates and pays; `undefined` when the operation may run. Never rejects. */
  readonly pay: (asked: AskedOperation) => Refusal | undefined | Promise<Refusal | undefined>;
  /** Settles what was spent, and tells of it as asked. To be called once, with whatever the request is answered. */
  readonly settle: (response: GraphQLResponse) => GraphQLResponse;
  readonly estimated: () => number | undefined;
  readonly actual: () => number | undefined;
  /** Which limit refused the request. */
  readonly throttled: () => Throttled['over'] | undefined;
  /** Codes of limits that are only measured. */
  readonly warnings: readonly string[];
}

export interface AskedOperation {
  /** `undefined`: costs are not looked at. */
  readonly costs: Costs | undefined;
  readonly operation: Operation;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface TollAsker {
  readonly principal: Principal;
  /** Of the client program. */
  readonly profile: string;
}

export interface Tolls {
  readonly enter: (request: GraphQLRequest, asker: TollAsker) => Toll;
  readonly close: () => Promise<void>;
}

/** Rates and costs of requests. */
export function createTolls(settings: TollSettings, rates: Rates): Tolls {
  return {
    enter: (request, asker) => new RequestToll(request, asker, { settings, rates }),
    close: () => rates.close(),
  };
}

class RequestToll implements Toll {
  readonly refused: Refusal | undefined;
  readonly #settings: TollSettings;
  readonly #headers: GraphQLRequest['headers'];
  readonly #visit: Visit;
  readonly #max: number;
  readonly #warnings: string[] = [];
  #throttled: Throttled | undefined;
  #estimated: number | undefined;
  #actual: number | undefined;

  constructor(
    request: GraphQLRequest,
    { principal, profile }: TollAsker,
    { settings, rates }: { readonly settings: TollSettings; readonly rates: Rates },
  ) {
    this.#settings = settings;
    this.#headers = request.headers;
    this.#visit = rates.enter(request, principal, profile);
    this.#max = settings.profileMax.get(profile) ?? settings.max;
    this.refused = this.#refusalFor(this.#visit.throttled);
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  estimated(): number | undefined {
    return this.#estimated;
  }

  actual(): number | undefined {
    return this.#actual;
  }

  throttled(): Throttled['over'] | undefined {
    return this.#throttled?.over;
  }

  pay({ costs, operation, variables }: AskedOperation): Refusal | undefined | Promise<Refusal | undefined> {
    const tooMuch = costs && this.#checked(costs.of(operation), variables);
    if (tooMuch !== undefined) return tooMuch;
    const paid = this.#visit.pay(this.#estimated ?? 0);
    const refusalOf = ({ throttled }: Paid): Refusal | undefined => this.#refusalFor(throttled);
    return paid instanceof Promise ? paid.then(refusalOf) : refusalOf(paid);
  }

  settle(response: GraphQLResponse): GraphQLResponse {
    // What was refused, or was at hand already, cost nothing.
    if (this.#estimated !== undefined) this.#actual = response.cost ?? 0;
    this.#visit.leave(this.#actual ?? 0);
    const cost = this.#costReport();
    const headers = this.#ownHeaders();
    if (headers === undefined && cost === undefined) return response;
    const told = headers === undefined ? response.headers : { ...response.headers, ...headers };
    if (cost === undefined) return { ...response, headers: told };
    const extensions = { ...response.extensions, cost };
    if (cost.throttleStatus === undefined) return { ...response, headers: told, extensions };
    // The budget is the caller's own, and is another one with the next answer.
    return { ...response, headers: ownHeaders(told), extensions, untagged: true };
  }

  #checked(cost: OperationCost, variables: AskedOperation['variables']): Refusal | undefined {
    const { cost: estimated, unsliced } = cost.estimate(variables);
    this.#estimated = estimated;
    const { mode } = this.#settings;
    const tooMuch =
      unsliced.length > 0
        ? unslicedRefusal(unsliced)
        : estimated > this.#max
          ? tooExpensive(estimated, this.#max)
          : undefined;
    if (mode === undefined || tooMuch === undefined) return undefined;
    if (mode === 'enforce') return tooMuch;
    this.#warnings.push(tooMuch.code);
    return undefined;
  }

  #refusalFor(throttled: Throttled | undefined): Refusal | undefined {
    if (throttled === undefined) return undefined;
    this.#throttled = throttled;
    return throttledRefusal(throttled, this.#estimated);
  }

  /** `undefined` for most answers, which have none. */
  #ownHeaders(): GraphQLResponse['headers'] | undefined {
    const wait = this.#throttled?.retryAfterMs;
    const cost = this.#costHeaders();
    if (wait === undefined || wait === Infinity) return cost;
    return { ...cost, 'retry-after': String(seconds(wait)) };
  }

  #costHeaders(): GraphQLResponse['headers'] | undefined {
    if (this.#estimated === undefined || !this.#isAsked(this.#settings.headers, 'headers')) return undefined;
    return {
      'x-cost-estimated': String(this.#estimated),
      'x-cost-actual': String(this.#actual ?? 0),
      ...(this.#settings.mode === undefined ? {} : { 'x-cost-max': String(this.#max) }),
    };
  }

  /** Shopify's shape. */
  #costReport(): CostReport | undefined {
    const shown = this.#settings.extensions;
    const isAsked = this.#isAsked(shown, 'extensions');
    if (!isAsked && shown !== 'auto') return undefined;
    const budget = this.#visit.budget();
    if (budget === undefined && (this.#estimated === undefined || !isAsked)) return undefined;
    return {
      requestedQueryCost: this.#estimated ?? null,
      actualQueryCost: this.#actual ?? null,
      ...(budget === undefined ? {} : { throttleStatus: budget }),
    };
  }

  #isAsked(shown: Shown, report: 'headers' | 'extensions'): boolean {
    if (shown === 'never' || shown === 'always') return shown === 'always';
    const asked = this.#headers['x-cost-report'];
    return typeof asked === 'string' && asked.includes(report);
  }
}

interface CostReport {
  readonly requestedQueryCost: number | null;
  readonly actualQueryCost: number | null;
  readonly throttleStatus?: BudgetState;
}

/** Not for caches that several people share. */
function ownHeaders(headers: GraphQLResponse['headers']): GraphQLResponse['headers'] {
  const control = headers['cache-control'];
  if (typeof control !== 'string' || !control.includes('public')) return headers;
  return { ...headers, 'cache-control': control.replace('public', 'private') };
}

function tooExpensive(estimated: number, max: number): Refusal {
  const allowed = `at most ${String(max)} allowed, demand_control.strategy.static_estimated.max`;
  const message = `The operation may cost ${String(estimated)} (${allowed}). Ask for fewer or shorter lists.`;
  return refusal('COST_ESTIMATED_TOO_EXPENSIVE', message, { estimated, maximum: max });
}

function unslicedRefusal(fields: readonly string[]): Refusal {
  const named = fields.slice(0, 5).join(', ');
  return refusal(
    'COST_QUERY_PARSE_FAILURE',
    `Give exactly one argument that says how many items come: ${named}.`,
  );
}

const words = {
  requests: 'Too many requests',
  cost: 'The budget is spent',
  concurrency: 'Too many requests at once',
};

function throttledRefusal({ over, retryAfterMs }: Throttled, cost: number | undefined): Refusal {
  if (retryAfterMs === Infinity) {
    const message = `The operation costs ${String(cost ?? 0)}, more than the budget ever holds.`;
    return refusal('RATE_LIMIT_EXCEEDED', message, { limit: over });
  }
  const retryAfter = seconds(retryAfterMs);
  return refusal('RATE_LIMIT_EXCEEDED', `${words[over]}. Try again in ${String(retryAfter)} s.`, {
    ...{ limit: over, retryAfter },
  });
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
