/** Where a Redis is: one server, the nodes of one cluster, or sentinels that know the server of a name. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly url: string }
  | { readonly kind: 'cluster'; readonly nodes: readonly string[]; readonly access: RedisAccess }
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly RedisHost[];
      /** The name under which sentinels watch over the server. */
      readonly name: string;
      readonly database: number;
      readonly access: RedisAccess;
      /** For the sentinels themselves. */
      readonly sentinelAccess: Omit<RedisAccess, 'tls'>;
    };

export interface RedisAccess {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
}

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

export type ReadAddress =
  | { readonly ok: true; readonly address: RedisAddress }
  | {
      readonly ok: false;
      readonly problem: string;
      /** Which of the addresses is wrong. */
      readonly index: number;
    };

const schemes = /^(rediss?)(-cluster|-sentinel)?:$/;
const sentinelPort = 26_379;
const redisPort = 6_379;
type Wrong = Extract<ReadAddress, { ok: false }>;
const wrong = (problem: string, index = 0): Wrong => ({ ok: false, problem, index });
const expected = 'expected an address such as redis://127.0.0.1:6379 or rediss://user:password@host:6379/0';

/**
 * Reads addresses as Apollo's router has them: `redis://`, `redis-cluster://`, `redis-sentinel://`, each with `rediss` for TLS.
 * Several, or `?node=host:port`, are nodes of one cluster, or sentinels of one `sentinelServiceName`. User, password and
 * database are those of the first. Never throws, and what it accepts no client stumbles over.
 */
export function redisAddress(urls: readonly string[]): ReadAddress {
  const found = urlsOf(urls);
  if (!Array.isArray(found)) return found;
  const [first] = found;
  if (first === undefined) return wrong('expected at least one address');
  const [, scheme = '', kind] = schemes.exec(first.protocol) ?? [];
  const access = accessOf(first, scheme === 'rediss');
  if (kind === '-sentinel') return sentinels(first, found, access);
  const hosts = hostsOf(found, redisPort);
  if (kind === undefined && hosts.length === 1)
    return { ok: true, address: { kind: 'single', url: first.href } };
  const numbered = found.findIndex((url) => databaseOf(url) !== 0);
  if (numbered !== -1)
    return wrong('a cluster has no numbered databases: leave out what stands after the host', numbered);
  const nodes = hosts.map(({ host, port }) => `${scheme}://${bracketed(host)}:${String(port)}`);
  return { ok: true, address: { kind: 'cluster', nodes, access } };
}

function urlsOf(texts: readonly string[]): URL[] | Wrong {
  const read: URL[] = [];
  for (const [index, text] of texts.entries()) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !schemes.test(url.protocol) || url.hostname === '')
      return wrong(expected, index);
    const problem = problemIn(url);
    if (problem !== undefined) return wrong(problem, index);
    if (url.protocol !== (read[0]?.protocol ?? url.protocol))
      return wrong('addresses of one Redis must begin alike', index);
    read.push(url);
  }
  return read;
}

/** Messages repeat nothing of the address: in a wrong one a password may stand anywhere. */
function problemIn(url: URL): string | undefined {
  if (decoded(url.username) === undefined || decoded(url.password) === undefined)
    return 'user or password is not percent-encoded: write % as %25';
  if (url.hash !== '') return 'an address has nothing behind #; in a user or password write # as %23';
  if (!databaseShape.test(url.pathname))
    return 'the database must be a number, such as /0; in a user or password write / as %2F';
  const known = parametersOf(url);
  if ([...url.searchParams.keys()].some((name) => !known.includes(name)))
    return `the only parameters here are ${known.join(', ')}; in a user or password write ? as %3F`;
  if (!url.searchParams.getAll('node').every(isNode))
    return 'expected a host and a port in "node", such as ?node=host:6379';
  return undefined;
}

const databaseShape = /^\/?\d{0,9}$/;
const databaseOf = ({ pathname }: URL): number => Number(pathname.replace('/', ''));

// Not every option of the client: those in an address would overrule the configuration, and some make the client throw.
function parametersOf({ protocol }: URL): readonly string[] {
  const ofSentinels = ['sentinelServiceName', 'sentinelUsername', 'sentinelPassword'];
  return ['node', ...(protocol.endsWith('-sentinel:') ? ofSentinels : [])];
}

const nodeShape = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{1,5})?$/;
const isNode = (text: string): boolean => nodeShape.test(text) && URL.canParse(`redis://${text}`);

function sentinels(first: URL, all: readonly URL[], access: RedisAccess): ReadAddress {
  const { searchParams } = first;
  const name = searchParams.get('sentinelServiceName');
  if (name === null || name === '')
    return wrong(
      'sentinels need the name of what they watch: redis-sentinel://host:26379?sentinelServiceName=mymaster',
    );
  const sentinelAccess = {
    username: searchParams.get('sentinelUsername') ?? undefined,
    password: searchParams.get('sentinelPassword') ?? undefined,
  };
  const hosts = hostsOf(all, sentinelPort);
  const database = databaseOf(first);
  return {
    ok: true,
    address: { kind: 'sentinel', sentinels: hosts, name, database, access, sentinelAccess },
  };
}

function accessOf({ username, password }: URL, tls: boolean): RedisAccess {
  const given = (text: string): string | undefined => (text === '' ? undefined : decoded(text));
  return { username: given(username), password: given(password), tls };
}

/** `undefined` for what is not percent-encoded. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hostsOf(urls: readonly URL[], otherwise: number): readonly RedisHost[] {
  const nodes = urls.flatMap((url) => [
    url,
    ...url.searchParams.getAll('node').map((node) => new URL(`redis://${node}`)),
  ]);
  return nodes.map(({ hostname, port }) => ({
    host: plain(hostname),
    port: port === '' ? otherwise : Number(port),
  }));
}

const plain = (host: string): string => host.replace(/^\[|\]$/g, '');
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** One empty address is none: what a variable that is not set leaves behind. */
export function isNoRedis(urls: readonly string[]): boolean {
  return urls.length === 1 && urls[0] === '';
}
