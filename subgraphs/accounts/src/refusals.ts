import { GraphQLError } from 'graphql';

/** More sign-ins than this machine can check at once. */
export function tooBusy(): GraphQLError {
  return new GraphQLError('Too many people sign in at this moment. Try again shortly.', {
    extensions: { code: 'TOO_BUSY' },
  });
}

export function tooManyAttempts(retryAfterSeconds: number): GraphQLError {
  return new GraphQLError(`Too many attempts with this e-mail. Try again in ${retryAfterSeconds} seconds.`, {
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds },
  });
}

/** One text for a wrong password and an unknown e-mail, so that nobody learns who has an account. */
export function wrongCredentials(): GraphQLError {
  return new GraphQLError('E-mail or password is wrong.', { extensions: { code: 'UNAUTHENTICATED' } });
}

export function sessionOver(): GraphQLError {
  return new GraphQLError('This session is over. Sign in again.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}
