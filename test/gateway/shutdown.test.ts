import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { composedClub } from './club.ts';
import { clubResolvers, clubSchemas } from './club-schemas.ts';
import { serve } from './served.ts';
import { startSubgraph } from './subgraph-server.ts';

async function ask(url: string, query: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}

test('SIGTERM with 20 requests in flight and 5 idle connections: all that has begun is answered, exit 0', async () => {
  const [accounts, library, reviews] = await Promise.all([
    startSubgraph(clubSchemas.accounts, clubResolvers.accounts),
    startSubgraph(clubSchemas.library, clubResolvers.library),
    startSubgraph(clubSchemas.reviews, clubResolvers.reviews),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'weir-shutdown-'));
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, composedClub({ accounts, library, reviews }));
  const served = await serve('--supergraph', file, '--port', '0');
  try {
    const held: ServerResponse[] = [];
    const all = new Promise<void>((resolve) => {
      library.trouble = (response) => {
        if (held.push(response) === 20) resolve();
      };
    });
    const idle = Array.from({ length: 5 }, () => connect(Number(new URL(served.url).port), '127.0.0.1'));
    for (const socket of idle) socket.on('error', () => undefined);
    const answers = Array.from({ length: 20 }, (_, index) =>
      ask(served.url, `{ slowly a${String(index)}: slowly }`),
    );
    await all;
    served.signal('SIGTERM');
    const ready = new URL('/health/ready', served.url);
    await assert.rejects(async () => {
      // Refused once the socket is closed; until then the answer is 503.
      for (;;) assert.equal((await fetch(ready)).status === 200, false);
    });
    for (const [index, response] of held.entries()) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"data":{"slowly":"done","a${String(index)}":"done"}}`);
    }
    for (const { status, text } of await Promise.all(answers)) {
      assert.equal(status, 200);
      assert.match(text, /"slowly":"done"/);
    }
    assert.equal(await served.ended, 0, served.output());
    for (const socket of idle) socket.destroy();
  } finally {
    served.signal('SIGTERM');
    await served.ended;
    for (const server of [accounts, library, reviews]) await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
