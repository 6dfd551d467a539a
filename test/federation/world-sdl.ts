import type { InterfaceObject, Place, World, WorldField, WorldInterface, WorldObject } from './world.ts';

const imports = [
  '@key', '@requires', '@external', '@provides', '@shareable', '@override', '@interfaceObject', '@inaccessible',
]; // prettier-ignore

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})`;

/** What one subgraph of a world declares. */
export function subgraphSdl(world: World, subgraph: string): string {
  const parts = [
    ...world.objects.flatMap((object) => objectSdl(world, object, subgraph)),
    ...world.interfaces.flatMap((face) => interfaceSdl(world, face, subgraph)),
    ...world.unions.flatMap((union) =>
      union.in
        .filter((place) => place.subgraph === subgraph && place.members.length > 0)
        .map(({ members }) => `union ${union.name} = ${members.join(' | ')}`),
    ),
  ];
  const text = parts.join('\n');
  const enums = world.enums.map(
    ({ name, values, hidden }) =>
      `enum ${name} { ${[...values, ...hidden.map((value) => `${value} @inaccessible`)].join(' ')} }`,
  );
  const shared = ['scalar Json', 'input In { x: Int = 7 e: E0 l: [In!] s: String }'];
  const used = [...enums, ...shared].filter((definition) => isUsed(definition, text));
  return [link, ...used, text].join('\n');
}

function isUsed(definition: string, text: string): boolean {
  const name = definition.split(' ')[1] ?? '';
  return new RegExp(`\\b${name}\\b`).test(text) || (name === 'E0' && /\bIn\b/.test(text));
}

function objectSdl(world: World, object: WorldObject, subgraph: string): readonly string[] {
  if (!object.in.includes(subgraph)) return [];
  const fields = object.fields.flatMap((field) =>
    field.places.flatMap((place) =>
      place.subgraph === subgraph ? [fieldSdl(field, place, isShared(world, object, field))] : [],
    ),
  );
  if (fields.length === 0) return [];
  const faces = world.interfaces
    .filter((face) =>
      face.in.some((place) => place.subgraph === subgraph && place.implementers.includes(object.name)),
    )
    .map(({ name }) => name);
  const keys = object.keys.filter((key) => key.subgraph === subgraph).map(keySdl);
  const head = [`type ${object.name}`, faces.length > 0 ? `implements ${faces.join(' & ')}` : '', ...keys];
  return [`${head.join(' ')} {\n  ${fields.join('\n  ')}\n}`];
}

const keySdl = ({ fields, resolvable }: { readonly fields: string; readonly resolvable: boolean }): string =>
  `@key(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`;

/** Several subgraphs resolve it, or one does for another's entities. */
function isShared(world: World, object: WorldObject, field: WorldField): boolean {
  const own = field.places.filter((place) => place.external === undefined);
  if (object.kind === 'value' || own.length > 1) return true;
  const provides = world.objects.flatMap((each) =>
    each.fields.flatMap((one) => one.places.flatMap((place) => place.provides ?? [])),
  );
  return provides.some((text) => text.split(/\W+/).includes(field.name));
}

function fieldSdl(field: WorldField, place: Place, shared: boolean): string {
  const args =
    field.args.length === 0 ? '' : `(${field.args.map((arg) => `${arg.name}: ${arg.type}`).join(', ')})`;
  const directives = [
    place.external === true ? '@external' : '',
    place.requires === undefined ? '' : `@requires(fields: ${JSON.stringify(place.requires)})`,
    place.provides === undefined ? '' : `@provides(fields: ${JSON.stringify(place.provides)})`,
    overrideSdl(place),
    shared && place.external === undefined ? '@shareable' : '',
    field.hidden && place.external === undefined ? '@inaccessible' : '',
  ].filter((text) => text !== '');
  return [`${field.name}${args}: ${place.type ?? field.type}`, ...directives].join(' ');
}

function overrideSdl({ override }: Place): string {
  if (override === undefined) return '';
  const label = override.label === undefined ? '' : `, label: "${override.label}"`;
  return `@override(from: "${override.from}"${label})`;
}

function interfaceSdl(world: World, face: WorldInterface, subgraph: string): readonly string[] {
  const object = face.objects.find((one) => one.subgraph === subgraph);
  if (object !== undefined) return [interfaceObjectSdl(face, object)];
  return face.in
    .filter((place) => place.subgraph === subgraph)
    .map((place) => {
      const fields = face.fields.filter(({ name }) => place.fields.includes(name));
      const keys = place.key === undefined ? '' : ` @key(fields: "${place.key}")`;
      const hidden = (name: string): boolean =>
        world.objects.some(
          (each) =>
            place.implementers.includes(each.name) &&
            each.fields.some((field) => field.name === name && field.hidden),
        );
      const texts = fields.map(({ name, type }) => `${name}: ${type}${hidden(name) ? ' @inaccessible' : ''}`);
      return `interface ${face.name}${keys} { ${texts.join(' ')} }`;
    });
}

function interfaceObjectSdl(face: WorldInterface, object: InterfaceObject): string {
  const fields = object.fields.flatMap((field) => field.places.map((place) => fieldSdl(field, place, false)));
  return `type ${face.name} @interfaceObject @key(fields: "${object.key}") {\n  ${fields.join('\n  ')}\n}`;
}
