import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { Dice } from './dice.ts';

export interface AskedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A valid operation; `undefined` when several tries gave none (fields that cannot be merged, mostly). */
export function randomOperation(schema: GraphQLSchema, dice: Dice): AskedOperation | undefined {
  for (let tries = 0; tries < 12; tries += 1) {
    const made = new OperationBuilder(schema, dice).operation();
    if (validate(schema, parse(made.text)).length === 0) return made;
  }
  return undefined;
}

const oddAliases = [
  'x',
  'id',
  'name',
  'f0',
  'f1',
  'k1',
  'n',
  'a',
  'constructor',
  '__proto__',
  'f0__alias_0',
  '_w0',
];

interface Fragment {
  readonly name: string;
  readonly on: GraphQLCompositeType;
  readonly text: string;
}

class OperationBuilder {
  readonly #schema: GraphQLSchema;
  readonly #dice: Dice;
  readonly #declared = new Map<string, string>();
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: Fragment[] = [];
  /** How much the aliases may collide: many of them make most operations invalid. */
  readonly #aliasPercent: number;
  #budget: number;

  constructor(schema: GraphQLSchema, dice: Dice) {
    this.#schema = schema;
    this.#dice = dice;
    this.#aliasPercent = dice.one([0, 5, 15]);
    this.#budget = 6 + dice.int(30);
  }

  operation(): AskedOperation {
    const dice = this.#dice;
    const kind = this.#schema.getMutationType() && dice.chance(15) ? 'mutation' : 'query';
    const type = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (!type) throw new Error('The schema has no query type.');
    for (let count = dice.one([0, 0, 1, 2, 3]); count > 0; count -= 1) this.#addFragment();
    const body = this.#selections(type, 2 + dice.int(4));
    const used = this.#usedFragments(body);
    const variables = [...this.#declared].filter(([name]) =>
      new RegExp(`\\$${name}\\b`).test(body + used.map(({ text }) => text).join(' ')),
    );
    const head =
      variables.length > 0 ? `(${variables.map(([name, type_]) => `$${name}: ${type_}`).join(' ')})` : '';
    const text = [
      `${kind}${dice.chance(30) ? ' Named' : ''}${head} { ${body} }`,
      ...used.map((each) => `fragment ${each.name} on ${each.on.name} { ${each.text} }`),
    ].join('\n');
    const sent = Object.fromEntries(
      variables.filter(([name]) => name in this.#variables).map(([name]) => [name, this.#variables[name]]),
    );
    return { text, variables: sent };
  }

  #addFragment(): void {
    const types = Object.values(this.#schema.getTypeMap()).filter(
      (type) =>
        isCompositeType(type) && !type.name.startsWith('__') && type !== this.#schema.getMutationType(),
    ) as GraphQLCompositeType[];
    const on = this.#dice.one(types);
    const text = this.#selections(on, 2);
    this.#fragments.push({ name: `F${this.#fragments.length}`, on, text });
  }

  #usedFragments(body: string): readonly Fragment[] {
    const used = new Set<string>();
    const search = (text: string): void => {
      for (const [, name = ''] of text.matchAll(/\.\.\.(F\d+)\b/g)) {
        const fragment = this.#fragments.find((each) => each.name === name);
        if (fragment === undefined || used.has(name)) continue;
        used.add(name);
        search(fragment.text);
      }
    };
    search(body);
    return this.#fragments.filter(({ name }) => used.has(name));
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + this.#dice.int(4);
    const texts = Array.from({ length: count }, () => this.#selection(type, depth));
    return texts.join(' ');
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const dice = this.#dice;
    this.#budget -= 1;
    const directive = dice.chance(12) ? this.#directive() : '';
    if (dice.chance(8)) return `${dice.chance(20) ? 'kind: ' : ''}__typename${directive}`;
    if (depth > 0 && this.#budget > 0 && dice.chance(isAbstractType(type) ? 55 : 15))
      return this.#fragment(type, depth, directive);
    const fields: GraphQLField<unknown, unknown>[] =
      'getFields' in type ? Object.values(type.getFields()) : [];
    const usable =
      depth > 0 && this.#budget > 0
        ? fields
        : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (usable.length === 0) return `__typename${directive}`;
    return this.#field(dice.one(usable), { directive, depth });
  }

  #fragment(type: GraphQLCompositeType, depth: number, directive: string): string {
    const dice = this.#dice;
    const fitting = this.#fragments.filter(({ on }) => this.#overlap(on, type));
    if (fitting.length > 0 && dice.chance(40)) return `...${dice.one(fitting).name}${directive}`;
    if (dice.chance(10)) return `...${directive} { ${this.#selections(type, depth)} }`;
    const related = this.#related(type);
    const inside = dice.one(related);
    return `... on ${inside.name}${directive} { ${this.#selections(inside, depth - (inside === type ? 1 : 0))} }`;
  }

