import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** What Node costs for HTTP alone: `floor-fixed.ts ANSWER-FILE PORT`. */

const [file = '', port = '0'] = process.argv.slice(2);
const answer = readFileSync(file);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length };

createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, headers);
    response.end(answer);
  });
}).listen(Number(port), '127.0.0.1');
