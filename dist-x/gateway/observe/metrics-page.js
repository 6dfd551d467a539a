import { createServer } from 'node:http';
/** Callers who come closer together than this get one page. */
const freshMs = 500;
/** Gathers and writes the numbers anew for every page, though not for every caller. What writes it is loaded on first use. */
export function metricsPage(gather) {
    let page;
    const write = async () => {
        const [readings, { prometheusPage }] = await Promise.all([gather(), import("./prometheus-page.js")]);
        return prometheusPage(readings);
    };
    return {
        type: pageType,
        text: () => {
            const now = performance.now();
            if (page === undefined || now - page.at >= freshMs)
                page = { text: write(), at: now };
            return page.text;
        },
    };
}
/** Of the text format's version 0.0.4. https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const pageType = 'text/plain; version=0.0.4; charset=utf-8';
/** Answers the page on an address of its own. Rejects when the address cannot be had. */
export function serveMetrics({ host, port, path }, page) {
    const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
        request.resume();
        const asked = request.url?.split('?', 1)[0];
        if (asked !== path)
            send(response, 404, `Nothing is answered here; ask ${path}\n`);
        else if (request.method !== 'GET')
            send(response, 405, 'Ask by GET.\n');
        else
            page.text().then((text) => send(response, 200, text, page.type), () => send(response, 500, 'The numbers cannot be gathered.\n'));
    });
    server.maxConnections = 50;
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
            server.off('error', reject);
            const { address, port: bound } = server.address(); // a TCP server that listens always has one
            resolve({
                url: `http://${address.includes(':') ? `[${address}]` : address}:${String(bound)}${path}`,
                close: async () => {
                    server.closeAllConnections();
                    await new Promise((closed) => server.close(() => closed()));
                },
            });
        });
    });
}
function send(response, status, text, type = 'text/plain; charset=utf-8') {
    if (response.destroyed)
        return;
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
//# sourceMappingURL=metrics-page.js.map