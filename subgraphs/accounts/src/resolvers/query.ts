import type { QueryResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { listUsers } from '../user-list.ts';

export const query: QueryResolvers = {
  me: async (_root, _args, { caller, loaders }) =>
    caller.kind === 'user' ? ((await loaders.userById.load(caller.id)) ?? null) : null,

  user: async (_root, { id }, { loaders }) =>
    couldBeKey(id) ? ((await loaders.userById.load(id)) ?? null) : null,

  users: async (_root, args, { db, spend }) => {
    const page = await listUsers(db, args);
    spend(page.nodes.length);
    return page;
  },
};
