import { fieldsOf, graphqlCall } from './graphql-call.ts';
import type { ServiceToken } from './service-token.ts';
import { NeighbourUnavailable, type Wire } from './wire.ts';

export type Reservation =
  | { readonly kind: 'held'; readonly warehouse: string | null }
  | { readonly kind: 'missing'; readonly products: readonly string[] };

/** The inventory's service operations; all may be repeated. Each rejects with NeighbourUnavailable when it is unclear what was done. */
export interface Inventory {
  reserve(
    orderId: string,
    lines: readonly { readonly productId: string; readonly quantity: number }[],
  ): Promise<Reservation>;
  /** Gives back what the order holds or has taken, and keeps later requests for the order from holding anything. */
  release(orderId: string): Promise<void>;
  /** False when the order holds nothing any more. */
  confirm(orderId: string): Promise<boolean>;
}

const reserveQuery = `mutation Reserve($input: ReserveStockInput!) {
  reserveStock(input: $input) { reserved warehouse { code } missing }
}`;
const releaseQuery = 'mutation Release($orderId: ID!) { releaseStock(orderId: $orderId) }';
const confirmQuery = 'mutation Confirm($orderId: ID!) { confirmStock(orderId: $orderId) }';

export function inventoryAt(url: string, wire: Wire, token: ServiceToken): Inventory {
  const call = async (
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const answer = await graphqlCall(wire, {
        url,
        query,
        variables,
        authorization: await token.authorization(),
      });
      if (answer.kind === 'data') return answer.data;
      token.drop(); // keys may have been changed since it was issued: one more try with a new one
    }
    throw new NeighbourUnavailable('the inventory does not believe our token');
  };
  return {
    reserve: async (orderId, lines) => {
      const input = { orderId, lines: lines.map(({ productId, quantity }) => ({ productId, quantity })) };
      return reservationOf(fieldsOf((await call(reserveQuery, { input }))['reserveStock']));
    },
    release: async (orderId) => {
      booleanOf((await call(releaseQuery, { orderId }))['releaseStock']);
    },
    confirm: async (orderId) => booleanOf((await call(confirmQuery, { orderId }))['confirmStock']),
  };
}

function reservationOf(answer: Readonly<Record<string, unknown>> | undefined): Reservation {
  const code = fieldsOf(answer?.['warehouse'])?.['code'];
  if (answer?.['reserved'] === true)
    return { kind: 'held', warehouse: typeof code === 'string' ? code : null };
  const missing = answer?.['missing'];
  if (answer?.['reserved'] !== false || !Array.isArray(missing)) throw senseless();
  return { kind: 'missing', products: missing.map(String) };
}

function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw senseless();
  return value;
}

const senseless = (): NeighbourUnavailable =>
  new NeighbourUnavailable('the inventory answered something else than asked');
