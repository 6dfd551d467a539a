import { failsCheck } from "./report.js";
/** A problem as an entry of `errors`. */
export function jsonError({ code, message, origin, subgraph, places: [place], coordinate, fix, }) {
    return {
        code,
        message,
        ...(origin === undefined ? {} : { origin }),
        ...(subgraph === undefined ? {} : { subgraph }),
        ...(place === undefined ? {} : { location: place.location }),
        ...(coordinate === undefined ? {} : { coordinate }),
        ...(fix === undefined ? {} : { hint: fix }),
    };
}
/** `data` and `errors` of a check: everything found, and what of it makes the check fail. */
export function checkJson(report, failOn) {
    const { problems, warnings, ...data } = report;
    const stopped = report.operations.filter(({ brokenBefore, approved }) => !brokenBefore && !approved);
    return {
        data: { ...data, warnings: warnings.map(jsonError) },
        errors: [
            ...problems.map(jsonError),
            ...report.changes.filter((change) => failsCheck(change, failOn)).map(changeError),
            ...(failOn === 'none' ? [] : stopped).map(({ name, errors, location }) => ({
                code: 'WEIR-K004',
                message: `${name} stops working: ${errors.join('; ')}`,
                location,
            })),
        ],
    };
}
/** WEIR-K001 breaking, WEIR-K002 dangerous, WEIR-K003 lost protection; WEIR-K004 is an operation that stops working. */
export function changeCode({ level }) {
    return { breaking: 'WEIR-K001', dangerous: 'WEIR-K002', security: 'WEIR-K003', safe: 'WEIR-K000' }[level];
}
function changeError(change) {
    return {
        code: changeCode(change),
        origin: change.change,
        message: change.message,
        coordinate: change.coordinate,
        ...(change.subgraph === undefined ? {} : { subgraph: change.subgraph }),
        ...(change.location === undefined ? {} : { location: change.location }),
        ...(change.instead === undefined ? {} : { hint: change.instead }),
    };
}
//# sourceMappingURL=report-json.js.map