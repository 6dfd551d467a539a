import type { CancelSignal } from '../model/cancellation.ts';
import type { Epoch } from '../model/epoch.ts';
import type { GraphQLResponse } from '../model/graphql-response.ts';
import type { Principal } from '../model/principal.ts';

/** What makes two queries one: whoever differs in any of it gets an execution of their own. */
export interface ExecutionIdentity {
  /** Operation and what of it the caller may see. */
  readonly operation: string;
  /** Coerced variables as text. */
  readonly variables: string;
  readonly principal: Principal;
  /** Text of every header that any subgraph would get. */
  readonly forwarded: string;
}

/** An execution in flight, on behalf of whoever asked first. */
interface Flight {
  readonly response: Promise<GraphQLResponse>;
  /** The first caller's: when it aborts, the execution ends with it and the others make a new one. */
  readonly signal: CancelSignal;
}

/**
 * Emptied when the execution ends: a map that is added to and deleted from leaves discarded tables behind, and what these
 * hold, whole answers, would live on until the next full garbage collection.
 */
interface Slot {
  flight: Flight | undefined;
}

const hasLeft = ({ signal }: Flight): boolean => signal.aborted;

export interface SharedExecutions {
  /** Runs, or waits for an equal execution that is under way. Rejects as `run` does. */
  run(
    identity: ExecutionIdentity,
    signal: CancelSignal,
    run: () => Promise<GraphQLResponse>,
  ): Promise<GraphQLResponse>;
  /** How many were spared so far. */
  stats(): { readonly shared: number };
}

/**
 * Lets identical queries in flight share one execution. Only for queries, and only where no header of a subgraph's answer
 * reaches the client: such a header may be meant for one client alone. Who asks in another epoch gets an execution of
 * their own: what has changed since may not be in the one under way.
 */
export function sharedExecutions(epoch: Epoch): SharedExecutions {
  const flights = new Map<string, Slot>();
  const numbers = new WeakMap<Principal, number>();
  let last = 0;
  let shared = 0;
  /** One object stands for one verified token, so no two people ever have the same number. */
  const numberOf = (principal: Principal): number => {
    if (principal.kind === 'anonymous') return 0;
    const known = numbers.get(principal);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(principal, last);
    return last;
  };
  const share: SharedExecutions['run'] = async (identity, signal, run) => {
    const { operation, variables, principal, forwarded } = identity;
    // The lengths keep one part from passing for the end of another.
    const key = `${epoch.number} ${numberOf(principal)} ${operation.length} ${variables.length} ${operation}${variables}${forwarded}`;
    const flight = flights.get(key)?.flight;
    if (flight !== undefined && !hasLeft(flight)) {
      shared += 1;
      const response = await flight.response;
      return hasLeft(flight) && !signal.aborted ? share(identity, signal, run) : response;
    }
    const slot: Slot = { flight: undefined };
    const response = run().finally(() => {
      slot.flight = undefined;
      if (flights.get(key) === slot) flights.delete(key);
    });
    slot.flight = { response, signal };
    flights.set(key, slot);
    return response;
  };
  return { run: share, stats: () => ({ shared }) };
}
