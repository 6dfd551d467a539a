import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export interface Encoded {
  readonly body: string | Buffer;
  readonly encoding: 'gzip' | 'br' | undefined;
}

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

/** Below this a compressed answer saves no packet, and compressing costs more than sending. */
const leastBytes = 1024;

/** Compresses an answer as the client allows; the fast levels, because answers are made once and read once. */
export async function encoded(body: string | Buffer, accepted: string | undefined): Promise<Encoded> {
  const encoding = body.length < leastBytes ? undefined : chosen(accepted);
  if (encoding === undefined) return { body, encoding };
  const compressed =
    encoding === 'gzip'
      ? await asGzip(body, { level: 1 })
      : await asBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return { body: compressed, encoding };
}

/** Whether the answer depends on what the client accepts. */
export function mayBeEncoded(body: string | Buffer): boolean {
  return body.length >= leastBytes;
}

function chosen(accepted: string | undefined): 'gzip' | 'br' | undefined {
  if (accepted === undefined) return undefined;
  const allowed = accepted
    .slice(0, 500)
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q\s*=\s*0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (allowed.includes('br')) return 'br';
  return allowed.includes('gzip') ? 'gzip' : undefined;
}
