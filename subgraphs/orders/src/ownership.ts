import type { Caller } from './caller.ts';
import { callerHasScope, denial } from './rules.ts';
import type { OrderTable } from './tables.ts';

/** Whether the caller may see what belongs to a user: it is their own, or they are staff. */
export function maySeeOrdersOf(caller: Caller, userId: string): boolean {
  return callerHasScope(caller, 'orders:read:any') || (caller.kind === 'user' && caller.id === userId);
}

/** The order when the caller may see it, null when there is none; throws FORBIDDEN or UNAUTHENTICATED otherwise. */
export function visibleTo(caller: Caller, order: OrderTable | undefined): OrderTable | null {
  if (order === undefined) return null;
  if (maySeeOrdersOf(caller, order.user_id)) return order;
  throw denial(caller);
}

/** The signed-in user's id. */
export function idOf(caller: Caller): string {
  if (caller.kind === 'user') return caller.id;
  throw denial(caller); // the permissions let nobody unknown come here
}
