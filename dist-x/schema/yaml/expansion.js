const placeholder = /\$\{([^{}]{0,1024})\}/g;
const envReference = /^env\.([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;
const fileReference = /^file\.(.+)$/s;
const longestExpanded = 256 * 1024;
/** Fills `${env.NAME}`, `${env.NAME:-default}` and `${file.path}` in; an empty variable counts as not set. */
export function expand(text, sources) {
    if (!text.includes('${'))
        return { text, placeholders: [], problems: [] };
    const placeholders = [];
    const problems = [];
    let room = longestExpanded;
    const filled = text.replace(placeholder, (written, reference) => {
        placeholders.push(written);
        const value = valueOf(reference, sources);
        if (!value.ok)
            problems.push(value.reason);
        const put = value.ok ? value.text : '';
        room -= put.length;
        return room < 0 ? '' : put;
    });
    if (room < 0)
        problems.push(`the expanded text is longer than ${String(longestExpanded / 1024)} KB`);
    return { text: filled, placeholders, problems };
}
function valueOf(reference, sources) {
    const env = envReference.exec(reference);
    if (env !== null)
        return variable(env[1] ?? '', env[2], sources.env);
    const file = fileReference.exec(reference);
    if (file !== null)
        return sources.readFile(file[1] ?? '');
    return {
        ok: false,
        reason: `\${${reference}} is neither \${env.NAME}, \${env.NAME:-default} nor \${file.path}`,
    };
}
function variable(name, fallback, env) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && value !== '')
        return { ok: true, text: value };
    if (fallback !== undefined)
        return { ok: true, text: fallback };
    return {
        ok: false,
        reason: `the environment variable ${name} is not set; set it or write \${env.${name}:-default}`,
    };
}
//# sourceMappingURL=expansion.js.map