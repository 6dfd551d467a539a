import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
/** Whether nothing listens on a port of this address. */
export function isFree(port, host) {
    return new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => resolve(false));
        server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
    });
}
/** The process that listens on a port, as `name (process id)`, where the system tells. */
export async function holderOf(port) {
    const sockets = new Set((await Promise.all(['tcp', 'tcp6'].map((table) => listening(table, port)))).flat());
    if (sockets.size === 0)
        return undefined;
    const processes = await readdir('/proc').catch(() => []);
    for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
        if (!(await holds(pid, sockets)))
            continue;
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        const words = command.split('\0').filter(Boolean).join(' ');
        return `${words.slice(0, 120)} (process ${pid})`;
    }
    return undefined;
}
/** Socket numbers that listen on the port, from the kernel's table. */
async function listening(table, port) {
    const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
    const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const listen = '0A';
    return text.split('\n').flatMap((line) => {
        const columns = line.trim().split(/\s+/);
        const [, local = '', , state] = columns;
        return local.endsWith(wanted) && state === listen ? [`socket:[${columns[9] ?? ''}]`] : [];
    });
}
async function holds(pid, sockets) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of open) {
        const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
        if (sockets.has(target))
            return true;
    }
    return false;
}
//# sourceMappingURL=ports.js.map