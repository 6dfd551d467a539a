import { withDeadline } from "../model/deadline.js";
import { loadedPolicies, policyVersion } from "./loaded-policies.js";
import { seldom, undecided, } from "./policy-judge.js";
/**
 * Policies are functions of the user's module, which is loaded at once, as it is now. All that a request needs are asked
 * at the same time.
 */
export function policyModule({ path, timeoutMs }, tools) {
    const onFailure = seldom(tools.onFailure);
    const version = policyVersion(path);
    const loading = loadedPolicies(path, version);
    return {
        source: { path, version },
        decide: async (inquiry) => {
            const policies = await loading;
            return typeof policies === 'string'
                ? undecided
                : decideAll(policies, inquiry, { timeoutMs, onFailure });
        },
        problems: async (names) => {
            const policies = await loading;
            if (typeof policies === 'string')
                return new Map([['', policies]]);
            const missing = names.filter((name) => !Object.hasOwn(policies, name));
            return new Map(missing.map((name) => [name, `${path} does not export a policy of that name`]));
        },
        close: () => Promise.resolve(),
    };
}
async function decideAll(policies, { policies: names, principal, operation, requestId, signal }, { timeoutMs, onFailure }) {
    const decisions = new Map();
    const ask = async (name, question) => {
        const policy = Object.hasOwn(policies, name) ? policies[name] : undefined;
        if (policy === undefined)
            return;
        try {
            decisions.set(name, (await inTime(policy, question)) === true);
        }
        catch (cause) {
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
function inTime(policy, question) {
    const { signal } = question;
    return new Promise((resolve, reject) => {
        const late = () => reject(new Error('it took too long'));
        if (signal.aborted)
            late();
        signal.addEventListener('abort', late, { once: true });
        const answered = async () => policy(question);
        void answered()
            .then(resolve, reject)
            .finally(() => signal.removeEventListener('abort', late));
    });
}
//# sourceMappingURL=policy-module.js.map