import {
  getNamedType,
  isInputObjectType,
  Kind,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { sum, type Amount } from './amount.ts';
import { itemType } from './input-values.ts';
import type { Weights } from './weights.ts';

/** Weight of a value that is given; the same for its literal and for its variable. */
interface Weighing {
  readonly weights: Weights;
  /** Of the argument or input field itself. */
  readonly own: number | undefined;
  readonly type: GraphQLInputType;
}

/** What the given arguments of a field weigh: input objects 1 unless `@cost` says otherwise, other values 0. */
export function argumentCost(
  coordinate: string,
  node: FieldNode,
  args: readonly GraphQLArgument[],
  weights: Weights,
): Amount {
  const amounts = (node.arguments ?? []).map(({ name, value }): Amount => {
    const argument = args.find((one) => one.name === name.value);
    if (argument === undefined) return 0;
    const own = weights.arguments.get(`${coordinate}.${argument.name}`);
    return nodeCost(value, { weights, own, type: argument.type });
  });
  return sum(amounts);
}

function nodeCost(value: ValueNode, weighing: Weighing): Amount {
  if (value.kind === Kind.NULL) return 0;
  if (value.kind === Kind.VARIABLE) {
    if (isFree(weighing)) return 0;
    const name = value.name.value;
    return (variables) => valueCost(variables[name], weighing);
  }
  if (value.kind === Kind.LIST) {
    const item = itemType(weighing.type);
    const items =
      item === undefined ? [] : value.values.map((one) => nodeCost(one, { ...weighing, type: item }));
    return sum([weighing.own ?? 0, ...items]);
  }
  if (value.kind !== Kind.OBJECT) return single(weighing);
  const inner = value.fields.map((field) => {
    const ofField = fieldWeighing(weighing, field.name.value);
    return ofField === undefined ? 0 : nodeCost(field.value, ofField);
  });
  return sum([single(weighing), ...inner]);
}

function valueCost(value: unknown, weighing: Weighing): number {
  if (value === undefined || value === null) return 0;
  const item = itemType(weighing.type);
  if (Array.isArray(value) && item !== undefined) {
    let cost = weighing.own ?? 0;
    for (const one of value) cost += valueCost(one, { ...weighing, type: item });
    return cost;
  }
  let cost = single(weighing);
  if (typeof value !== 'object' || !isInputObjectType(getNamedType(weighing.type))) return cost;
  for (const [name, one] of Object.entries(value)) {
    const inner = fieldWeighing(weighing, name);
    if (inner !== undefined) cost += valueCost(one, inner);
  }
  return cost;
}

/** One value that is no list. */
function single({ weights, own, type }: Weighing): number {
  const named = getNamedType(type);
  return own ?? weights.types.get(named.name) ?? (isInputObjectType(named) ? 1 : 0);
}

function fieldWeighing({ weights, type }: Weighing, name: string): Weighing | undefined {
  const object = getNamedType(type);
  const field: GraphQLInputField | undefined = isInputObjectType(object)
    ? object.getFields()[name]
    : undefined;
  if (field === undefined) return undefined;
  return { weights, own: weights.fields.get(`${object.name}.${name}`), type: field.type };
}

/** Whether no value can weigh anything: most arguments are scalars that nobody gave a weight. */
function isFree(weighing: Weighing): boolean {
  return !isInputObjectType(getNamedType(weighing.type)) && single(weighing) === 0;
}
