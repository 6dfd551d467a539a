import { cleanText } from "./clean-text.js";
/** Entries of one request; one that asks for more writes how many there were besides. */
const mostEntries = 50;
/** One entry of the log for each field and rule that was denied, however often the operation asks for it. */
export function writeAudit(logger, record) {
    if (!logger.isLevelEnabled('info'))
        return;
    const distinct = new Map();
    for (const denial of record.denials) {
        const key = `${denial.coordinate} ${denial.requirement}`;
        if (!distinct.has(key))
            distinct.set(key, denial);
    }
    const common = commonFields(record);
    for (const { coordinate, requirement, path, undecided } of [...distinct.values()].slice(0, mostEntries)) {
        logger.info({
            ...common,
            outcome: record.isDryRun ? 'would be denied' : undecided === true ? 'undecided' : 'denied',
            what: cleanText(coordinate, 200),
            rule: cleanText(requirement, 300),
            path: cleanText(path.join('.'), 200),
        }, 'access denied');
    }
    if (distinct.size > mostEntries)
        logger.info({ ...common, more: distinct.size - mostEntries }, 'access denied');
}
function commonFields({ caller, client, requestId, operationName, operationHash }) {
    return {
        audit: 'authorization',
        request_id: cleanText(requestId, 64),
        who: caller.kind === 'anonymous' ? 'anonymous' : cleanText(caller.subject, 100),
        issuer: caller.kind === 'anonymous' ? undefined : cleanText(caller.issuer, 200),
        client: client?.name === undefined ? undefined : cleanText(client.name, 100),
        operation: operationName === undefined ? undefined : cleanText(operationName, 100),
        hash: operationHash.slice(0, 16),
    };
}
//# sourceMappingURL=audit.js.map