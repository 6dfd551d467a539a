import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
} from 'graphql';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that say how long the list gets; `input.first` is a field of an input object. */
  readonly slicingArguments: readonly (readonly string[])[];
  /** Fields of the answered object, or of objects in it (`page.nodes`), that are the list. */
  readonly sizedFields: readonly (readonly string[])[];
  readonly requireOneSlicingArgument: boolean;
}

/** Reads `@cost` and `@listSize` by the names that a supergraph gives them. */
export interface CostDirectives {
  /** At least 0. */
  readonly weight: (directives: Directives) => number | undefined;
  readonly listSize: (directives: Directives) => ListSize | undefined;
}

type Directives = readonly ConstDirectiveNode[] | undefined;
type Arguments = Readonly<Record<string, unknown>>;

/** Names by the link specification; without a link the usual names count. */
export function costDirectives(supergraph: DocumentNode): CostDirectives {
  const names = namesIn(supergraph);
  const find = (directives: Directives, wanted: 'cost' | 'listSize'): Arguments | undefined => {
    for (const directive of directives ?? []) {
      if (directive.name.value === names[wanted]) return argumentsOf(directive);
      if (directive.name.value !== 'join__directive') continue;
      const { name, args } = argumentsOf(directive);
      if (name === wanted && isRecord(args)) return args;
    }
    return undefined;
  };
  return {
    weight: (directives) => {
      const weight = find(directives, 'cost')?.['weight'];
      // IBM's specification writes weights as texts; a negative one would let an operation hide what another part costs.
      const number = typeof weight === 'string' ? Number(weight) : weight;
      return typeof number === 'number' && Number.isFinite(number) ? Math.max(0, number) : undefined;
    },
    listSize: (directives) => {
      const found = find(directives, 'listSize');
      if (found === undefined) return undefined;
      const { assumedSize, requireOneSlicingArgument } = found;
      const slicingArguments = pathsOf(found['slicingArguments']);
      return {
        assumedSize: typeof assumedSize === 'number' ? Math.max(0, assumedSize) : undefined,
        slicingArguments,
        sizedFields: pathsOf(found['sizedFields']),
        requireOneSlicingArgument: requireOneSlicingArgument !== false && slicingArguments.length > 0,
      };
    },
  };
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [];
  return texts.flatMap((text) => (typeof text === 'string' && text !== '' ? [text.split('.')] : []));
}

function namesIn(document: DocumentNode): { readonly cost: string; readonly listSize: string } {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const { url, feature, as, import: imports } = argumentsOf(directive);
      const address = typeof url === 'string' ? url : feature;
      if (typeof address !== 'string' || !/^https?:\/\/specs\.apollo\.dev\/cost\/v\d/.test(address)) continue;
      const prefix = typeof as === 'string' ? as : 'cost';
      return {
        cost: importedAs(imports, '@cost') ?? prefix,
        listSize: importedAs(imports, '@listSize') ?? `${prefix}__listSize`,
      };
    }
  }
  return { cost: 'cost', listSize: 'listSize' };
}

/** `"@cost"` or `{ name: "@cost", as: "@weight" }`, without the `@`. */
function importedAs(imports: unknown, wanted: string): string | undefined {
  for (const entry of Array.isArray(imports) ? (imports as readonly unknown[]) : []) {
    if (entry === wanted) return wanted.slice(1);
    if (isRecord(entry) && entry['name'] === wanted)
      return (typeof entry['as'] === 'string' ? entry['as'] : wanted).slice(1);
  }
  return undefined;
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Arguments {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, plain(value)]));
}

const plain = (value: ConstValueNode): unknown => valueFromASTUntyped(value);

const isRecord = (value: unknown): value is Arguments =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
