import { Cluster, Redis } from 'ioredis';

/** A server, a node of a cluster, or a sentinel; `rediss` with TLS. */
export const redisProtocols: readonly string[] = [
  ...['redis:', 'redis-cluster:', 'redis-sentinel:'],
  ...['rediss:', 'rediss-cluster:', 'rediss-sentinel:'],
];

const sentinelPort = 26_379;
const redisPort = 6_379;

/** What is wrong with an address of one of the protocols. Nothing of it is repeated, as it may carry a password. */
export function redisProblem(address: string): string | undefined {
  const url = new URL(address);
  if (decoded(url.username) === undefined || decoded(url.password) === undefined)
    return 'is not percent-encoded: write % in user or password as %25';
  if (url.hostname === '' || !/^\/?\d{0,9}$/.test(url.pathname))
    return 'must be like redis://user:password@host:6379/0, with the number of a database or none';
  if (!url.searchParams.getAll('node').every(isNode))
    return 'must have hosts and ports in its nodes, such as ?node=host:6379';
  if (isCluster(url) && databaseOf(url) !== 0) return 'has a database, and clusters have no numbered ones';
  if (isOf(url, 'sentinel') && (url.searchParams.get('sentinelServiceName') ?? '') === '')
    return 'needs the name of what the sentinels watch, such as ?sentinelServiceName=mymaster';
  return undefined;
}

/** A connection that is kept as well as it can be, or those to the nodes of a cluster. */
export function openRedis(address: string, longestMs: number): Redis | Cluster {
  const url = new URL(address);
  const isEncrypted = url.protocol.startsWith('rediss');
  const options = {
    ...{ commandTimeout: longestMs, maxRetriesPerRequest: 0, enableOfflineQueue: false },
    ...accessOf(url),
    ...(isEncrypted ? { tls: {} } : {}),
  };
  if (isCluster(url)) {
    // Each command is tried again after a redirection, and each time may take as long.
    const bounds = { enableOfflineQueue: false, maxRedirections: 2 };
    return new Cluster([...hostsOf(url, redisPort)], { ...bounds, redisOptions: options });
  }
  const db = databaseOf(url);
  const [server] = hostsOf(url, redisPort);
  if (!isOf(url, 'sentinel')) return new Redis({ ...options, ...server, db });
  const name = url.searchParams.get('sentinelServiceName') ?? '';
  const encrypted = isEncrypted ? { sentinelTLS: {}, enableTLSForSentinelMode: true } : {};
  return new Redis({ ...options, ...encrypted, sentinels: [...hostsOf(url, sentinelPort)], name, db });
}

const isOf = ({ protocol }: URL, kind: 'cluster' | 'sentinel'): boolean => protocol.endsWith(`-${kind}:`);

/** Further nodes make a cluster of any address but one of a sentinel. */
const isCluster = (url: URL): boolean =>
  isOf(url, 'cluster') || (url.searchParams.has('node') && !isOf(url, 'sentinel'));

const databaseOf = ({ pathname }: URL): number => Number(pathname.replace('/', ''));

const nodeShape = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{1,5})?$/;
const isNode = (text: string): boolean => nodeShape.test(text) && URL.canParse(`redis://${text}`);

/** That of the address, and its further `?node=host:port`. */
function hostsOf(url: URL, otherwise: number): readonly { readonly host: string; readonly port: number }[] {
  const further = url.searchParams.getAll('node').map((node) => new URL(`redis://${node}`));
  return [url, ...further].map(({ hostname, port }) => ({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? otherwise : Number(port),
  }));
}

function accessOf({ username, password, searchParams }: URL) {
  const given = {
    username: decoded(username),
    password: decoded(password),
    sentinelUsername: searchParams.get('sentinelUsername') ?? '',
    sentinelPassword: searchParams.get('sentinelPassword') ?? '',
  };
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ''));
}

/** `undefined` for what is not percent-encoded. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
