import type { Person, SignIn } from './config.ts';
import { exchange, messageOf } from './exchange.ts';
import { failureText } from './failure-text.ts';
import { valueAt } from './json.ts';

/** Who the requests of this tab come from. Kept in memory only: closing the tab ends it. */
export type Session =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'signing-in'; readonly person: Person }
  | { readonly kind: 'signed-in'; readonly person: Person; readonly token: string }
  | { readonly kind: 'refused'; readonly person: Person; readonly because: string };

/** Signs a sample person in by the mutation that the server named. */
export async function signInAs(person: Person, signIn: SignIn): Promise<Session> {
  const { email, password } = person;
  const request = { query: signIn.query, variables: { email, password } };
  const answer = await exchange({ url: signIn.endpoint, request, headers: {} });
  const token = answer.kind === 'answered' ? valueAt(answer.body, ['data', ...signIn.tokenPath]) : undefined;
  if (typeof token === 'string' && token !== '') return { kind: 'signed-in', person, token };
  const reason = answer.kind === 'answered' ? messageOf(answer.body) : undefined;
  const because = reason ?? failureText(answer, 'The gateway') ?? 'the answer carries no token.';
  return { kind: 'refused', person, because };
}

/** Headers that say who is asking. */
export function headersOf(session: Session): Readonly<Record<string, string>> {
  return session.kind === 'signed-in' ? { authorization: `Bearer ${session.token}` } : {};
}
