import { GraphQLError } from 'graphql';

const narrowest = 32;
const widest = 2048;

/** Widths are asked for in steps, so that pictures of the same product share their addresses and caches. */
export function pictureWidth(asked: number): number {
  if (asked < narrowest || asked > widest) {
    throw new GraphQLError(
      `imageWidth must be from ${String(narrowest)} to ${String(widest)}, got ${String(asked)}`,
      {
        extensions: { code: 'BAD_USER_INPUT', argument: 'imageWidth' },
      },
    );
  }
  return Math.ceil(asked / 160) * 160;
}
