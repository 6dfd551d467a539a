import { addAddress, removeAddress } from '../address-book.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import type { SessionModel, UserModel } from '../models.ts';
import { sessionOver, tooManyAttempts, wrongCredentials } from '../refusals.ts';
import { changeProfile, createAccount, emailKey } from '../registration.ts';
import { grantsOf } from '../roles.ts';
import { denial } from '../rules.ts';
import { beginSession, endSession, refreshSession } from '../sessions.ts';

const maxCredentialLength = 300;

export const mutation: MutationResolvers = {
  signIn: async (_root, { email, password }, context) => {
    const { db, passwords, throttle, now } = context;
    // Longer than any that can be registered; hashing them would only cost time.
    if (email.length > maxCredentialLength || password.length > maxCredentialLength) throw wrongCredentials();
    const key = emailKey(email);
    const admission = throttle.attempt(key, now.getTime());
    if (admission.kind === 'wait') throw tooManyAttempts(admission.seconds);
    const account = couldBeKey(key)
      ? await db.selectFrom('account').selectAll().where('email', '=', key).executeTakeFirst()
      : undefined;
    const isRight = await passwords.matches(password, account?.password_hash);
    if (account === undefined || !isRight) throw wrongCredentials();
    throttle.succeeded(key);
    return sessionFor(account, await beginSession(db, account.id, now), context);
  },

  refreshSession: async (_root, { refreshToken }, context) => {
    const { db, log, now } = context;
    if (refreshToken.length > maxCredentialLength) throw sessionOver();
    const outcome = await refreshSession(db, refreshToken, now);
    if (outcome.kind === 'stolen') {
      log('warn', 'a refresh token was used twice; its session has been ended', {
        session: outcome.sessionId,
      });
    }
    if (outcome.kind !== 'refreshed') throw sessionOver();
    const account = await context.loaders.userById.load(outcome.accountId);
    if (account === undefined) throw sessionOver();
    return sessionFor(account, outcome.refreshToken, context);
  },

  signOut: async (_root, { refreshToken }, { db, now }) =>
    refreshToken.length <= maxCredentialLength && (await endSession(db, refreshToken, now)),

  register: async (_root, { input }, context) => {
    const account = await createAccount(context, input);
    return sessionFor(account, await beginSession(context.db, account.id, context.now), context);
  },

  updateProfile: async (_root, { input }, context) => {
    const { db, loaders } = context;
    const current = await personOf(context);
    const changed = await changeProfile(db, current, input);
    if (changed === undefined) throw denial(context.caller);
    loaders.userById.clear(current.id);
    loaders.userByHandle.clear(current.handle).clear(changed.handle);
    return changed;
  },

  addAddress: async (_root, { input }, context) => {
    const { id } = await personOf(context);
    const added = await addAddress(context.db, id, input, context.now);
    forgetAddresses(context);
    return added;
  },

  removeAddress: async (_root, { id }, context) => {
    const person = await personOf(context);
    const removed = couldBeKey(id) && (await removeAddress(context.db, person.id, id));
    forgetAddresses(context);
    return removed;
  },
};

async function sessionFor(account: UserModel, refreshToken: string, context: Context): Promise<SessionModel> {
  const grants = grantsOf(account.role);
  const token = await context.issue(account.id, grants, context.now);
  context.caller = {
    kind: 'user',
    id: account.id,
    scopes: new Set(grants.scopes),
    roles: new Set(grants.roles),
    policies: new Set(grants.policies),
  };
  return {
    accessToken: token.text,
    accessTokenExpiresAt: token.expiresAt.toISOString(),
    refreshToken,
    account,
  };
}

/** The account of the caller; servers have tokens but no account. */
async function personOf({ caller, loaders }: Context): Promise<UserModel> {
  const account = caller.kind === 'user' ? await loaders.userById.load(caller.id) : undefined;
  if (account === undefined) throw denial(caller);
  return account;
}

function forgetAddresses({ loaders }: Context): void {
  loaders.addressesOfUser.clearAll();
  loaders.addressById.clearAll();
}
