import { hash } from 'node:crypto';
/** A strong validator (RFC 9110, 8.8.3): equal for equal bytes in one form only. */
export function entityTag(body, form) {
    const bytes = hash('sha256', body, 'base64url');
    return `"${hash('sha256', `${form} ${bytes}`, 'base64url').slice(0, 27)}"`;
}
const longestList = 8_192;
/** Whether a client's `If-None-Match` names the tag; by weak comparison, as RFC 9110, 13.1.2 has it. */
export function isAmong(tag, list) {
    if (list === undefined || list.length > longestList)
        return false;
    if (list.trim() === '*')
        return true;
    return list.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
/** Whether clients or networks between may keep the answer. */
export function mayBeKept({ status, headers }) {
    return status === 200 && headers['cache-control'] !== 'no-store' && headers['cache-control'] !== undefined;
}
//# sourceMappingURL=entity-tag.js.map