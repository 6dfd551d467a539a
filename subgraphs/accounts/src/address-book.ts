import type { Kysely, Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { AddressInput } from './generated/schema.ts';
import { badInput, inputCheck } from './input.ts';
import type { AddressModel } from './models.ts';
import type { AddressTable, Tables } from './tables.ts';

const maxAddresses = 20;
const countryShape = { pattern: /^[A-Z]{2}$/, reason: 'must be two letters, for example DE' };

/** Adds an address; the first one is the default, whatever was asked for. */
export async function addAddress(
  db: Kysely<Tables>,
  accountId: string,
  input: AddressInput,
  now: Date,
): Promise<AddressModel> {
  const parts = checked(input);
  return db.transaction().execute(async (transaction) => {
    // Locks the account's row, so that of two requests at once the second counts what the first has added.
    await transaction
      .updateTable('account')
      .set((eb) => ({ id: eb.ref('id') }))
      .where('id', '=', accountId)
      .execute();
    const { count } = await transaction
      .selectFrom('address')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxAddresses)
      throw badInput('input', `is one too many: ${maxAddresses} addresses are kept`);
    const isDefault = Number(count) === 0 || input.isDefault === true;
    if (isDefault) await clearDefault(transaction, accountId);
    const row: AddressTable = {
      id: `a-${randomUUID()}`,
      account_id: accountId,
      ...parts,
      is_default: isDefault ? 1 : 0,
      created_at: now.toISOString(),
    };
    return transaction.insertInto('address').values(row).returningAll().executeTakeFirstOrThrow();
  });
}

/** Removes one of the account's addresses; when it was the default, the oldest that is left becomes it. */
export function removeAddress(db: Kysely<Tables>, accountId: string, id: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const removed = await transaction
      .deleteFrom('address')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .returning('is_default')
      .executeTakeFirst();
    if (removed?.is_default === 1) {
      await transaction
        .updateTable('address')
        .set({ is_default: 1 })
        .where('id', '=', (query) =>
          query
            .selectFrom('address')
            .select('id')
            .where('account_id', '=', accountId)
            .orderBy('created_at')
            .orderBy('id')
            .limit(1),
        )
        .execute();
    }
    return removed !== undefined;
  });
}

async function clearDefault(transaction: Transaction<Tables>, accountId: string): Promise<void> {
  await transaction
    .updateTable('address')
    .set({ is_default: 0 })
    .where('account_id', '=', accountId)
    .execute();
}

type AddressParts = Pick<AddressTable, 'label' | 'recipient' | 'street' | 'postal_code' | 'city' | 'country'>;

function checked(input: AddressInput): AddressParts {
  const check = inputCheck();
  const parts = {
    label: check.text('input.label', input.label, { min: 1, max: 40 }),
    recipient: check.text('input.recipient', input.recipient, { min: 1, max: 100 }),
    street: check.text('input.street', input.street, { min: 1, max: 120 }),
    postal_code: check.text('input.postalCode', input.postalCode, { min: 2, max: 12 }),
    city: check.text('input.city', input.city, { min: 1, max: 80 }),
    country: check.text('input.country', input.country.toUpperCase(), {
      min: 2,
      max: 2,
      shape: countryShape,
    }),
  };
  check.done();
  return parts;
}
