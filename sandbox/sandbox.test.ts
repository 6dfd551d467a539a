import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSchema, graphql } from 'graphql';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import { linkTo } from './src/share-link.ts';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const skip =
  browserPath === undefined
    ? 'SKIPPED: the page is not opened, because there is no Chromium in /usr/bin on this machine'
    : false;

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../dist/sandbox');

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' http://127.0.0.1:1",
  "worker-src 'self' blob:",
  "img-src 'self' data:",
  "font-src 'self' data:",
].join('; ');

const schema = buildSchema(`
  "A person who buys."
  type User { id: ID! name: String! role: String! orders(first: Int = 10): [Order!]! @deprecated(reason: "Use orderPage.") }
  type Order { id: ID! total: Float! }
  type Token { accessToken: String! }
  type Query { me: User, product(id: ID!): Product }
  type Product { id: ID! name: String! price: Float! stock: Int! rating: Float }
  type Mutation { signIn(email: String!, password: String!): Token! }
`);

const exampleQuery =
  'query Product($id: ID!) {\n  product(id: $id) {\n    name\n    price\n    stock\n    rating\n  }\n  me {\n    name\n  }\n}\n';

const config = {
  title: 'Weir',
  version: '0.1.0',
  endpoints: [
    { name: 'gateway', url: '/graphql' },
    { name: 'bff-web', url: '/bff-web/graphql' },
    { name: 'bff-mobile', url: 'http://127.0.0.1:1/graphql' },
  ],
  people: [
    { name: 'Ada', email: 'ada@example.com', password: 'sample', role: 'customer' },
    { name: 'Grace', email: 'grace@example.com', password: 'wrong', role: 'support' },
  ],
  signIn: {
    endpoint: '/graphql',
    query:
      'mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) { accessToken } }',
    tokenPath: ['signIn', 'accessToken'],
  },
  plan: true,
  schema: { id: '1f3a', composedAt: '2026-11-21T12:04:00Z', problem: null },
  examples: [
    { name: 'Product page', endpoint: 'gateway', query: exampleQuery, variables: { id: '7' } },
    { name: 'Who am I', endpoint: 'gateway', query: 'query Me {\n  me {\n    id\n    name\n  }\n}\n' },
  ],
};

const fetchNode = (subgraph: string, document: string, more: object = {}): object => ({
  kind: 'fetch',
  subgraph,
  operationKind: 'query',
  document,
  variables: [],
  outputRewrites: [],
  ...more,
});
const ofProduct = (subgraph: string, fields: string): object =>
  fetchNode(
    subgraph,
    `query($representations:[_Any!]!){_entities(representations:$representations){... on Product{${fields}}}}`,
    {
      entities: {
        paths: [[{ kind: 'field', name: 'product' }]],
        requires: [{ onType: 'Product', selections: [{ kind: 'field', readAs: 'id', sendAs: 'id' }] }],
        inputRewrites: [],
        contextRewrites: [],
      },
    },
  );
const plan = {
  object: {
    root: {
      kind: 'parallel',
      branches: [
        {
          kind: 'sequence',
          steps: [
            fetchNode('catalog', 'query($id:ID!){product(id:$id){__typename id name price}}', {
              variables: ['id'],
            }),
            { kind: 'parallel', branches: [ofProduct('inventory', 'stock'), ofProduct('reviews', 'rating')] },
          ],
        },
        fetchNode('accounts', '{me{name}}'),
      ],
    },
  },
  text: 'QueryPlan {\n  Parallel { … }\n}',
};

interface Seen {
  readonly query: string;
  readonly authorization: string | undefined;
  readonly isDryRun: boolean;
}

let server: Server;
let browser: Browser | undefined;
let context: BrowserContext;
let origin = '';
const seen: Seen[] = [];
/** What the server is made to suffer from, for one test. */
let trouble: 'none' | 'introspection off' | 'plan refused' = 'none';

const userOf = (authorization: string | undefined): object | null =>
  authorization === 'Bearer token-of-ada' ? { id: '1', name: 'Ada', role: 'customer', orders: [] } : null;

