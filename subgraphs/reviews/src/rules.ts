import { GraphQLError } from 'graphql';
import { allow, rule } from 'graphql-shield';
import type { Caller } from './caller.ts';
import type { Context } from './context.ts';

const maxRepresentations = 1_000;

/** The caller is known. */
export const signedIn = rule('signedIn', { cache: 'no_cache' })(
  (_parent: unknown, _args: unknown, { caller }: Context) => caller.kind === 'user',
);

/** The caller's token has the scope. It has no name, for shield wants each name to be given once. */
export const hasScope = (scope: string) =>
  rule({ cache: 'no_cache' })((_parent: unknown, _args: unknown, { caller }: Context) =>
    callerHasScope(caller, scope),
  );

export function callerHasScope(caller: Caller, scope: string): boolean {
  return caller.kind === 'user' && caller.scopes.has(scope);
}

const fewRepresentations = rule('fewRepresentations', { cache: 'no_cache' })(
  (_parent: unknown, { representations }: { readonly representations: readonly unknown[] }) =>
    representations.length <= maxRepresentations ||
    new GraphQLError(`At most ${maxRepresentations} representations can be asked for at once.`, {
      extensions: { code: 'OPERATION_TOO_LARGE' },
    }),
);

/** What a gateway asks of every subgraph. The entities themselves are guarded by the rules of their types. */
export const federationRules = {
  query: { _service: allow, _entities: fewRepresentations },
  types: { _Service: allow },
};

/** The error for a caller whom a rule refused: who is unknown may sign in, who is known may not have this. */
export function denial(caller: Caller): GraphQLError {
  if (caller.kind === 'user') {
    return new GraphQLError('You may not have or do this.', { extensions: { code: 'FORBIDDEN' } });
  }
  const because = caller.because === undefined ? '' : ` The token was not accepted: ${caller.because}.`;
  return new GraphQLError(`Sign in first.${because}`, { extensions: { code: 'UNAUTHENTICATED' } });
}
