import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

/**
 * What Node costs for a plan's calls and JSON both ways, without planning, merging or projecting anything:
 * `floor-calls.ts CALLS-FILE ANSWER-FILE PORT`. CALLS-FILE has the waves of calls as a gateway was seen to make them.
 */

interface Call {
  readonly url: string;
  readonly body: string;
}

const [callsFile = '', answerFile = '', port = '0'] = process.argv.slice(2);
const answer: unknown = JSON.parse(readFileSync(answerFile, 'utf8'));
const pools = new Map<string, Pool>();
const poolFor = (url: string): Pool => {
  const pool = pools.get(url) ?? new Pool(url, { connections: 256, pipelining: 1 });
  pools.set(url, pool);
  return pool;
};
const waves = (JSON.parse(readFileSync(callsFile, 'utf8')) as readonly (readonly Call[])[]).map((wave) =>
  wave.map(({ url, body }) => ({ pool: poolFor(url), body: JSON.parse(body) as unknown })),
);

async function call(pool: Pool, body: unknown, authorization: string | undefined): Promise<unknown> {
  const answered = await pool.request({
    ...{ path: '/', method: 'POST', body: JSON.stringify(body) },
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
  });
  return JSON.parse(await answered.body.text());
}

createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (text += chunk));
  request.on('end', () => {
    JSON.parse(text);
    void (async () => {
      for (const wave of waves)
        await Promise.all(wave.map(({ pool, body }) => call(pool, body, request.headers.authorization)));
      const bytes = Buffer.from(JSON.stringify(answer));
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': bytes.length,
      });
      response.end(bytes);
    })();
  });
}).listen(Number(port), '127.0.0.1');
