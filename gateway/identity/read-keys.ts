import { readFile, stat } from 'node:fs/promises';
import { Agent, request } from 'undici';
import type { IssuerSettings } from './identity-settings.ts';

/** Reads the text of a key set; rejects when it cannot be had. */
export type ReadKeys = (from: IssuerSettings['keys'], signal: AbortSignal) => Promise<string>;

export interface KeyReader {
  readonly read: ReadKeys;
  close(): Promise<void>;
}

/** A key set of a hundred keys takes a fifth of this. */
const maxBytes = 512 * 1024;

/** Reads key sets from files and over HTTP, without following redirects, of bounded size. */
export function keyReader(): KeyReader {
  const agent = new Agent({ connections: 2, headersTimeout: 30_000, bodyTimeout: 30_000 });
  return {
    read: (from, signal) => ('file' in from ? fromFile(from.file, signal) : fromUrl(from.url, agent, signal)),
    close: () => agent.destroy(),
  };
}

async function fromFile(path: string, signal: AbortSignal): Promise<string> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new Error(`The key set ${path} is larger than ${maxBytes} bytes`);
  return readFile(path, { encoding: 'utf8', signal });
}

async function fromUrl(url: string, dispatcher: Agent, signal: AbortSignal): Promise<string> {
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const { statusCode, body } = await request(url, { dispatcher, signal, headers });
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the body and with it the connection.
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw new Error(`The key set at ${url} is larger than ${maxBytes} bytes`);
  }
  if (statusCode !== 200) throw new Error(`The key set at ${url} was answered with status ${statusCode}`);
  return Buffer.concat(chunks).toString('utf8');
}
