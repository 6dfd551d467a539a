import type { Kysely, Transaction } from 'kysely';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sessionDays } from './token-lifetime.ts';
import type { Tables } from './tables.ts';

const dayMs = 86_400_000;
const keepUsedDays = 7;
const maxSessions = 50;
const tokenBytes = 32;

/** What came of handing in a refresh token. */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly accountId: string; readonly refreshToken: string }
  | { readonly kind: 'unknown' }
  /** The token had been used before, so somebody has a copy: its whole session has been ended. */
  | { readonly kind: 'stolen'; readonly sessionId: string };

/** Begins a session and answers its first refresh token. */
export function beginSession(db: Kysely<Tables>, accountId: string, now: Date): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    await tidySessions(transaction, accountId, now);
    const id = randomUUID();
    await transaction
      .insertInto('session')
      .values({
        id,
        account_id: accountId,
        created_at: now.toISOString(),
        expires_at: daysFrom(now, sessionDays),
        ended_at: null,
      })
      .execute();
    return newRefreshToken(transaction, id, now);
  });
}

/** Spends a refresh token for the next one. */
export function refreshSession(db: Kysely<Tables>, token: string, now: Date): Promise<RefreshOutcome> {
  return db.transaction().execute(async (transaction) => {
    const hash = hashOf(token);
    // One statement decides who spends the token, so that of two at once only one can.
    const spent = await transaction
      .updateTable('refresh_token')
      .set({ used_at: now.toISOString() })
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now.toISOString())
      .returning('session_id')
      .executeTakeFirst();
    if (spent === undefined) return endWhenUsedBefore(transaction, hash, now);
    const session = await transaction
      .updateTable('session')
      .set({ expires_at: daysFrom(now, sessionDays) })
      .where('id', '=', spent.session_id)
      .where('ended_at', 'is', null)
      .returning(['id', 'account_id'])
      .executeTakeFirst();
    if (session === undefined) return { kind: 'unknown' };
    await transaction
      .deleteFrom('refresh_token')
      .where('session_id', '=', session.id)
      .where('used_at', '<', daysFrom(now, -keepUsedDays))
      .execute();
    const refreshToken = await newRefreshToken(transaction, session.id, now);
    return { kind: 'refreshed', accountId: session.account_id, refreshToken };
  });
}

/** Ends the session of a refresh token; false when there was none to end. */
export async function endSession(db: Kysely<Tables>, token: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set({ ended_at: now.toISOString() })
    .where('ended_at', 'is', null)
    .where('id', 'in', (query) =>
      query.selectFrom('refresh_token').select('session_id').where('hash', '=', hashOf(token)),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function endWhenUsedBefore(
  transaction: Transaction<Tables>,
  hash: string,
  now: Date,
): Promise<RefreshOutcome> {
  const used = await transaction
    .selectFrom('refresh_token')
    .select('session_id')
    .where('hash', '=', hash)
    .where('used_at', 'is not', null)
    .executeTakeFirst();
  if (used === undefined) return { kind: 'unknown' };
  await transaction
    .updateTable('session')
    .set({ ended_at: now.toISOString() })
    .where('id', '=', used.session_id)
    .where('ended_at', 'is', null)
    .execute();
  return { kind: 'stolen', sessionId: used.session_id };
}

async function newRefreshToken(
  transaction: Transaction<Tables>,
  sessionId: string,
  now: Date,
): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url');
  await transaction
    .insertInto('refresh_token')
    .values({
      hash: hashOf(token),
      session_id: sessionId,
      expires_at: daysFrom(now, sessionDays),
      used_at: null,
    })
    .execute();
  return token;
}

/** Forgets sessions that have run out, and the oldest ones of somebody who has very many. */
async function tidySessions(transaction: Transaction<Tables>, accountId: string, now: Date): Promise<void> {
  await transaction
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where((eb) =>
      eb.or([
        eb('expires_at', '<', now.toISOString()),
        eb('id', 'not in', (query) =>
          query
            .selectFrom('session')
            .select('id')
            .where('account_id', '=', accountId)
            .orderBy('created_at', 'desc')
            .limit(maxSessions - 1),
        ),
      ]),
    )
    .execute();
}

function hashOf(token: string): string {
  // The token is 256 random bits, so a fast hash is enough.
  return createHash('sha256').update(token).digest('base64url');
}

function daysFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString();
}
