/**
 * Asks once for all that the operations of one HTTP request need: a batch's operations come to their policies one by one,
 * each after a turn in which it is read. They share their signal, and no other request has it.
 */
export function gathered(ask) {
    const open = new WeakMap();
    return (inquiry) => {
        const { signal, batchSize } = inquiry;
        if (batchSize === 1)
            return ask([inquiry]);
        const known = open.get(signal);
        if (known !== undefined && isSame(known.inquiries[0].principal, inquiry.principal)) {
            known.inquiries.push(inquiry);
            return known.answer;
        }
        const inquiries = [inquiry];
        const answer = turnsUntil(() => inquiries.length === batchSize, batchSize + 2).then(() => {
            open.delete(signal);
            return ask(inquiries);
        });
        open.set(signal, { inquiries, answer });
        return answer;
    };
}
/** Waits some turns of the event loop at most: not all operations of a batch need policies, or are valid. */
async function turnsUntil(isDone, most) {
    for (let turn = 0; turn < most && !isDone(); turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
}
/** Of one credential, though it may have been verified twice. */
const isSame = (one, other) => one === other || JSON.stringify(credential(one)) === JSON.stringify(credential(other));
const credential = (principal) => principal.kind === 'known' ? [principal.issuer, principal.subject, principal.claims] : principal.kind;
//# sourceMappingURL=gathered-inquiries.js.map