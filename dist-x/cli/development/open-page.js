import { spawn } from 'node:child_process';
const openers = { darwin: 'open', win32: 'explorer' };
/** Opens a page in the person's browser; where there is none, `onFailure` is told. */
export function openPage(url, onFailure) {
    const opener = openers[process.platform] ?? 'xdg-open';
    const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
    child.once('error', onFailure);
    child.once('exit', (code) => {
        if (code !== 0 && opener === 'xdg-open')
            onFailure();
    });
    child.unref();
}
//# sourceMappingURL=open-page.js.map