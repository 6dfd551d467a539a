import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
/** Everything from the own origin; styles of the editor are inline, and its workers are blobs. */
function policy(connectTo) {
    return [
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "worker-src 'self' blob:",
        "img-src 'self' data:",
        "font-src 'self' data:",
        `connect-src ${["'self'", ...connectTo].join(' ')}`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ].join('; ');
}
/** Serves the built page under /sandbox; `false` when it is not built. */
export async function sandboxPages(server, { folder, connectTo, facts }) {
    if (!existsSync(join(folder, 'index.html')))
        return false;
    const headers = {
        'content-security-policy': policy(connectTo),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
    };
    await server.register(fastifyStatic, {
        root: folder,
        prefix: '/sandbox/',
        preCompressed: true,
        decorateReply: false,
        index: ['index.html'],
        cacheControl: false,
        setHeaders: (reply, path) => {
            for (const [name, value] of Object.entries(headers))
                reply.header(name, value);
            // Built files carry a hash of their content in their name; the page itself does not.
            const fixed = /-[\w-]{8,}\.\w+(?:\.(?:br|gz))?$/.test(path);
            reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
    });
    server.get('/sandbox/config.json', (_request, reply) => reply.headers({ 'cache-control': 'no-store', 'content-type': 'application/json' }).send(facts()));
    server.get('/sandbox', (_request, reply) => reply.redirect('/sandbox/', 302));
    return true;
}
//# sourceMappingURL=sandbox-pages.js.map