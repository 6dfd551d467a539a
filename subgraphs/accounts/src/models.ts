import type { Selectable } from 'kysely';
import type { Connection } from './page.ts';
import type { AccountTable, AddressTable } from './tables.ts';

/** What resolvers are given for each GraphQL type; scripts/generate.ts reads the names. */
export type UserModel = Selectable<AccountTable>;
export type AddressModel = Selectable<AddressTable>;

export interface SessionModel {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly account: UserModel;
}

/** A page of a list; the total is counted only when it is asked for. */
export interface UserConnectionModel extends Connection<UserModel> {
  readonly totalCount: () => Promise<number>;
}
