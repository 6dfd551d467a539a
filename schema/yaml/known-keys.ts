import { z } from 'zod';

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Shape>>;
}

/** Which keys a schema knows at a path: what a mistyped key is compared with. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): ReadonlySet<string> {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  let shapes = alternatives(root, root);
  for (const step of path) {
    shapes = shapes.flatMap((shape) => stepInto(shape, step)).flatMap((shape) => alternatives(shape, root));
  }
  return new Set(shapes.flatMap((shape) => Object.keys(shape.properties ?? {})));
}

function stepInto(shape: Shape, step: PropertyKey): readonly Shape[] {
  const next =
    typeof step === 'number'
      ? shape.items
      : (own(shape.properties, String(step)) ?? shape.additionalProperties);
  return typeof next === 'object' ? [next] : [];
}

function alternatives(shape: Shape, root: Shape): readonly Shape[] {
  const name = shape.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? undefined : own(root.$defs, name);
  const branches = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return [
    shape,
    ...(target === undefined ? [] : [target]),
    ...branches.flatMap((branch) => alternatives(branch, root)),
  ];
}

function own(shapes: Readonly<Record<string, Shape>> | undefined, key: string): Shape | undefined {
  return shapes !== undefined && Object.hasOwn(shapes, key) ? shapes[key] : undefined;
}
