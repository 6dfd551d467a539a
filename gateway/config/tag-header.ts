import { headerName } from './values.ts';

/** Headers with a meaning of their own for clients, browsers and what lies between, and those that the gateway sets. */
const meaningful = new Set([
  ...[
    'age',
    'allow',
    'alt-svc',
    'authorization',
    'clear-site-data',
    'connection',
    'cookie',
    'cookie2',
    'date',
  ],
  ...[
    'etag',
    'expect',
    'expires',
    'forwarded',
    'host',
    'http2-settings',
    'keep-alive',
    'last-modified',
    'link',
  ],
  ...['location', 'nel', 'origin', 'origin-agent-cluster', 'permissions-policy', 'pragma', 'range'],
  ...['referer', 'referrer-policy', 'refresh', 'report-to', 'reporting-endpoints', 'retry-after', 'server'],
  ...['server-timing', 'set-cookie', 'set-cookie2', 'sourcemap', 'speculation-rules', 'status'],
  ...['strict-transport-security', 'surrogate-control', 'te', 'timing-allow-origin', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'vary', 'via', 'warning', 'www-authenticate', 'x-content-type-options'],
  ...['x-correlation-id', 'x-dns-prefetch-control', 'x-frame-options', 'x-powered-by', 'x-real-ip'],
  ...['x-request-id', 'x-robots-tag', 'x-sendfile', 'x-xss-protection'],
]);

/** The same, by families: `cdn-cache-control`, `x-accel-redirect`. */
const meaningfulFamily =
  /^((accept|access-control|authentication|content|cross-origin|if|proxy|sec|weir|x-accel|x-forwarded)-.*|(.*-)?cache-control|accept)$/;

/** The tags stand in place of whatever an answer had under this name, so it has to be one that says nothing else. */
export const tagHeaderName = headerName.refine((name) => {
  // Software that speaks CGI reads both as one name.
  const canonical = name.replaceAll('_', '-');
  return !meaningful.has(canonical) && !meaningfulFamily.test(canonical);
}, 'tags would replace what this header says: expected one for tags alone, such as Cache-Tag or Surrogate-Key');
