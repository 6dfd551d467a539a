import { z } from 'zod';
import { isNoRedis, redisAddress } from '../model/redis-address.ts';

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const sizeUnits: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

interface Bounds {
  readonly from?: string;
  readonly to: string;
}

/** `250ms`, `5s`, `10m`, `1h`, `2d` -> milliseconds, within bounds that are written the same way. */
export function duration({ from = '0s', to }: Bounds) {
  const shape = /^\d{1,9}(ms|s|m|h|d)$/;
  return z
    .string()
    .regex(shape, { error: 'expected a duration such as 250ms, 5s or 1h', abort: true })
    .transform((text) => measured(text, durationUnits))
    .refine(within(from, to, durationUnits), `must be between ${from} and ${to}`);
}

/** `512B`, `256KB`, `5MB`, `1GB` -> bytes (KB = 1024), within bounds that are written the same way. */
export function size({ from = '1B', to }: Bounds) {
  const shape = /^\d{1,9}(B|KB|MB|GB)$/;
  return z
    .string()
    .regex(shape, { error: 'expected a size such as 256KB or 5MB', abort: true })
    .transform((text) => measured(text, sizeUnits))
    .refine(within(from, to, sizeUnits), `must be between ${from} and ${to}`);
}

function within(
  from: string,
  to: string,
  units: Readonly<Record<string, number>>,
): (value: number) => boolean {
  return (value) => value >= measured(from, units) && value <= measured(to, units);
}

function measured(text: string, units: Readonly<Record<string, number>>): number {
  const unit = /[A-Za-z]+$/.exec(text)?.[0] ?? '';
  return Number.parseInt(text, 10) * (units[unit] ?? Number.NaN);
}

/** A whole number within bounds. */
export function whole(from: number, to: number) {
  return z.number().int().min(from).max(to);
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:4000`, `[::1]:4000`, `:4000` (all addresses); port 0 takes a free one. */
export const listenAddress = z
  .string()
  .regex(/^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{0,253}):\d{1,5}$/, {
    error: 'expected an address and a port such as 127.0.0.1:4000',
    abort: true,
  })
  .transform((text): ListenAddress => {
    const colon = text.lastIndexOf(':');
    const host = text.slice(0, colon).replace(/^\[|\]$/g, '');
    return { host: host === '' ? '0.0.0.0' : host, port: Number(text.slice(colon + 1)) };
  })
  .refine(({ port }) => port <= 65_535, 'the port must be at most 65535');

/** An absolute URL path without query. */
export const urlPath = z
  .string()
  .max(200)
  .regex(/^\/[A-Za-z0-9._~/-]*$/, 'expected a path such as /graphql');

/** A header name, in lower case. */
export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, { error: 'expected a header name', abort: true })
  .transform((name) => name.toLowerCase());

export const headerValue = z
  .string()
  .max(4096)
  // Tab and printable characters only: a line break would start another header.
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a header value must not hold control characters');

/** A regular expression that JavaScript can compile. */
export const pattern = z.string().min(1).max(500).refine(compiles, 'expected a regular expression');

function compiles(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** An absolute http or https address. */
export const httpUrl = z
  .string()
  .max(2048)
  .refine(isHttp, 'expected an absolute URL such as https://example.com/graphql');

function isHttp(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}

/** A name from the supergraph. */
export const subgraphName = z.string().min(1).max(200);

const oneRedis =
  'One address, the nodes of one cluster, or redis-sentinel://host:26379?sentinelServiceName=name.';

/**
 * Addresses of one Redis; a user, a password and a database number may stand in the first. Several are the nodes of one
 * cluster, or sentinels.
 */
export const redisUrls = redisUrlsThat(() => false).describe(oneRedis);

/** The same; one empty address is none, so that it may come from a variable that is not set. */
export const redisUrlsOrNone = redisUrlsThat(isNoRedis).describe(`${oneRedis} Empty: none.`);

function redisUrlsThat(isEmpty: (urls: readonly string[]) => boolean) {
  return z
    .array(z.string().max(2048))
    .min(1)
    .max(64)
    .readonly()
    .superRefine((urls, context) => {
      const read = isEmpty(urls) ? undefined : redisAddress(urls);
      if (read?.ok === false) context.addIssue({ code: 'custom', path: [read.index], message: read.problem });
    });
}