async function answerGraphQL(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    query: string;
    variables?: Record<string, unknown>;
  };
  const { authorization } = request.headers;
  const isDryRun = request.headers['apollo-expose-query-plan'] === 'dry-run';
  seen.push({ query: body.query, authorization, isDryRun });
  if (isDryRun && trouble === 'plan refused') {
    return { errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] };
  }
  if (isDryRun) return { data: null, extensions: { apolloQueryPlan: plan } };
  if (trouble === 'introspection off' && body.query.includes('__schema')) {
    return {
      errors: [{ message: 'No introspection here.', extensions: { code: 'INTROSPECTION_DISABLED' } }],
    };
  }
  const rootValue = {
    me: userOf(authorization),
    product: ({ id }: { id: string }) => ({ id, name: 'Kettle', price: 39.5, stock: 4, rating: 4.5 }),
    signIn: ({ password }: { password: string }) => {
      if (password !== 'sample') throw new Error('Email or password is wrong.');
      return { accessToken: 'token-of-ada' };
    },
  };
  return graphql({ schema, source: body.query, rootValue, variableValues: body.variables ?? {} });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://sandbox.test').pathname;
  if (path.endsWith('/graphql')) {
    const body = JSON.stringify(await answerGraphQL(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    return;
  }
  if (path === '/sandbox/config.json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(config));
    return;
  }
  const name = path === '/sandbox/' ? 'index.html' : path.replace('/sandbox/', '');
  const file = await readFile(join(dist, name)).catch(() => undefined);
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      ...(name.startsWith('assets/') ? { 'cache-control': 'max-age=3600, immutable' } : {}),
    })
    .end(file);
}

before(async () => {
  await promisify(execFile)(process.execPath, [join(here, 'build.mjs')]);
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  if (browserPath === undefined) return;
  browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  // One context for all tests: the browser then compiles the editor once, not once a test.
  context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
});

after(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Visit {
  readonly page: Page;
  /** What the browser's console complained of. */
  readonly complaints: readonly string[];
  /** Hosts of all requests of the page and its workers. */
  readonly hosts: ReadonlySet<string>;
}

/** Opens the page as on a first visit, and closes it when the test is over. */
async function visiting(inspect: (visit: Visit) => Promise<void>, path = '/sandbox/'): Promise<void> {
  assert.ok(browser);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const noteHost = (request: Request): void => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:') hosts.add(url.host);
  };
  context.on('request', noteHost);
  seen.length = 0;
  trouble = 'none';
  try {
    // Forgotten before the page starts, since a closing page still remembers with a delay.
    await page.addInitScript(() => localStorage.clear());
    await page.goto(origin + path);
    await ready(page);
    await inspect({ page, complaints, hosts });
  } finally {
    context.off('request', noteHost);
    await page.close();
  }
}

const runButton = (page: Page) => page.getByRole('button', { name: /Execute query/ });
const response = (page: Page) => page.locator('.result-window');
const strip = (page: Page) => page.getByRole('status', { name: 'Response status' });

/** The run button is there before the editors are, and does nothing until then. */
async function ready(page: Page): Promise<void> {
  for (const editor of ['.graphiql-query-editor', '.result-window', '.graphiql-editor-tool']) {
    await page.locator(`${editor} .view-line`).first().waitFor();
  }
}

async function assertShows(page: Page, text: RegExp): Promise<void> {
  await response(page).getByText(text).first().waitFor();
}

async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^as: / }).click();
  await page.getByRole('menuitem', { name }).click();
}

test(
  'running an operation shows the response, its status, size and errors, with nothing in the console',
  { skip },
  async () => {
    await visiting(async ({ page, complaints, hosts }) => {
      await page.getByRole('button', { name: 'Examples' }).click();
      await page.getByRole('menuitem', { name: 'Product page' }).click();
      await page.keyboard.press('Control+Enter');
      await assertShows(page, /Kettle/);
      assert.match(await strip(page).innerText(), /200\s*\d+ ms\s*\d+ B\s*no errors/);
      assert.deepEqual(complaints, []);
      assert.deepEqual([...hosts], [new URL(origin).host]);
    });
  },
);

