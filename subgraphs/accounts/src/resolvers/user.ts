import type { Context } from '../context.ts';
import type { SessionResolvers, UserResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import type { UserModel } from '../models.ts';
import { firstOf } from '../page.ts';

async function userOf(reference: object, { loaders }: Context): Promise<UserModel | null> {
  // A representation comes from outside: its keys may be absent or of any type.
  if ('id' in reference && couldBeKey(reference.id))
    return (await loaders.userById.load(reference.id)) ?? null;
  if ('handle' in reference && couldBeKey(reference.handle)) {
    return (await loaders.userByHandle.load(reference.handle)) ?? null;
  }
  return null;
}

export const user: UserResolvers = {
  __resolveReference: userOf,
  addresses: async (row, { first }, { loaders, spend }) => {
    const addresses = await loaders.addressesOfUser.load({ key: row.id, page: firstOf(first, 10) });
    spend(addresses.length);
    return addresses;
  },
  roles: (row) => [row.role],
  memberSince: (row) => row.created_at,
  loyaltyPoints: (row) => row.loyalty_points,
  riskScore: (row) => row.risk_score,
};

export const session: SessionResolvers = {
  user: (row) => row.account,
};
