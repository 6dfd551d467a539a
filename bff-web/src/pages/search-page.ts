import { SearchPage, type SearchPageQuery } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { clientError } from '../gateway.ts';
import { missingParts } from '../missing-parts.ts';

const parts = {
  results: { from: ['search', 'products'], message: 'The search cannot answer right now.' },
};

/** What the search box finds: free text by rank, filters alone by the chosen order. */
export const searchPage: NonNullable<QueryResolvers['searchPage']> = async (_parent, args, context) => {
  const text = args.text.trim();
  const { sort, ...filter } = args.filter ?? {};
  const { data, errors } = await context.ask(SearchPage, {
    text,
    filter,
    sort: sort ?? 'NEWEST',
    after: args.after ?? null,
    byText: text !== '',
    byFilter: text === '',
  });
  const refused = errors.find(({ code }) => code === 'BAD_USER_INPUT');
  if (refused !== undefined) throw clientError(refused);

  const found = text === '' ? listed(data?.products) : ranked(data?.search);
  const results = found && (await context.cards.many(found.ids));
  return {
    title: text === '' ? 'All products' : `Results for “${text}”`,
    results,
    ...summary(found),
    missing: [
      ...missingParts(errors, parts, { wanted: new Set(Object.keys(parts)), had: { results } }),
      ...context.cards.missing(),
    ],
  };
};

type Listed = NonNullable<SearchPageQuery['products']>;
type Ranked = NonNullable<SearchPageQuery['search']>;

const listed = (page: Listed | null | undefined) =>
  page ? { ids: page.nodes.map(({ id }) => id), shortcuts: [], ...place(page) } : null;

const ranked = (page: Ranked | null | undefined) =>
  page
    ? { ids: page.nodes.flatMap(productId), shortcuts: page.nodes.flatMap(shortcut), ...place(page) }
    : null;

interface Found {
  readonly total: number;
  readonly next: string | null;
  readonly shortcuts: readonly Shortcut[];
}

const summary = (found: Found | null) =>
  found
    ? { total: found.total, next: found.next, shortcuts: found.shortcuts }
    : { total: null, next: null, shortcuts: [] };

const place = ({ totalCount, pageInfo }: Pick<Listed, 'totalCount' | 'pageInfo'>) => ({
  total: totalCount,
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
});

type SearchNode = Ranked['nodes'][number];

const productId = (node: SearchNode): string[] => ('id' in node ? [node.id] : []);

interface Shortcut {
  readonly label: string;
  readonly href: string;
  readonly children: readonly Shortcut[];
}

function shortcut(node: SearchNode): readonly Shortcut[] {
  if (node.__typename !== 'Category' && node.__typename !== 'Brand') return [];
  const folder = node.__typename === 'Category' ? 'c' : 'b';
  return [{ label: node.name, href: `/${folder}/${node.slug}`, children: [] }];
}
