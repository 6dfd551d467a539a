/** Rows under a head, columns as wide as their widest cell; the first `left` columns and the last begin at the left. */
export function textTable(rows, left, paint) {
    const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
    const last = widths.length - 1;
    const line = (row) => row
        .map((cell, at) => {
        if (at === last && left > 0)
            return cell;
        return at < left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
    })
        .join('  ');
    return rows.map((row, at) => `${at === 0 ? paint.dim(line(row)) : line(row)}\n`).join('');
}
/** A part of a whole in percent, rounded down; something is never 0. */
export function percent(part, whole) {
    if (whole === 0 || part === 0)
        return '0 %';
    const share = (100 * part) / whole;
    return share < 1 ? '<1 %' : `${String(Math.floor(share))} %`;
}
export const grouped = (value) => value.toLocaleString('en-US');
//# sourceMappingURL=text-table.js.map