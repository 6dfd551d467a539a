import type { Asker, Gateway, GatewayAnswer } from './gateway.ts';
import type { Operation } from './generated/operations.ts';
import { createTileShelf, type TileShelf } from './tiles.ts';

/** What one client request's resolvers share. */
export interface Context {
  readonly signedIn: boolean;
  readonly tiles: TileShelf;
  ask<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<GatewayAnswer<Data>>;
}

export function createContext(gateway: Gateway, asker: Asker): Context {
  return {
    signedIn: asker.authorization !== undefined,
    tiles: createTileShelf(gateway, asker),
    ask: (operation, variables) => gateway.ask(operation, variables, asker),
  };
}