test(
  'the plan panel draws what the gateway would fetch, without running the operation',
  { skip },
  async () => {
    await visiting(async ({ page, complaints }) => {
      await page.getByRole('button', { name: 'Show Query Plan' }).click();
      await page.locator('[data-step="fetch"]').first().waitFor();
      const drawn = await page
        .locator('[data-step="fetch"]')
        .evaluateAll((boxes) => boxes.map((box) => box.dataset['subgraph']));
      assert.deepEqual(drawn, ['catalog', 'inventory', 'reviews', 'accounts']);
      assert.equal(await page.locator('[data-step="parallel"]').count(), 2);
      assert.equal(await page.locator('[data-step="sequence"]').count(), 1);
      assert.match(
        await page.locator('.plan-summary').innerText(),
        /4 fetches · 4 subgraphs · 2 rounds in sequence/,
      );
      assert.equal(
        await page.locator('[data-subgraph="inventory"] .plan-fact code').first().innerText(),
        'product',
      );
      assert.deepEqual(
        seen.filter(({ query, isDryRun }) => query.includes('product(') && !isDryRun),
        [],
      );
      await page.getByRole('button', { name: 'Text' }).click();
      assert.match(await page.locator('.plan-text').innerText(), /^QueryPlan \{/);
      assert.deepEqual(complaints, []);
    });
  },
);

test('the plan is asked for again after each run', { skip }, async () => {
  await visiting(async ({ page }) => {
    await page.getByRole('button', { name: 'Show Query Plan' }).click();
    await page.locator('[data-step="fetch"]').first().waitFor();
    const asked = seen.filter(({ isDryRun }) => isDryRun).length;
    const again = page.waitForRequest(
      (request) => request.headers()['apollo-expose-query-plan'] === 'dry-run',
    );
    await runButton(page).click();
    await again;
    assert.equal(asked, 1);
  });
});

test('a refused plan says what to do', { skip }, async () => {
  await visiting(async ({ page }) => {
    trouble = 'plan refused';
    await page.getByRole('button', { name: 'Show Query Plan' }).click();
    await page.getByText('Not signed in: choose somebody in the “as” menu').waitFor();
  });
});

test('an endpoint that is not the gateway has no plan and is not asked for one', { skip }, async () => {
  await visiting(async ({ page, complaints }) => {
    await page.getByRole('button', { name: 'bff-web' }).click();
    await ready(page);
    await page.getByRole('button', { name: 'Show Query Plan' }).click();
    await page.getByText('bff-web has no query plan').waitFor();
    await runButton(page).click();
    await assertShows(page, /__typename/);
    assert.deepEqual(
      seen.filter(({ isDryRun }) => isDryRun),
      [],
    );
    assert.deepEqual(complaints, []);
  });
});

test(
  'signing in sets the authorization header until signing out, and stores nothing of it',
  { skip },
  async () => {
    await visiting(async ({ page, complaints }) => {
      await signInAs(page, 'Ada');
      await page.getByRole('button', { name: 'as: Ada' }).waitFor();
      await runButton(page).click();
      await strip(page).getByText('200').waitFor();
      assert.equal(seen.at(-1)?.authorization, 'Bearer token-of-ada');
      const stored = JSON.stringify(await context.storageState());
      assert.match(stored, /weir:gateway:/);
      assert.doesNotMatch(stored, /token-of-ada/);

      await signInAs(page, 'nobody');
      await page.getByRole('button', { name: 'as: nobody' }).waitFor();
      const count = seen.length;
      await runButton(page).click();
      await strip(page)
        .getByText(/no errors|1 error/)
        .waitFor();
      assert.equal(seen[count]?.authorization, undefined);
      assert.deepEqual(complaints, []);
    });
  },
);

test('somebody who cannot be signed in is told why', { skip }, async () => {
  await visiting(async ({ page }) => {
    await signInAs(page, 'Grace');
    await page.getByText('Grace could not be signed in: Email or password is wrong.').waitFor();
  });
});

test('a shared link opens its operation and variables', { skip }, async () => {
  const shared = {
    endpoint: 'gateway',
    query: 'query Shared($id: ID!) { product(id: $id) { name } }',
    variables: '{"id":"9"}',
  };
  const link = linkTo(shared, `${origin}/sandbox/`);
  await visiting(async ({ page }) => {
    await page.locator('.graphiql-query-editor .view-lines').getByText('Shared').first().waitFor();
    await runButton(page).click();
    await assertShows(page, /Kettle/);
  }, link.slice(origin.length));
});

test('without introspection the page says so and operations still run', { skip }, async () => {
  await visiting(async ({ page }) => {
    trouble = 'introspection off';
    await page.reload();
    await ready(page);
    await page.getByText('Introspection is off on gateway: no docs, no completion.').waitFor();
    await runButton(page).click();
    await assertShows(page, /product/);
  });
});

test('an endpoint that is down is said to be, and is tried again', { skip }, async () => {
  await visiting(async ({ page }) => {
    await page.getByRole('button', { name: 'bff-mobile' }).click();
    await page.getByText('bff-mobile is not reachable, retry in 3 s.').waitFor();
    await page.waitForRequest('http://127.0.0.1:1/graphql');
  });
});

test('every compressible file of the build lies beside its compressed forms', async () => {
  const files = (await readdir(dist, { recursive: true })).filter((name) => /\.(?:js|css|html)$/.test(name));
  assert.ok(files.length > 10);
  for (const name of files) {
    assert.ok(existsSync(join(dist, `${name}.br`)), `${name}.br`);
    assert.ok(existsSync(join(dist, `${name}.gz`)), `${name}.gz`);
  }
});
