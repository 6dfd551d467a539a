import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startSampleSystem, type SampleSystem } from './sample-system.ts';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const skip =
  browserPath === undefined
    ? 'SKIPPED: the page is not opened, because there is no Chromium in /usr/bin on this machine'
    : false;

let system: SampleSystem;
let browser: Browser;

before(async () => {
  if (browserPath === undefined) return;
  system = await startSampleSystem();
  browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      ...['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...['--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    ],
  });
});

after(async () => {
  if (browserPath === undefined) return;
  await browser.close();
  await system.cleanUp();
});

interface Visit {
  readonly page: Page;
  /** What the browser's console complained of. */
  readonly complaints: readonly string[];
  /** Hosts of all requests of the page and its workers, without ports. */
  readonly hosts: ReadonlySet<string>;
}

/** Opens the gateway's address as a browser does on a first visit. */
async function visiting(inspect: (visit: Visit) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 860 } });
  const complaints: string[] = [];
  const hosts = new Set<string>();
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(hostname);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(new URL('/', system.url('gateway')).href);
    await inspect({ page, complaints, hosts });
  } finally {
    await context.close();
  }
}

const answer = (page: Page) => page.locator('.result-window');
const status = (page: Page) => page.getByRole('status', { name: 'Response status' });

/** The editors come up after the page; what is typed or run before is lost. */
async function ready(page: Page): Promise<void> {
  for (const editor of ['.graphiql-query-editor', '.result-window', '.graphiql-editor-tool']) {
    await page.locator(`${editor} .view-line`).first().waitFor();
  }
}

async function runExample(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('menuitem', { name }).click();
  await page.locator('.graphiql-query-editor .view-lines').getByText(name.replaceAll(' ', ''), { exact: false }).first().waitFor();
  await page.keyboard.press('Control+Enter');
} // prettier-ignore

async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^as: / }).click();
  await page.getByRole('menuitem', { name }).click();
  await page.locator('[data-session="signed-in"]').getByText(name).waitFor();
}

test(
  'a browser that opens the gateway lands on the sandbox and runs an example, asking nobody else',
  { skip, timeout: 180_000 },
  async () => {
    await visiting(async ({ page, complaints, hosts }) => {
      assert.equal(new URL(page.url()).pathname, '/sandbox/');
      await ready(page);
      await runExample(page, 'Newest products');
      await answer(page)
        .getByText(/IN_STOCK|LOW|OUT_OF_STOCK/)
        .first()
        .waitFor();
      assert.match(await status(page).innerText(), /200[^]*no errors/);
      assert.deepEqual([...hosts], ['127.0.0.1']);
      assert.deepEqual(complaints, []);
    });
  },
);

for (const [endpoint, example, shown] of [
  ['bff-web', 'Front page', /homePage/],
  ['bff-mobile', 'First screen', /homeScreen/],
] as const) {
  test(`the ${endpoint} is asked from the same page`, { skip, timeout: 180_000 }, async () => {
    await visiting(async ({ page, complaints, hosts }) => {
      await ready(page);
      await page.getByRole('button', { name: endpoint }).click();
      await ready(page);
      await runExample(page, example);
      await answer(page).getByText(shown).first().waitFor();
      assert.match(await status(page).innerText(), /200[^]*no errors/);
      assert.deepEqual([...hosts], ['127.0.0.1']);
      assert.deepEqual(complaints, []);
    });
  });
}

test('signed in as Ada the page shows who she is', { skip, timeout: 180_000 }, async () => {
  await visiting(async ({ page, complaints }) => {
    await ready(page);
    await signInAs(page, 'Ada Lovell');
    await runExample(page, 'Who am I');
    await answer(page).getByText(/"Ada\sLovell"/).first().waitFor();
    assert.match(await answer(page).innerText(), /loyaltyPoints/);
    assert.deepEqual(complaints, []);
  });
}); // prettier-ignore

test('the plan panel draws which subgraphs are asked', { skip, timeout: 180_000 }, async () => {
  await visiting(async ({ page, complaints }) => {
    await ready(page);
    await runExample(page, 'Newest products');
    await status(page).getByText('200').waitFor();
    await page.getByRole('button', { name: 'Show Query Plan' }).click();
    await page.locator('[data-step="fetch"]').first().waitFor();
    const boxes = await page.locator('[data-step="fetch"]').all();
    const asked = await Promise.all(boxes.map((box) => box.getAttribute('data-subgraph')));
    assert.deepEqual(asked.sort(), ['catalog', 'inventory', 'reviews']);
    assert.deepEqual(complaints, []);
  });
});
