import type { CancelSignal } from '../model/cancellation.ts';
import type { Principal } from '../model/principal.ts';
import type { Decisions, Inquiry, PolicyJudge } from './policy-judge.ts';

/** What arose in one turn of one HTTP request, at least one. */
export type Inquiries = readonly [Inquiry, ...Inquiry[]];

interface Gathering {
  readonly inquiries: [Inquiry, ...Inquiry[]];
  readonly answer: Promise<Decisions>;
}

/**
 * Asks once for all that the operations of one HTTP request need in the same turn: a batch's operations come to their
 * policies one by one. They share their signal, and no other request has it.
 */
export function gathered(ask: (inquiries: Inquiries) => Promise<Decisions>): PolicyJudge['decide'] {
  const open = new WeakMap<CancelSignal, Gathering>();
  return (inquiry) => {
    const { signal } = inquiry;
    const known = open.get(signal);
    if (known !== undefined && isSame(known.inquiries[0].principal, inquiry.principal)) {
      known.inquiries.push(inquiry);
      return known.answer;
    }
    const inquiries: Gathering['inquiries'] = [inquiry];
    const answer = new Promise((resolve) => setImmediate(resolve)).then(() => {
      open.delete(signal);
      return ask(inquiries);
    });
    open.set(signal, { inquiries, answer });
    return answer;
  };
}

/** Of one credential, though it may have been verified twice. */
const isSame = (one: Principal, other: Principal): boolean =>
  one === other || JSON.stringify(credential(one)) === JSON.stringify(credential(other));

const credential = (principal: Principal): unknown =>
  principal.kind === 'known' ? [principal.issuer, principal.subject, principal.claims] : principal.kind;
