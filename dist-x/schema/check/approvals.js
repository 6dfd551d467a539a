import { z } from 'zod';
import { accepted, refused } from "../problem/problem.js";
import { failsCheck } from "./report.js";
const approvalsFile = z.strictObject({
    schema_version: z.literal(1),
    approvals: z
        .array(z.strictObject({
        change: z.string().max(200),
        coordinate: z.string().max(1000),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        author: z.string().max(200),
        expires: z.iso.date(),
    }))
        .max(10_000),
});
/** The approvals of a file's text. Problem: WEIR-F013 with everything that is wrong with it. */
export function readApprovals(file, text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return refused(wrong(file, 'it is not JSON'));
    }
    const read = approvalsFile.safeParse(value);
    if (read.success)
        return accepted(read.data.approvals);
    return refused(...read.error.issues
        .slice(0, 20)
        .map(({ path, message }) => wrong(file, `${path.join('.')}: ${message}`)));
}
/** Approvals that still hold today, by hash. */
export function standingApprovals(approvals, now) {
    const today = now.toISOString().slice(0, 10);
    return new Map(approvals.filter(({ expires }) => expires >= today).map((approval) => [approval.hash, approval]));
}
const approvalDays = 90;
/** The text of an approvals file that lets everything pass for which the report fails, and keeps what was approved. */
export function approvalsText(report, author, now) {
    const expires = new Date(now.getTime() + approvalDays * 86_400_000).toISOString().slice(0, 10);
    const approvals = report.changes.flatMap(({ level, change, coordinate, hash, approval, ...rest }) => {
        if (approval !== undefined)
            return [approval];
        const fails = failsCheck({ level, change, coordinate, hash, ...rest }, 'breaking');
        return fails ? [{ change, coordinate, hash, author, expires }] : [];
    });
    return `${JSON.stringify({ schema_version: 1, approvals }, null, 2)}\n`;
}
function wrong(file, because) {
    return {
        code: 'WEIR-F013',
        severity: 'error',
        message: `${file} is not an approvals file: ${because}`,
        places: [{ location: { file, line: 1, column: 1 } }],
        fix: 'write it with  weir check … --approve > FILE',
    };
}
//# sourceMappingURL=approvals.js.map