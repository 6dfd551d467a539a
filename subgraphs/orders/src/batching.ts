import DataLoader from 'dataloader';

// Keeps a statement's parameters below the limits of both databases.
const maxBatchSize = 500;

/** Loads single rows by a key, all keys of one turn with one statement. */
export function oneByKey<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | undefined> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key));
    },
    { maxBatchSize },
  );
}

/** Loads lists of rows by their parent's key, all parents of one turn with one statement. */
export function manyByKey<Row>(
  load: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(
    async (keys) => {
      const lists = grouped(await load(keys), keyOf);
      return keys.map((key) => lists.get(key) ?? []);
    },
    { maxBatchSize },
  );
}

/** A parent's key and which of its rows are wanted; `page` must be plain data. */
export interface PageKey<Page> {
  readonly key: string;
  readonly page: Page;
}

/** Loads pages of rows by their parent's key: one statement for all parents that ask for the same page. */
export function pageByKey<Page, Row>(
  load: (keys: readonly string[], page: Page) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<PageKey<Page>, readonly Row[], string> {
  return new DataLoader<PageKey<Page>, readonly Row[], string>(
    async (wanted) => {
      const samePage = grouped(wanted, ({ page }) => JSON.stringify(page));
      const answers = new Map<string, ReadonlyMap<string, readonly Row[]>>();
      for (const [pageText, members] of samePage) {
        const [first] = members;
        if (first === undefined) continue;
        answers.set(
          pageText,
          grouped(
            await load(
              members.map(({ key }) => key),
              first.page,
            ),
            keyOf,
          ),
        );
      }
      return wanted.map(({ key, page }) => answers.get(JSON.stringify(page))?.get(key) ?? []);
    },
    { maxBatchSize, cacheKeyFn: ({ key, page }) => JSON.stringify([key, page]) },
  );
}

/** Rows in lists by a key, in the order they came. */
export function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const lists = new Map<string, Row[]>();
  for (const row of rows) {
    const list = lists.get(keyOf(row));
    if (list === undefined) lists.set(keyOf(row), [row]);
    else list.push(row);
  }
  return lists;
}
