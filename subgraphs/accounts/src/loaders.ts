import type DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import { oneByKey, pageByKey, type PageKey } from './batching.ts';
import type { AddressModel, UserModel } from './models.ts';
import type { Tables } from './tables.ts';

/** Everything that resolvers read by a key: one statement for all keys of one turn. */
export interface Loaders {
  readonly userById: DataLoader<string, UserModel | undefined>;
  readonly userByHandle: DataLoader<string, UserModel | undefined>;
  readonly addressById: DataLoader<string, AddressModel | undefined>;
  readonly addressesOfUser: DataLoader<PageKey<number>, readonly AddressModel[], string>;
}

export function loadersOver(db: Kysely<Tables>): Loaders {
  const users = (column: 'id' | 'handle') => (keys: readonly string[]) =>
    db.selectFrom('account').selectAll().where(column, 'in', keys).execute();
  return {
    userById: oneByKey(users('id'), (row) => row.id),
    userByHandle: oneByKey(users('handle'), (row) => row.handle),
    addressById: oneByKey(
      (ids) => db.selectFrom('address').selectAll().where('id', 'in', ids).execute(),
      (row: AddressModel) => row.id,
    ),
    addressesOfUser: pageByKey(
      (ids, first: number) => firstAddresses(db, ids, first),
      (row) => row.account_id,
    ),
  };
}

/** The default address first, then the oldest. */
function firstAddresses(
  db: Kysely<Tables>,
  ids: readonly string[],
  first: number,
): Promise<readonly AddressModel[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('address')
        .selectAll()
        .select((row) =>
          row.fn
            .agg<number>('row_number')
            .over((over) =>
              over
                .partitionBy('account_id')
                .orderBy('is_default', 'desc')
                .orderBy('created_at')
                .orderBy('id'),
            )
            .as('place'),
        )
        .where('account_id', 'in', ids)
        .as('placed'),
    )
    .selectAll()
    .where('place', '<=', first)
    .orderBy('place')
    .execute();
}