  #overlap(one: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
    const types = new Set(this.#possible(one));
    return this.#possible(other).some((type) => types.has(type));
  }

  #possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
  }

  #related(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const abstract = Object.values(this.#schema.getTypeMap()).filter(
      (each): each is GraphQLCompositeType => isAbstractType(each) && this.#overlap(each, type),
    );
    const own = isObjectType(type) ? [type] : this.#possible(type);
    return [...own, ...own, type, ...abstract].filter((each) => this.#overlap(each, type));
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    { directive, depth }: { readonly directive: string; readonly depth: number },
  ): string {
    const dice = this.#dice;
    const alias = dice.chance(this.#aliasPercent) ? `${dice.one(oddAliases)}: ` : '';
    const args = field.args.flatMap((arg) => this.#argument(arg));
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` { ${this.#selections(type, depth - 1)} }` : '';
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${directive}${below}`;
  }

  #directive(): string {
    const dice = this.#dice;
    const name = dice.one(['skip', 'include']);
    if (dice.chance(20)) return ` @${name}(if: ${dice.one(['true', 'false'])})`;
    const variable = dice.one(['b0', 'b1', 'b2']);
    if (!this.#declared.has(variable)) {
      this.#declared.set(variable, dice.one(['Boolean!', 'Boolean!', 'Boolean! = true']));
      if (this.#declared.get(variable) === 'Boolean!' || dice.chance(50))
        this.#variables[variable] = dice.chance(50);
    }
    const second = dice.chance(10) ? ` @${name === 'skip' ? 'include' : 'skip'}(if: $${variable})` : '';
    return ` @${name}(if: $${variable})${second}`;
  }

  #argument(arg: GraphQLArgument): readonly string[] {
    const dice = this.#dice;
    const isNeeded = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!isNeeded && dice.chance(40)) return [];
    if (dice.chance(45)) return [`${arg.name}: $${this.#variable(arg.type)}`];
    return [`${arg.name}: ${literalText(this.#literal(arg.type, 2))}`];
  }

  #variable(type: GraphQLInputType): string {
    const dice = this.#dice;
    const text = String(type);
    const known = [...this.#declared].find(([, declared]) => declared === text);
    if (known !== undefined && dice.chance(50)) return known[0];
    const name = `v${this.#declared.size}`;
    this.#declared.set(name, text);
    if (isNonNullType(type) || dice.chance(80)) this.#variables[name] = plain(this.#literal(type, 2));
    return name;
  }

  #literal(type: GraphQLInputType, depth: number): unknown {
    const dice = this.#dice;
    if (!isNonNullType(type) && dice.chance(12)) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable))
      return Array.from({ length: dice.int(3) }, () => this.#literal(nullable.ofType, depth - 1));
    if (isEnumType(nullable)) return new EnumName(dice.one(nullable.getValues()).name);
    if (isInputObjectType(nullable)) {
      const fields = dice.some(Object.values(nullable.getFields()), depth > 0 ? 50 : 0);
      return Object.fromEntries(fields.map((each) => [each.name, this.#literal(each.type, depth - 1)]));
    }
    if (nullable.toString() === 'Int') return dice.int(4);
    return nullable.toString() === 'Boolean' ? dice.chance(50) : dice.one(['', 'v', '"', 'null', '$v0']);
  }
}

class EnumName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function literalText(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(literalText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literalText(inner)}`)
    .join(', ')}}`;
}

/** As JSON variables have it. */
function plain(value: unknown): unknown {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
