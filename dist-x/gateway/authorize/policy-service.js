import { Agent, request } from 'undici';
import { withDeadline } from "../model/deadline.js";
import { gathered } from "./gathered-inquiries.js";
import { seldom, undecided } from "./policy-judge.js";
/** Answers are a boolean a policy. */
const maxAnswerBytes = 64 * 1024;
const connections = 64;
/**
 * Policies are decided by a service that speaks OPA's data API: `{"input": …}` is posted, and `{"result": {"name": true}}`
 * comes back. One question a request, for a batch too; redirects are not followed.
 */
export function policyService(settings, tools) {
    const onFailure = seldom(tools.onFailure);
    const agent = new Agent({ connections, connectTimeout: settings.timeoutMs });
    return {
        decide: gathered(async (inquiries) => {
            try {
                return await withDeadline(inquiries[0].signal, settings.timeoutMs, (signal) => asked(settings, agent, { inquiries, signal }));
            }
            catch (cause) {
                onFailure(new Error('the policy service gave no usable answer', { cause }));
                return undecided;
            }
        }),
        problems: () => Promise.resolve(new Map()),
        close: () => agent.destroy(),
    };
}
async function asked({ url, headers }, dispatcher, { inquiries, signal }) {
    const policies = [...new Set(inquiries.flatMap((inquiry) => inquiry.policies))].sort();
    const { statusCode, body } = await request(url, {
        method: 'POST',
        dispatcher,
        signal,
        headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ input: { ...inputOf(inquiries), policies } }),
    });
    const chunks = [];
    let size = 0;
    // Leaving the loop early destroys the body and with it the connection.
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxAnswerBytes)
            throw new Error(`it answered with more than ${String(maxAnswerBytes)} bytes`);
    }
    if (statusCode !== 200)
        throw new Error(`it answered with status ${String(statusCode)}`);
    const { result } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof result !== 'object' || result === null || Array.isArray(result))
        throw new Error('it answered without a "result" that names policies');
    const named = result;
    // What it does not say of a policy is no.
    return new Map(policies.map((name) => [name, Object.hasOwn(named, name) && named[name] === true]));
}
/** A batch of different operations names them all, and none as `operation`: who decides by that one says no. */
function inputOf(inquiries) {
    const [{ principal, requestId }] = inquiries;
    const shown = inquiries.map(({ operation: { name, kind } }) => JSON.stringify({ name, kind }));
    const operations = [...new Set(shown)].map((text) => JSON.parse(text));
    return {
        principal: shownPrincipal(principal),
        ...(operations.length === 1 ? { operation: operations[0] } : { operations }),
        request_id: requestId,
    };
}
function shownPrincipal(principal) {
    if (principal.kind === 'anonymous')
        return { kind: 'anonymous' };
    const { kind, subject, issuer, scopes, roles, claims } = principal;
    return { kind, subject, issuer, scopes: [...scopes], roles: [...roles], claims };
}
//# sourceMappingURL=policy-service.js.map