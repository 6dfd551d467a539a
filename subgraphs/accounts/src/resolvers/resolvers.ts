import type { Resolvers } from '../generated/schema.ts';
import { address } from './address.ts';
import { mutation } from './mutation.ts';
import { query } from './query.ts';
import { session, user } from './user.ts';

/** One entry a type of the contract; fields that are absent are read from the row by their name. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  User: user,
  Address: address,
  Session: session,
};
