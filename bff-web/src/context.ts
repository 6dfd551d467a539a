import type { Asker, Gateway, GatewayAnswer } from './gateway.ts';
import type { Operation } from './generated/operations.ts';
import { createCardShelf, type CardShelf } from './product-cards.ts';

/** What one client request's resolvers share. */
export interface Context {
  readonly signedIn: boolean;
  readonly cards: CardShelf;
  ask<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<GatewayAnswer<Data>>;
}

/** @param now milliseconds since 1970 */
export function createContext(gateway: Gateway, asker: Asker, now: number): Context {
  return {
    signedIn: asker.authorization !== undefined,
    cards: createCardShelf(gateway, asker, now),
    ask: (operation, variables) => gateway.ask(operation, variables, asker),
  };
}
