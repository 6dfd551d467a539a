import { pathToFileURL } from 'node:url';
import { withDeadline } from '../model/deadline.ts';
import type { Policies, Policy, PolicyQuestion } from '../model/policies.ts';
import {
  seldom,
  undecided,
  type Decisions,
  type Inquiry,
  type JudgeTools,
  type PolicyJudge,
} from './policy-judge.ts';

interface ModuleSettings {
  /** Absolute path. */
  readonly path: string;
  readonly timeoutMs: number;
}

/** Policies are functions of the user's module, which is loaded at once. All that a request needs are asked at the same time. */
export function policyModule({ path, timeoutMs }: ModuleSettings, tools: JudgeTools): PolicyJudge {
  const onFailure = seldom(tools.onFailure);
  const loading = loaded(path);
  return {
    decide: async (inquiry) => {
      const policies = await loading;
      return typeof policies === 'string'
        ? undecided
        : decideAll(policies, inquiry, { timeoutMs, onFailure });
    },
    problems: async (names) => {
      const policies = await loading;
      if (typeof policies === 'string') return new Map([['', policies]]);
      const missing = names.filter((name) => !Object.hasOwn(policies, name));
      return new Map(missing.map((name) => [name, `${path} does not export a policy of that name`]));
    },
    close: () => Promise.resolve(),
  };
}

async function decideAll(
  policies: Policies,
  { policies: names, principal, operation, requestId, signal }: Inquiry,
  { timeoutMs, onFailure }: { readonly timeoutMs: number; readonly onFailure: (cause: unknown) => void },
): Promise<Decisions> {
  const decisions = new Map<string, boolean>();
  const ask = async (name: string, question: PolicyQuestion): Promise<void> => {
    const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
    if (policy === undefined) return;
    try {
      decisions.set(name, (await inTime(policy, question)) === true);
    } catch (cause) {
      onFailure(new Error(`the policy ${name} is undecided`, { cause }));
    }
  };
  await withDeadline(signal, timeoutMs, (deadline) => {
    const question = { principal, operationName: operation.name, requestId, signal: deadline };
    return Promise.all(names.map((name) => ask(name, question)));
  });
  // A copy: what comes after the deadline changes nothing any more.
  return new Map(decisions);
}

/** A function need not heed the signal; what it says too late is not heard. */
function inTime(policy: Policy, question: PolicyQuestion): Promise<unknown> {
  const { signal } = question;
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('it took too long'));
    if (signal.aborted) late();
    signal.addEventListener('abort', late, { once: true });
    const answered = async (): Promise<unknown> => policy(question);
    void answered()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', late));
  });
}

/** The module's policies, or what is wrong with it. */
async function loaded(path: string): Promise<Policies | string> {
  try {
    const { policies } = (await imported(path)) as { readonly policies?: unknown };
    if (isPolicies(policies)) return policies;
    return `${path} has to export "policies": an object with a function for each policy`;
  } catch (error) {
    return `${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function imported(path: string): Promise<unknown> {
  const { href } = pathToFileURL(path);
  try {
    return await import(href);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_UNKNOWN_FILE_EXTENSION')
      throw error;
    // Node before 22.18 does not read TypeScript; where tsx is installed, it does. Not all who run a gateway need it.
    const loader = 'tsx/esm/api' as string;
    const { tsImport } = (await import(loader)) as {
      tsImport: (url: string, parent: string) => Promise<unknown>;
    };
    return tsImport(href, import.meta.url);
  }
}

const isPolicies = (value: unknown): value is Policies =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => typeof one === 'function');
