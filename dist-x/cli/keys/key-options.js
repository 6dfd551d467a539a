const day = 86_400_000;
const lengths = { h: day / 24, d: day, y: 365 * day };
/** `90d`, `12h`, `1y` from now, or a date such as 2027-01-31, as an ISO instant; `undefined` for anything else or the past. */
export function expiry(text, now) {
    const [, count, unit = ''] = /^(\d{1,5})([hdy])$/.exec(text) ?? [];
    const length = lengths[unit];
    const at = count !== undefined && length !== undefined
        ? now.getTime() + Number(count) * length
        : /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text)
            ? Date.parse(text)
            : Number.NaN;
    return at > now.getTime() ? new Date(at).toISOString() : undefined;
}
/** Gathers an option that may be given several times, each time with one word or several behind commas. */
export function gathered(value, before = []) {
    return [...before, ...value.split(',').filter((word) => word !== '')];
}
//# sourceMappingURL=key-options.js.map