import { parseArgs } from 'node:util';

/** The command line's `--name N`, each a number above zero; what is not given is as in `usual`. */
export function givenNumbers<Name extends string>(
  usual: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  const names = Object.keys(usual) as Name[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options });
  const numbers = names.map((name) => [name, Number(values[name] ?? usual[name])] as const);
  const wrong = numbers.find(([, number]) => !(number > 0 && Number.isFinite(number)));
  if (wrong !== undefined) throw new Error(`--${wrong[0]} takes a number above 0`);
  return Object.fromEntries(numbers) as Record<Name, number>;
}
