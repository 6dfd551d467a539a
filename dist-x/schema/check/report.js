/** Whether this change makes a check fail at this setting. */
export function failsCheck(change, failOn) {
    if (failOn === 'none' || change.approval !== undefined)
        return false;
    if (change.level === 'dangerous')
        return failOn === 'dangerous';
    return change.level !== 'safe';
}
//# sourceMappingURL=report.js.map