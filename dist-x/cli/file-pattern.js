import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
const mostEntries = 200_000;
const passedOver = new Set(['node_modules', '.git', 'dist']);
/**
 * Files below a folder that fit a pattern, as paths relative to the folder, in order. `*` and `?` stay within a
 * name, `**` crosses folders, `{a,b}` gives choices. Installed packages are not looked at.
 */
export async function filesLike(pattern, folder) {
    const clean = pattern.replaceAll('\\', '/').replace(/^\.\//, '');
    const parts = clean.split('/');
    const plain = parts.findIndex((part) => /[*?{]/.test(part));
    if (plain < 0)
        return [clean];
    const start = parts.slice(0, plain).join('/');
    const fits = expression(clean);
    const found = [];
    const budget = { entries: mostEntries };
    await walk(start, clean.startsWith('/') ? '/' : folder, {
        budget,
        visit: (file) => fits.test(file) && found.push(file),
    });
    return found.sort();
}
async function walk(path, folder, { budget, visit }) {
    const entries = await readdir(resolve(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
        if ((budget.entries -= 1) < 0)
            return;
        const name = path === '' ? entry.name : join(path, entry.name);
        if (entry.isFile())
            visit(name);
        if (entry.isDirectory() && !passedOver.has(entry.name))
            await walk(name, folder, { budget, visit });
    }
}
function expression(pattern) {
    let choices = 0;
    const source = pattern.replace(/\*\*\/|\*\*|\*|\?|[{},]|[.+^$()|[\]\\]/g, (sign) => {
        if (sign === '{') {
            choices += 1;
            return '(?:';
        }
        if (sign === '}' && choices > 0) {
            choices -= 1;
            return ')';
        }
        if (sign === ',')
            return choices > 0 ? '|' : ',';
        return wildcards[sign] ?? `\\${sign}`;
    });
    return new RegExp(`^${source}${')'.repeat(choices)}$`);
}
const wildcards = {
    '**/': '(?:[^/]+/)*',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
};
//# sourceMappingURL=file-pattern.js.map