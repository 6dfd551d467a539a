import { sql, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely';
import type { UserFilter } from './generated/schema.ts';
import { inputCheck } from './input.ts';
import type { UserConnectionModel } from './models.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from './page.ts';
import type { Tables } from './tables.ts';

const order = 'NEWEST';

interface UserListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: UserFilter | null | undefined;
}

/** Accounts that match the filter, newest first. */
export async function listUsers(db: Kysely<Tables>, args: UserListArguments): Promise<UserConnectionModel> {
  const first = firstOf(args.first, 20);
  const after = keyAfter(args.after, order, ['text', 'text']);
  const filter = checked(args.filter ?? {});
  const rows = await db
    .selectFrom('account')
    .selectAll()
    .where((eb) => matches(eb, filter))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(created_at, id) < (${after?.[0]}, ${after?.[1]})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(first + 1)
    .execute();
  const page = connectionOf(rows, first, ({ created_at, id }) => cursorOf(order, [created_at, id]));
  return { ...page, totalCount: () => countUsers(db, filter) };
}

async function countUsers(db: Kysely<Tables>, filter: UserFilter): Promise<number> {
  const { count } = await db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll().as('count'))
    .where((eb) => matches(eb, filter))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function checked(filter: UserFilter): UserFilter {
  const check = inputCheck();
  const text = check.text('filter.text', filter.text ?? '', { min: 0, max: 100 });
  check.done();
  return { ...filter, text };
}

function matches(eb: ExpressionBuilder<Tables, 'account'>, { text, role }: UserFilter) {
  const pattern = (text ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&');
  return eb.and([
    ...(role === null || role === undefined ? [] : [eb('role', '=', role)]),
    ...(pattern === '' ? [] : [sql<SqlBool>`search_text like ${`%${pattern}%`} escape '\\'`]),
  ]);
}
