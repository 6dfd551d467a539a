import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

export interface Bill {
  readonly orderId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
}

export type Charge = { readonly kind: 'paid' } | { readonly kind: 'declined'; readonly message: string };

/** A payment provider. Both calls may be repeated for the same order and then change nothing more. */
export interface Payments {
  /** Takes money; rejects when the provider does not say whether it did. */
  charge(bill: Bill, token: string): Promise<Charge>;
  /** Gives back what was taken for the order, and refuses to take anything for it later. */
  refund(orderId: string): Promise<void>;
}

/** A provider for the sample shop: `tok_ok` pays, `tok_error` breaks down, any other token is declined. */
export function simulatedPayments(db: Kysely<Tables>): Payments {
  return {
    charge: async ({ orderId, amount, currency }, token) => {
      if (token === 'tok_error') throw new Error('the payment provider broke down');
      if (token !== 'tok_ok') return { kind: 'declined', message: 'The payment was declined.' };
      await db
        .insertInto('payment')
        .values({ order_id: orderId, amount, currency, refunded: 0 })
        .onConflict((conflict) => conflict.column('order_id').doNothing())
        .execute();
      const { refunded } = await db
        .selectFrom('payment')
        .select('refunded')
        .where('order_id', '=', orderId)
        .executeTakeFirstOrThrow();
      return refunded === 0 ? { kind: 'paid' } : { kind: 'declined', message: 'The payment was called off.' };
    },
    refund: async (orderId) => {
      await db
        .insertInto('payment')
        .values({ order_id: orderId, amount: 0, currency: 'EUR', refunded: 1 })
        .onConflict((conflict) => conflict.column('order_id').doUpdateSet({ refunded: 1 }))
        .execute();
    },
  };
}
