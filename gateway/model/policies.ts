import type { Principal } from './principal.ts';

/** Of whom a policy of `policies.ts` is asked. */
export interface PolicyQuestion {
  readonly principal: Principal;
  /** As the client named it. */
  readonly operationName: string | undefined;
  readonly requestId: string;
  /** Aborts when the answer is no longer waited for. */
  readonly signal: AbortSignal;
}

/** Whether a policy holds. Anything but `true` is no; an exception, or no answer in time, leaves it undecided: no as well. */
export type Policy = (question: PolicyQuestion) => boolean | Promise<boolean>;

/** What a module exports as `policies`: for each name that the schema's `@policy` uses, who decides. */
export type Policies = Readonly<Record<string, Policy>>;
