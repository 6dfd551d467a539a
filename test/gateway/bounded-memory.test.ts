import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { admission } from '../../gateway/admission/admission.ts';
import { parseConfig } from '../../gateway/config/config.ts';
import { documents, type Documents } from '../../gateway/documents/documents.ts';
import { createFetch, fetchSettings } from '../../gateway/fetch/fetch.ts';
import type { ExecutionRequest } from '../../gateway/model/execution.ts';
import type { Operation } from '../../gateway/model/operation.ts';
import { anonymous } from '../../gateway/model/principal.ts';
import type { Caller, CallContext } from '../../gateway/model/subgraph-call.ts';
import { openService, type Service } from '../../gateway/service.ts';
import { admissionSettings, documentSettings } from '../../gateway/settings/stage-settings.ts';
import { composedClub } from './club.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const megabyte = 1024 * 1024;

/** Plans kept by these gateways. */
const limit = 16;

interface Parts {
  readonly service: Service;
  readonly documents: Documents;
}

async function parts(t: TestContext): Promise<Parts> {
  const text = `supergraph: { query_planning: { timeout: 60s, cache: { in_memory: { limit: ${limit} } } } }`;
  const parsed = parseConfig({ file: 'gateway.yaml', text }, '.', {});
  assert.ok(parsed.ok);
  const { config } = parsed;
  const nowhere = { url: 'http://127.0.0.1:9/' };
  const sdl = composedClub({ accounts: nowhere, library: nowhere, reviews: nowhere });
  const opened = await openService(sdl, { config, plans: undefined });
  assert.ok(opened.ok);
  t.after(() => opened.service.retire(0));
  return {
    service: opened.service,
    documents: documents({
      ...documentSettings(config, { admit: admission(admissionSettings(config)), store: undefined }),
      cache: { maxOperations: 1_000, maxBytes: 8 * megabyte },
    }),
  };
}

async function prepared(text: string, { documents: stage, service }: Parts): Promise<Operation> {
  const request = { method: 'POST', query: text, operationName: undefined, extensions: {} } as const;
  const found = await stage.prepare(request, service.schema);
  assert.ok(found.ok, JSON.stringify(found));
  return found.operation;
}

const context: CallContext = {
  requestId: 'r',
  principal: anonymous,
  clientHeaders: {},
  signal: new AbortController().signal,
};
const users: Caller = (call) =>
  Promise.resolve({
    kind: 'answered',
    data:
      call.entityCount > 0 ? { _entities: [{ reviews: [] }] } : { users: [{ __typename: 'User', id: '1' }] },
    errors: [],
    headers: {},
    mayNeedEscape: false,
  });

function heapMb(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed / megabyte;
}

test('20,000 distinct operations take no more memory than 2,000', async (t) => {
  const stages = await parts(t);
  const ask = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1) {
      await prepared(`query Q${number} { users { id name } }`, stages);
    }
  };
  await ask(0, 2_000);
  const before = heapMb();
  await ask(2_000, 20_000);
  const growth = heapMb() - before;
  assert.ok(growth < 8, `${growth.toFixed(1)} MB more`);
});

/** Plans an operation and runs it until code is generated for it; nothing of it is held here afterwards. */
async function passing(number: number, stages: Parts): Promise<readonly WeakRef<object>[]> {
  const { service } = stages;
  const operation = await prepared(`query P${number} { users { id reviews { id } } }`, stages);
  const authorization = service.authorizer.authorize(operation, anonymous);
  assert.equal(authorization.kind, 'allowed');
  const planned = await service.plan(operation, authorization.authorized, context.signal);
  assert.equal(planned.kind, 'planned');
  const request: ExecutionRequest = { variables: {}, call: users, context };
  for (let run = 0; run < 4; run += 1) await planned.run(request);
  return [new WeakRef(planned.plan), new WeakRef(planned.run)];
}

test('a plan that is forgotten takes with it what was compiled for it, generated code too', async (t) => {
  const stages = await parts(t);
  const passed: (readonly WeakRef<object>[])[] = [];
  for (let number = 0; number < 120; number += 1) passed.push(await passing(number, stages));
  assert.equal(stages.service.planner.stats().plans, limit);
  // What the last steps held is let go in a turn of its own.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  for (const part of [0, 1]) {
    const alive = passed.filter((refs) => refs[part]?.deref() !== undefined).length;
    assert.ok(alive >= limit && alive <= limit + 2, `${alive} of ${passed.length} are kept`);
  }
});

test('forty answers of 5 MB that do not end are not all held until their deadline', async (t) => {
  const body = Buffer.alloc(5 * megabyte, 'x');
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').write(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const fetch = createFetch(
    fetchSettings({ traffic_shaping: { all: { timeout: 2_000, deduplicate_query: false } } }),
    new Map([['s', url]]),
  );
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 10);
  t.after(async () => {
    clearInterval(watch);
    await fetch.close(0);
    server.closeAllConnections();
    server.close();
  });
  const calls = Array.from({ length: 40 }, (_, number) =>
    fetch.call({ subgraph: 's', operationKind: 'query', body: `${number}`, entityCount: 0 }, context),
  );
  const codes = (await Promise.all(calls)).map((one) => (one.kind === 'failed' ? one.error.code : one.kind));
  assert.deepEqual(new Set(codes), new Set(['GATEWAY_TIMEOUT']));
  // Six are read on, the others stay at what makes them large.
  assert.ok(most - before < 100 * megabyte, `${((most - before) / megabyte).toFixed(0)} MB`);
});
