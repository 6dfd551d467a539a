import type { Dice } from '../federation/dice.ts';

/** Items of a list of which the schema says nothing. */
export const usualLength = 3;

export interface ListRule {
  readonly assumed: number | undefined;
  /** The slicing argument: `first`, or `in.first`. */
  readonly by: 'first' | 'in.first' | undefined;
  readonly sizes: readonly string[];
}

export interface RandomField {
  readonly name: string;
  readonly type: string;
  readonly rule: ListRule | undefined;
}

/** A random schema with weights and list sizes; every object type has every interface's fields. */
export interface RandomShop {
  readonly sdl: string;
  readonly fields: ReadonlyMap<string, readonly RandomField[]>;
}

export const objects = ['A', 'B', 'C', 'Page'] as const;
export const abstracts: Readonly<Record<string, readonly string[]>> = {
  Named: ['A', 'B'],
  Any: ['A', 'B', 'C'],
};

const argumentsText = '(first: Int = 2, in: In, tag: Tag)';

export function randomShop(dice: Dice): RandomShop {
  const fields = new Map<string, readonly RandomField[]>();
  const definitions = new Map<string, string>();
  const shared = [field(dice, 'Named', 0), field(dice, 'Named', 1)];
  for (const type of ['Query', ...objects]) {
    const own = Array.from({ length: 3 + dice.int(4) }, (_, n) => field(dice, type, n + 2));
    const all = type === 'Page' ? pageFields : type === 'A' || type === 'B' ? [...shared, ...own] : own;
    fields.set(type, all);
    const head = type === 'A' || type === 'B' ? `type ${type} implements Named` : `type ${type}`;
    definitions.set(type, `${head}${costText(dice)} { ${all.map((one) => fieldText(dice, one)).join(' ')} }`);
  }
  fields.set('Named', shared);
  const sdl = `
    directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
    directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
    ${[...definitions.values()].join('\n')}
    interface Named { ${shared.map(({ name, type }) => `${name}${argumentsText}: ${type}`).join(' ')} }
    union Any = A | B | C
    input In { first: Int${dice.chance(50) ? ' = 1' : ''}, tag: Tag${costText(dice)}, deep: [In] }
    enum Tag${costText(dice)} { X Y }
    scalar Blob${costText(dice)}`;
  return { sdl, fields };
}

const pageFields: readonly RandomField[] = [
  { name: 'nodes', type: '[A]', rule: undefined },
  { name: 'inner', type: 'Page', rule: undefined },
  { name: 'total', type: 'Int', rule: undefined },
];

function field(dice: Dice, owner: string, n: number): RandomField {
  const name = `${owner.toLowerCase()}${String(n)}`;
  const type = dice.one([
    ...['Int', 'Blob', 'Tag', '[Int]', '[Blob]', 'A', 'B', 'C', 'Named', 'Any', 'Page'],
    ...['[A]', '[B]', '[C]', '[Named]', '[Any]', '[[A]]'],
  ]);
  const isPage = type === 'Page';
  const ruled = isPage || (type.startsWith('[') && dice.chance(70));
  if (!ruled) return { name, type, rule: undefined };
  return {
    ...{ name, type },
    rule: {
      assumed: dice.chance(50) ? dice.int(5) : undefined,
      by: dice.one(['first', 'in.first', undefined] as const),
      sizes: isPage ? dice.some(['nodes', 'inner.nodes'], 70) : [],
    },
  };
}

function fieldText(dice: Dice, { name, type, rule }: RandomField): string {
  return `${name}${argumentsText.replace('Tag)', `Tag${costText(dice)})`)}: ${type}${costText(dice)}${ruleText(rule)}`;
}

function ruleText(rule: ListRule | undefined): string {
  if (rule === undefined) return '';
  const { assumed, by, sizes } = rule;
  const parts = [
    ...(assumed === undefined ? [] : [`assumedSize: ${String(assumed)}`]),
    ...(by === undefined ? [] : [`slicingArguments: ["${by}"]`]),
    ...(sizes.length === 0 ? [] : [`sizedFields: ${JSON.stringify(sizes)}`]),
    'requireOneSlicingArgument: false',
  ];
  return ` @listSize(${parts.join(', ')})`;
}

const costText = (dice: Dice): string => (dice.chance(30) ? ` @cost(weight: ${String(dice.int(9))})` : '');
