import { allow, rule } from 'graphql-shield';
import type { Context } from './context.ts';
import type { AddressModel, UserModel } from './models.ts';
import { callerHasScope, federationRules, hasScope, signedIn } from './rules.ts';

const staff = 'users:read';

const ownProfile = rule('ownProfile', { cache: 'no_cache' })(
  (user: UserModel, _args: unknown, { caller }: Context) =>
    callerHasScope(caller, staff) || (caller.kind === 'user' && caller.id === user.id),
);

const ownAddress = rule('ownAddress', { cache: 'no_cache' })(
  (address: AddressModel, _args: unknown, { caller }: Context) =>
    callerHasScope(caller, staff) || (caller.kind === 'user' && caller.id === address.account_id),
);

/** Who may ask what. What is not named here nobody may. */
export const permissions = {
  Query: { ...federationRules.query, me: allow, user: allow, users: hasScope(staff) },
  ...federationRules.types,
  Mutation: {
    signIn: allow,
    refreshSession: allow,
    signOut: allow,
    register: allow,
    updateProfile: signedIn,
    addAddress: signedIn,
    removeAddress: signedIn,
  },
  User: {
    id: allow,
    handle: allow,
    name: allow,
    memberSince: allow,
    loyaltyPoints: allow,
    email: ownProfile,
    addresses: ownProfile,
    roles: hasScope(staff),
    riskScore: hasScope(staff),
  },
  // Addresses can also be reached as entities, past the user that they belong to.
  Address: ownAddress,
  Session: allow,
  UserConnection: allow,
  UserEdge: allow,
  PageInfo: allow,
};
