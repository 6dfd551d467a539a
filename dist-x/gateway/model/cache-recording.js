/** `undefined`: not a line of a recording. */
export function recordedQuestion(line) {
    let read;
    try {
        read = JSON.parse(line);
    }
    catch {
        return undefined;
    }
    if (typeof read !== 'object' || read === null)
        return undefined;
    const one = read;
    const isRecorded = Number.isFinite(one['at']) &&
        needed.every((name) => typeof one[name] === 'string') &&
        optional.every((name) => ['string', 'undefined'].includes(typeof one[name])) &&
        (one['ms'] === undefined || Number.isFinite(one['ms']));
    return isRecorded ? read : undefined;
}
const needed = ['subgraph', 'type', 'key', 'outcome'];
const optional = ['who', 'answer', 'why'];
//# sourceMappingURL=cache-recording.js.map