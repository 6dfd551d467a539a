const longestLine = 8_000;
/** Gives each line of a stream; a longer one is cut. */
export function readLines(stream, onLine) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = (lines.pop() ?? '').slice(0, longestLine);
        for (const line of lines)
            if (line.trim() !== '')
                onLine(line.slice(0, longestLine));
    });
    stream.on('end', () => {
        if (rest.trim() !== '')
            onLine(rest);
    });
    stream.on('error', () => undefined); // the process is gone; that is noticed where its end is awaited
}
/** Fields that say where the line comes from, which its reader is told otherwise. */
const known = new Set(['time', 'name', 'pid', 'hostname']);
/** Reads a structured log line; anything else is text as it is. */
export function logLine(line) {
    const record = recordOf(line);
    if (record === undefined)
        return { level: 'info', text: line };
    const { level, msg, ...fields } = record;
    const details = Object.entries(fields)
        .filter(([key]) => !known.has(key))
        .map(([key, value]) => `${key}=${shown(value)}`);
    return { level: levelOf(level), text: [typeof msg === 'string' ? msg : '', ...details].join(' ').trim() };
}
function recordOf(line) {
    if (!line.startsWith('{'))
        return undefined;
    try {
        const value = JSON.parse(line);
        return typeof value === 'object' && value !== null
            ? value
            : undefined;
    }
    catch {
        return undefined;
    }
}
function levelOf(level) {
    if (level === 'error' || level === 'fatal' || (typeof level === 'number' && level >= 50))
        return 'error';
    return level === 'warn' || level === 40 ? 'warn' : 'info';
}
function shown(value) {
    // An error's stack is for its own log, not for a line among others.
    if (typeof value === 'object' && value !== null && 'stack' in value && 'message' in value)
        return String(value.message);
    return typeof value === 'string' ? value : JSON.stringify(value);
}
//# sourceMappingURL=lines.js.map