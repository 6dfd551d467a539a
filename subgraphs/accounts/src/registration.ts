import type { Kysely } from 'kysely';
import { randomBytes, randomUUID } from 'node:crypto';
import type { RegisterInput, UpdateProfileInput } from './generated/schema.ts';
import { badInput, inputCheck, type InputCheck } from './input.ts';
import type { UserModel } from './models.ts';
import type { Passwords } from './passwords.ts';
import type { AccountTable, Tables } from './tables.ts';

const handleShape = {
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  reason: 'must be letters and digits without accents, parts joined by single dashes',
};
const emailShape = { pattern: /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/, reason: 'must be an e-mail address' };

/** E-mail addresses are compared without regard to case. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** What the support staff's search looks through. */
export function searchText({ name, handle, email }: Pick<AccountTable, 'name' | 'handle' | 'email'>): string {
  return `${name} ${handle} ${email}`.toLowerCase();
}

/** Creates a customer's account; BAD_USER_INPUT when e-mail or handle is taken. */
export async function createAccount(
  { db, passwords, now }: { readonly db: Kysely<Tables>; readonly passwords: Passwords; readonly now: Date },
  input: RegisterInput,
): Promise<UserModel> {
  const check = inputCheck();
  const email = checkedEmail(check, input.email);
  const name = check.text('input.name', input.name, { min: 1, max: 80 });
  const wish = isGiven(input.handle) ? checkedHandle(check, input.handle) : undefined;
  if (input.password.length < 10 || input.password.length > 200) {
    check.refuse('input.password', 'must have 10 to 200 characters');
  }
  check.done();
  const handle = wish ?? (await freeHandle(db, name));
  await refuseTaken(db, { email, handle });
  const created = await db
    .insertInto('account')
    .values({
      id: `u-${randomUUID()}`,
      handle,
      name,
      email,
      search_text: searchText({ name, handle, email }),
      password_hash: await passwords.hash(input.password),
      role: 'CUSTOMER',
      created_at: now.toISOString(),
      loyalty_points: 0,
      risk_score: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (created !== undefined) return created;
  // Somebody took one of them while the password was hashed.
  await refuseTaken(db, { email, handle });
  throw badInput('input.handle', 'is taken');
}

/** Changes name or handle; undefined when there is no such account. */
export async function changeProfile(
  db: Kysely<Tables>,
  current: UserModel,
  input: UpdateProfileInput,
): Promise<UserModel | undefined> {
  const check = inputCheck();
  const name = isGiven(input.name) ? check.text('input.name', input.name, { min: 1, max: 80 }) : current.name;
  const handle = isGiven(input.handle) ? checkedHandle(check, input.handle) : current.handle;
  check.done();
  if (handle !== current.handle) await refuseTaken(db, { handle });
  try {
    return await db
      .updateTable('account')
      .set({ name, handle, search_text: searchText({ name, handle, email: current.email }) })
      .where('id', '=', current.id)
      .returningAll()
      .executeTakeFirst();
  } catch (error) {
    if (isTaken(error)) throw badInput('input.handle', 'is taken');
    throw error;
  }
}

function checkedEmail(check: InputCheck, email: string): string {
  return emailKey(check.text('input.email', email, { min: 3, max: 254, shape: emailShape }));
}

function checkedHandle(check: InputCheck, handle: string): string {
  return check.text('input.handle', handle.toLowerCase(), { min: 3, max: 30, shape: handleShape });
}

/** A handle made from a name: `Ada Lovell` becomes `ada-lovell`, with some more letters when that is taken. */
async function freeHandle(db: Kysely<Tables>, name: string): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 20)
    .replace(/^-|-$/g, '');
  const taken = await db.selectFrom('account').select('id').where('handle', '=', plain).executeTakeFirst();
  if (plain.length >= 3 && taken === undefined) return plain;
  return `${plain === '' ? 'user' : plain}-${randomBytes(4).toString('hex')}`;
}

async function refuseTaken(
  db: Kysely<Tables>,
  { email, handle }: { readonly email?: string; readonly handle: string },
): Promise<void> {
  const owners = await db
    .selectFrom('account')
    .select(['email', 'handle'])
    .where((eb) =>
      eb.or([eb('handle', '=', handle), ...(email === undefined ? [] : [eb('email', '=', email)])]),
    )
    .execute();
  const check = inputCheck();
  if (owners.some((owner) => owner.email === email)) check.refuse('input.email', 'has an account already');
  if (owners.some((owner) => owner.handle === handle)) check.refuse('input.handle', 'is taken');
  check.done();
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === '23505';
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
