import { sql, type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { isFiltering, matches, type ProductFilter } from './product-list.ts';
import { searchable, searchWords } from './search-words.ts';
import type { SearchKind, Tables } from './tables.ts';

// Names with the rarest word of a search; more are not looked at, so that a search for one letter stays cheap.
const maxCandidates = 5_000;
// Sorts behind every character that a word can have.
const endOfWords = '\u{10ffff}';

export interface SearchQuery {
  readonly text: string;
  readonly filter: ProductFilter;
}

/** A name that was found; the lower the rank the better it fits. */
export interface FoundName {
  readonly id: string;
  readonly kind: SearchKind;
  readonly key: string;
  readonly name_key: string;
  readonly rank: number;
}

/** Rank, name and id of the last name of the page before. */
export type SearchKey = readonly [number, string, string];

/**
 * Names that have, for each word of the text, a word that begins with it. Best first: the whole name, then names that
 * begin with the text, then by the number of words that are equal and not only begin so. One row more than asked for.
 */
export async function searchNames(
  db: Kysely<Tables>,
  query: SearchQuery,
  page: { readonly first: number; readonly after: SearchKey | undefined },
): Promise<readonly FoundName[]> {
  const { after } = page;
  return db
    .selectFrom(found(db, query).as('found'))
    .selectAll()
    .$if(after !== undefined, (rows) =>
      rows.where(sql<SqlBool>`(rank, name_key, id) > (${after?.[0]}, ${after?.[1]}, ${after?.[2]})`),
    )
    .orderBy('rank')
    .orderBy('name_key')
    .orderBy('id')
    .limit(page.first + 1)
    .execute();
}

export async function countNames(db: Kysely<Tables>, query: SearchQuery): Promise<number> {
  const { count } = await db
    .selectFrom(found(db, query).as('found'))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function found(db: Kysely<Tables>, { text, filter }: SearchQuery) {
  const words = searchWords(text);
  const [longest = '', ...others] = words;
  const candidates = db
    .selectFrom((eb) =>
      eb
        .selectFrom('search_word')
        .select('name_id')
        .where((words) => beginsWith(words, longest))
        .orderBy('word')
        .orderBy('name_id')
        .limit(maxCandidates)
        .as('hit'),
    )
    .select('hit.name_id');
  return db
    .selectFrom('search_name')
    .select(['search_name.id', 'search_name.kind', 'search_name.key', 'search_name.name_key'])
    .select(rank(searchable(text), words).as('rank'))
    .where('search_name.id', 'in', candidates)
    .where((eb) => eb.and(others.map((word) => hasWord(eb, word))))
    .$if(isFiltering(filter), (rows) =>
      rows.where('search_name.kind', '=', 'PRODUCT').where('search_name.key', 'in', (eb) =>
        eb
          .selectFrom('product')
          .select('product.id')
          .where((products) => matches(products, filter)),
      ),
    );
}

function beginsWith(eb: ExpressionBuilder<Tables, 'search_word'>, word: string) {
  // A range rather than LIKE: it uses the index in both databases and needs no escaping.
  return eb.and([eb('search_word.word', '>=', word), eb('search_word.word', '<', word + endOfWords)]);
}

function hasWord(eb: ExpressionBuilder<Tables, 'search_name'>, word: string) {
  return eb.exists(
    eb
      .selectFrom('search_word')
      .select('search_word.word')
      .whereRef('search_word.name_id', '=', 'search_name.id')
      .where((words) => beginsWith(words, word)),
  );
}

function rank(whole: string, words: readonly string[]): RawBuilder<number> {
  return sql<number>`cast(
    case when search_name.name_key = ${whole} then -100
         when search_name.name_key >= ${whole} and search_name.name_key < ${whole + endOfWords} then -10
         else 0 end
    - (select count(*) from search_word where name_id = search_name.id and word in (${sql.join(words)}))
    as integer)`;
}
