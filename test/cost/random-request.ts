import type { Dice } from '../federation/dice.ts';
import { abstracts, type RandomShop } from './random-shop.ts';

/** An operation with named fragments, aliases, arguments of all kinds, `@skip` and `@include`. */
export interface RandomRequest {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const declared = 'query ($n: Int, $m: Int = 2, $i: In, $x: Boolean!, $y: Boolean!)';

export function randomRequest(dice: Dice, shop: RandomShop): RandomRequest {
  const writer = new RequestWriter(dice, shop);
  const root = writer.selections('Query', 4);
  const used = `unused: __typename @include(if: $x) @skip(if: $y) ${writer.using()}`;
  const text = `${declared} { ${used} ${root} } ${writer.fragments.join(' ')}`;
  return { text, variables: variablesOf(dice) };
}

function variablesOf(dice: Dice): Readonly<Record<string, unknown>> {
  const lengths = [0, 1, 2, 5, null, -3, 1_000_000];
  return {
    ...(dice.chance(80) ? { n: dice.one(lengths) } : {}),
    ...(dice.chance(50) ? { m: dice.one(lengths) } : {}),
    ...(dice.chance(80)
      ? { i: dice.one([null, {}, { first: dice.one(lengths), tag: 'X' }, { deep: [{ tag: 'Y' }, {}] }]) }
      : {}),
    x: dice.chance(50),
    y: dice.chance(50),
  };
}

class RequestWriter {
  readonly fragments: string[] = [];
  readonly #dice: Dice;
  readonly #shop: RandomShop;
  #names = 0;

  constructor(dice: Dice, shop: RandomShop) {
    this.#dice = dice;
    this.#shop = shop;
  }

  /** A selection that uses every variable, on a type that exists: unused ones are not valid. */
  using(): string {
    const [first] = this.#shop.fields.get('Query') ?? [];
    if (first === undefined) return '';
    return `${this.#field('Query', first, 1, '(first: $n, in: $i)')} ${this.#field('Query', first, 1, '(first: $m)')}`;
  }

  selections(type: string, depth: number): string {
    const dice = this.#dice;
    const parts = ['__typename'];
    for (const field of dice.some(this.#shop.fields.get(type) ?? [], 45))
      parts.push(this.#field(type, field, depth));
    for (const one of abstracts[type] ?? [])
      if (depth > 0 && dice.chance(60)) parts.push(this.#fragment(one, depth - 1));
    if (depth > 0 && dice.chance(25)) parts.push(this.#fragment(type, depth - 1));
    return parts.join(' ');
  }

  #field(
    owner: string,
    field: { readonly name: string; readonly type: string },
    depth: number,
    fixed?: string,
  ): string {
    const dice = this.#dice;
    const named = field.type.replaceAll(/[[\]]/g, '');
    const isLeaf = ['Int', 'Blob', 'Tag'].includes(named);
    if (!isLeaf && depth <= 0) return '';
    this.#names += 1;
    const args = owner === 'Page' ? '' : (fixed ?? this.#arguments());
    const head = `a${String(this.#names)}: ${field.name}${args}`;
    if (isLeaf) return head + this.#condition();
    const whole = `${head}${this.#condition()} { ${this.selections(named, depth - 1)} }`;
    // Written twice it is merged into one.
    return dice.chance(20)
      ? `${whole} ${head}${this.#condition()} { ${this.selections(named, depth - 1)} }`
      : whole;
  }

  #fragment(type: string, depth: number): string {
    const inner = `on ${type}`;
    if (this.#dice.chance(50)) return `... ${inner}${this.#condition()} { ${this.selections(type, depth)} }`;
    this.#names += 1;
    const name = `F${String(this.#names)}`;
    this.fragments.push(`fragment ${name} ${inner} { ${this.selections(type, depth)} }`);
    return `...${name}${this.#condition()}`;
  }

  #arguments(): string {
    const dice = this.#dice;
    const given = [
      dice.one([
        '',
        'first: 4',
        'first: 0',
        'first: -1',
        'first: null',
        'first: $n',
        'first: $m',
        'first: 1000000',
      ]),
      dice.one([
        '',
        'in: $i',
        'in: { first: $n }',
        'in: { first: 2, tag: X }',
        'in: { deep: [{ tag: Y }] }',
        'in: null',
      ]),
      dice.one(['', 'tag: X', 'tag: null']),
    ].filter((text) => text !== '');
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  }

  #condition(): string {
    const dice = this.#dice;
    return dice.chance(80) ? '' : dice.one([' @include(if: $x)', ' @skip(if: $y)', ' @skip(if: false)']);
  }
}
