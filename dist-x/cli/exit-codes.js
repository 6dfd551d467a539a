/** What the command's exit code says; the same for every verb. */
export const exitCodes = {
    done: 0,
    /** The thing examined failed: composition, a breaking change. */
    failed: 1,
    /** Wrong usage or configuration. */
    usage: 2,
    /** The surroundings: a busy port, a server that cannot be reached. */
    surroundings: 3,
    interrupted: 130,
};
export const exitCodesHelp = `Exit codes:
  0    done, and what was examined is fine
  1    what was examined failed: composition, a breaking change
  2    wrong usage or configuration
  3    the surroundings: port busy, server not reachable, git missing
  130  interrupted
`;
/** Problems of the surroundings start with these letters; what the user wrote has all others. */
const surroundingCodes = /^WEIR-(?:N|P|G003)/;
/** The exit code for problems that kept a verb from doing its work; `failed` for what the composer refused. */
export function exitCodeOf(problems) {
    const codes = problems.map(({ code }) => code);
    if (codes.some((code) => /^WEIR-[FGO]/.test(code) && !surroundingCodes.test(code)))
        return exitCodes.usage;
    if (codes.some((code) => surroundingCodes.test(code)))
        return exitCodes.surroundings;
    return exitCodes.failed;
}
//# sourceMappingURL=exit-codes.js.map