import type { JudgeTools, PolicyJudge } from './policy-judge.ts';
import { policyModule } from './policy-module.ts';
import { policyService } from './policy-service.ts';

/** Who decides policies; `undefined`: they are claims of the caller. Durations in milliseconds. */
export type PolicySettings =
  | { readonly kind: 'module'; readonly path: string; readonly timeoutMs: number }
  | {
      readonly kind: 'service';
      readonly url: string;
      readonly timeoutMs: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | undefined;

/** Starts what decides policies; close it when it is replaced. */
export function policyJudge(settings: PolicySettings, tools: JudgeTools): PolicyJudge | undefined {
  if (settings === undefined) return undefined;
  return settings.kind === 'module' ? policyModule(settings, tools) : policyService(settings, tools);
}
