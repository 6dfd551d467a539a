import { type Dice, diceOf } from './dice.ts';
import { namedType } from './world.ts';
import type {
  InterfaceObject,
  InterfacePlace,
  Place,
  World,
  WorldArgument,
  WorldField,
  WorldInterface,
  WorldKey,
  WorldObject,
  WorldUnion,
} from './world.ts';

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
type GrowingField = Growing<WorldField>;
type GrowingObject = Omit<Growing<WorldObject>, 'fields'> & { fields: GrowingField[] };

const maxSubgraphs = 6;

/** A world that nearly always composes: what composition asks for is built in, not hoped for. */
export function randomWorld(seed: number): World {
  return new WorldBuilder(diceOf(seed), seed).world();
}

class WorldBuilder {
  readonly #dice: Dice;
  readonly #seed: number;
  readonly #subgraphs: string[];
  readonly #objects: GrowingObject[] = [];
  readonly #interfaces: Growing<WorldInterface>[] = [];
  readonly #unions: Growing<WorldUnion>[] = [];
  readonly #query: GrowingObject = root('Query');
  readonly #mutation: GrowingObject = root('Mutation');

  constructor(dice: Dice, seed: number) {
    this.#dice = dice;
    this.#seed = seed;
    const count = dice.one([2, 2, 3, 3, 3, 4, 4, 5, maxSubgraphs]);
    this.#subgraphs = Array.from({ length: count }, (_, index) => `s${index}`);
  }

  world(): World {
    const dice = this.#dice;
    this.#addTypes();
    for (const object of this.#entities()) this.#addFields(object);
    this.#placeInterfaces();
    this.#placeUnions();
    for (const object of this.#entities()) this.#addAbstractFields(object);
    for (const object of this.#entities()) {
      this.#addRequires(object);
      this.#addProvides(object);
      this.#addOverride(object);
      this.#hideSomething(object);
    }
    if (dice.chance(40)) this.#addInterfaceObject();
    this.#addRoots();
    for (const object of this.#objects) dropUnusedExternals(object, this.#objects);
    return {
      seed: this.#seed,
      subgraphs: this.#subgraphs,
      enums: [
        { name: 'E0', values: ['A', 'B', 'C'], hidden: [] },
        { name: 'E1', values: ['X', 'Y'], hidden: dice.chance(25) ? ['Z'] : [] },
      ],
      objects: [...this.#objects, this.#query, this.#mutation],
      interfaces: this.#interfaces,
      unions: this.#unions,
      hasFaults: dice.chance(15),
      missing: this.#missing(),
    };
  }

  #entities(): readonly GrowingObject[] {
    return this.#objects.filter(({ kind }) => kind === 'entity');
  }

  // -- types and keys --------------------------------------------------------

  #addTypes(): void {
    const dice = this.#dice;
    for (let index = dice.int(3); index > 0; index -= 1) {
      const value: GrowingObject = { name: `V${index - 1}`, kind: 'value', in: [], keys: [], fields: [] };
      for (let at = 1 + dice.int(3); at > 0; at -= 1) {
        value.fields.push(field(dice.one(['a', 'b', 'c', 'f0', 'name', 'id']), this.#scalar()));
      }
      value.fields = distinct(value.fields);
      this.#objects.push(value);
    }
    const entities = 2 + dice.int(3);
    for (let index = 0; index < entities; index += 1) this.#addEntity(`T${index}`);
    const faces = dice.int(3);
    for (let index = 0; index < faces; index += 1) this.#addInterface(`I${index}`);
  }

  #addEntity(name: string): void {
    const dice = this.#dice;
    const entity: GrowingObject = { name, kind: 'entity', in: [], keys: [], fields: [] };
    this.#objects.push(entity);
    const pool = dice
      .shuffled(['id', 'id', 'k1', 'k1 k2', 'n { a b }', 'id n { a }', 'o { id }'])
      .slice(0, 1 + dice.int(3));
    const [first, ...rest] = dice.shuffled(this.#subgraphs).slice(0, 1 + dice.int(this.#subgraphs.length));
    if (first === undefined) return;
    this.#declare(entity, first);
    this.#addKey(entity, { fields: dice.one(pool), subgraph: first, resolvable: true });
    for (const subgraph of rest) this.#ensureIn(entity, subgraph, { pool, mustResolve: true });
    for (const subgraph of entity.in) {
      if (dice.chance(20)) {
        this.#addKey(entity, { fields: dice.one(pool), subgraph, resolvable: dice.chance(60) });
      }
    }
  }

  #declare(object: GrowingObject, subgraph: string): void {
    if (object.in.includes(subgraph)) return;
    object.in.push(subgraph);
    if (object.kind !== 'value') return;
    for (const each of object.fields) each.places.push({ subgraph });
  }

  /** The type in the subgraph, with a key by which the rest of its fields can be reached. */
  #ensureIn(
    object: GrowingObject,
    subgraph: string,
    { pool, mustResolve = false }: { readonly pool?: readonly string[]; readonly mustResolve?: boolean } = {},
  ): void {
    if (object.in.includes(subgraph)) return;
    this.#declare(object, subgraph);
    if (object.kind !== 'entity') return;
    const dice = this.#dice;
    const resolvable = object.keys.filter((key) => key.resolvable);
    const shared = dice.one(resolvable);
    this.#addKey(object, { fields: shared.fields, subgraph, resolvable: mustResolve || dice.chance(60) });
    if (pool !== undefined && dice.chance(40)) {
      this.#addKey(object, { fields: dice.one(pool), subgraph, resolvable: dice.chance(80) });
    }
  }

  #addKey(object: GrowingObject, key: WorldKey): void {
    if (object.keys.some((each) => each.subgraph === key.subgraph && each.fields === key.fields)) return;
    object.keys.push(key);
    if (key.fields.includes('n {')) this.#declare(this.#keyPart(), key.subgraph);
    if (key.fields.includes('o {')) this.#declareOwner(key.subgraph);
    for (const name of key.fields
      .replace(/\{.*\}/g, '')
      .split(/\s+/)
      .filter(Boolean)) {
      const type =
        name === 'n'
          ? 'KeyPart!'
          : name === 'o'
            ? 'Owner!'
            : name === 'k2'
              ? 'Int!'
              : name === 'k1'
                ? 'String!'
                : 'ID!';
      this.#place(object, field(name, type, { isKey: true }), { subgraph: key.subgraph });
    }
  }

  /** An entity that is part of others' keys. */
  #declareOwner(subgraph: string): void {
    let owner = this.#objects.find(({ name }) => name === 'Owner');
    if (owner === undefined) {
      owner = { name: 'Owner', kind: 'entity', in: [], keys: [], fields: [] };
      this.#objects.push(owner);
    }
    if (owner.in.includes(subgraph)) return;
    this.#declare(owner, subgraph);
    this.#addKey(owner, { fields: 'id', subgraph, resolvable: true });
  }

  #keyPart(): GrowingObject {
    const known = this.#objects.find(({ name }) => name === 'KeyPart');
    if (known !== undefined) return known;
    const made: GrowingObject = { name: 'KeyPart', kind: 'value', in: [], keys: [], fields: [] };
    made.fields.push(
      field('a', 'ID!', { isKey: true }),
      field('b', 'Int!', { isKey: true }),
      field('c', 'String'),
    );
    this.#objects.push(made);
    return made;
  }

  /** Puts a field into a subgraph, together with the types it needs there. */
  #place(object: GrowingObject, wanted: GrowingField, place: Place): void {
    let known = object.fields.find(({ name }) => name === wanted.name);
    if (known === undefined) object.fields.push((known = wanted));
    if (known.places.some(({ subgraph }) => subgraph === place.subgraph)) return;
    this.#declareType(known.type, place.subgraph);
    known.places.push(place);
  }

  #declareType(type: string, subgraph: string): void {
    const target = this.#objects.find(({ name }) => name === namedType(type));
    if (target === undefined) return;
    this.#ensureIn(target, subgraph);
  }

  // -- fields ------------------------------------------------------------------

  #scalar(): string {
    const dice = this.#dice;
    const name = dice.one(['String', 'String', 'Int', 'Float', 'Boolean', 'ID', 'E0', 'E1', 'Json']);
    return this.#wrapped(name);
  }

  #wrapped(name: string): string {
    const dice = this.#dice;
    if (dice.chance(70)) return dice.chance(25) ? `${name}!` : name;
    return dice.one([
      `[${name}]`,
      `[${name}!]!`,
      `[${name}!]`,
      `[${name}]!`,
      `[[${name}]]`,
      `[[${name}!]!]!`,
    ]);
  }

  #composite(): string {
    const dice = this.#dice;
    const name = dice.one(this.#objects.filter((object) => object.name !== 'KeyPart')).name;
    if (dice.chance(50)) return dice.chance(20) ? `${name}!` : name;
    return dice.one([`[${name}]`, `[${name}!]!`, `[${name}!]`, `[[${name}]]`]);
  }

  #randomField(name: string): GrowingField {
    const dice = this.#dice;
    const type = dice.chance(60) ? this.#scalar() : this.#composite();
    return this.#withArguments(field(name, type));
  }

  #withArguments(made: GrowingField): GrowingField {
    const dice = this.#dice;
    if (!dice.chance(20)) return made;
    const isComposite = this.#objects.some(({ name }) => name === namedType(made.type));
    const pool: WorldArgument[] = isComposite
      ? [{ name: 'first', type: 'Int' }, { name: 'shift', type: 'Int = 1' }]
      : [
          { name: 'first', type: 'Int = 3' },
          { name: 'e', type: 'E0' },
          { name: 'o', type: dice.one(['In', 'In', '[In!]']) },
          { name: 's', type: dice.one(['String', 'String!', 'String = "d"']) },
        ]; // prettier-ignore
    const args = dice.some(pool, 60);
    if (args.length === 0) return made;
    return { ...made, args: [...args], type: isComposite ? made.type : dice.one(['String', 'String!']) };
  }

  #addFields(object: GrowingObject): void {
    const dice = this.#dice;
    const names = dice.some(['f0', 'f1', 'f2', 'f3', 'name', 'k2'], 60);
    for (const name of names) {
      if (object.fields.some((each) => each.name === name)) continue;
      const made = this.#randomField(name);
      const homes = dice.shuffled(object.in);
      const count = dice.chance(75) ? 1 : 1 + dice.int(homes.length);
      for (const [at, subgraph] of homes.slice(0, count).entries()) {
        // The type all agree on is the widest: the first place keeps it.
        const narrowed =
          at > 0 && !made.type.endsWith('!') && dice.chance(25) ? { type: `${made.type}!` } : {};
        this.#place(object, made, { subgraph, ...narrowed });
      }
    }
  }

  // -- abstract types ------------------------------------------------------------

  #addInterface(name: string): void {
    const dice = this.#dice;
    const implementers = dice.shuffled(this.#entities()).slice(0, 1 + dice.int(3));
    const face: Growing<WorldInterface> = { name, fields: [], in: [], objects: [] };
    for (const fieldName of dice.some(['id', 'name', 'g0', 'g1', 'k1'], 50)) {
      const type = fieldName === 'id' ? 'ID!' : fieldName === 'k1' ? 'String!' : this.#interfaceFieldType();
      if (implementers.some((object) => conflicts(object, fieldName, type))) continue;
      if (
        this.#interfaces.some((other) =>
          other.fields.some((each) => each.name === fieldName && each.type !== type),
        )
      )
        continue;
      face.fields.push({ name: fieldName, type });
      for (const object of implementers) {
        const homes = dice.some(object.in, 50);
        const made = field(fieldName, type, { isKey: fieldName === 'id' || fieldName === 'k1' });
        for (const subgraph of homes.length > 0 ? homes : object.in.slice(0, 1)) {
          this.#place(object, made, { subgraph });
        }
      }
    }
    if (face.fields.length > 0) this.#interfaces.push(face);
  }

  #interfaceFieldType(): string {
    return this.#dice.chance(70) ? this.#scalar() : this.#composite();
  }

  #placeInterfaces(): void {
    for (const face of this.#interfaces) {
      for (const subgraph of this.#subgraphs) {
        const place = this.#interfacePlace(face, subgraph);
        if (place !== undefined && this.#dice.chance(75)) face.in.push(place);
      }
    }
    // A type that implements an interface anywhere must have all its fields somewhere: only such were made.
    for (const face of this.#interfaces) {
      const used = new Set(face.in.flatMap(({ fields }) => fields));
      face.fields = face.fields.filter(({ name }) => used.has(name));
    }
  }

  #interfacePlace(face: WorldInterface, subgraph: string): InterfacePlace | undefined {
    const whole = this.#entities().filter((object) =>
      face.fields.every(({ name, type }) => has(object, name, type)),
    );
    const here = whole.filter((object) => object.in.includes(subgraph));
    const implementers = this.#dice.some(here, 85);
    const fields = face.fields.filter(({ name }) =>
      implementers.every((object) =>
        object.fields.some((each) => each.name === name && isPlainIn(each, subgraph)),
      ),
    );
    const chosen = this.#dice.some(fields, 80);
    const names = (chosen.length > 0 ? chosen : fields).map(({ name }) => name);
    if (implementers.length === 0 || names.length === 0) return undefined;
    return { subgraph, fields: names, implementers: implementers.map(({ name }) => name) };
  }

  #placeUnions(): void {
    const dice = this.#dice;
    for (let index = dice.int(3); index > 0; index -= 1) {
      const pool = dice
        .shuffled(this.#objects.filter(({ name }) => name !== 'KeyPart'))
        .slice(0, 1 + dice.int(4));
      const union: Growing<WorldUnion> = { name: `U${index}`, in: [] };
      for (const subgraph of this.#subgraphs) {
        const here = pool.filter((object) => object.in.includes(subgraph));
        const members = dice.some(here, 80).map(({ name }) => name);
        if (members.length > 0 && dice.chance(70)) union.in.push({ subgraph, members });
      }
      if (union.in.length > 0) this.#unions.push(union);
    }
  }

  /** Abstract types with the types that values of them may have in all the given subgraphs. */
  #abstractIn(subgraph: string): readonly string[] {
    return [
      ...this.#interfaces.filter((face) => face.in.some((place) => place.subgraph === subgraph)),
      ...this.#unions.filter((union) => union.in.some((place) => place.subgraph === subgraph)),
    ].map(({ name }) => name);
  }

  #addAbstractFields(object: GrowingObject): void {
    const dice = this.#dice;
    for (const subgraph of object.in) {
      const names = this.#abstractIn(subgraph);
      if (names.length === 0 || !dice.chance(40)) continue;
      const name = dice.one(['u0', 'u1', 'u2']);
      const known = object.fields.find((each) => each.name === name);
      if (known !== undefined) {
        // Placed again where the subgraph knows the type too.
        if (names.includes(namedType(known.type))) this.#place(object, known, { subgraph });
        continue;
      }
      const type = dice.one(names);
      const made = dice.one([type, `[${type}]`, `[${type}!]!`, `[[${type}]!]`]);
      this.#place(object, field(name, made), { subgraph });
    }
  }

  // -- directives --------------------------------------------------------------

  #addRequires(object: GrowingObject): void {
    const dice = this.#dice;
    for (const subgraph of object.in) {
      if (!dice.chance(45)) continue;
      if (!object.keys.some((key) => key.subgraph === subgraph && key.resolvable)) continue;
      const wanted = dice.shuffled(this.#foreignFields(object, subgraph)).slice(0, 1 + dice.int(2));
      if (wanted.length === 0) continue;
      const requires = wanted.flatMap((each) => this.#required(each, subgraph) ?? []);
      if (requires.length === 0) continue;
      for (const each of wanted) this.#place(object, each, { subgraph, external: true });
      const count = 1 + dice.int(2);
      for (let index = 0; index < count; index += 1) {
        const name = dice.one(['r0', 'r1', 'r2', 'r3']);
        if (object.fields.some((each) => each.name === name)) continue;
        // The second field may ask for the same inputs with other arguments.
        const again = wanted.flatMap((each) => this.#required(each, subgraph) ?? []);
        const made = { ...this.#withArguments(field(name, 'String')), type: dice.one(['String', 'String!']) };
        this.#place(object, made, { subgraph, requires: (again.length > 0 ? again : requires).join(' ') });
      }
    }
  }

  /** Fields of the type that the subgraph does not have, and that do not depend on it. */
  #foreignFields(object: GrowingObject, subgraph: string): readonly GrowingField[] {
    return object.fields.filter(
      (each) =>
        !each.isKey &&
        each.places.length > 0 &&
        each.places.every((place) => place.subgraph !== subgraph) &&
        each.places.some((place) => place.external === undefined) &&
        !this.#isAbstract(each.type) &&
        !this.#interfaces.some((face) => face.fields.some(({ name }) => name === each.name)),
    );
  }

  #isAbstract(type: string): boolean {
    return [...this.#interfaces, ...this.#unions].some(({ name }) => name === namedType(type));
  }

  /** The text by which `@requires` asks for a field; `undefined` when it cannot. */
  #required(wanted: GrowingField, subgraph: string): string | undefined {
    const dice = this.#dice;
    const args = wanted.args.flatMap(({ name, type }) => {
      if (!type.includes('!') && dice.chance(40)) return [];
      const text = argumentText(dice, type);
      return text === undefined ? [] : [`${name}: ${text}`];
    });
    if (
      wanted.args.some(
        ({ name, type }) => type.endsWith('!') && !args.some((arg) => arg.startsWith(`${name}:`)),
      )
    )
      return undefined;
    const head = `${wanted.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
    const target = this.#objects.find(({ name }) => name === namedType(wanted.type));
    if (target === undefined) return head;
    if (target.kind === 'value') {
      const inner = dice.some(
        target.fields.filter((each) => isScalarType(each.type)),
        60,
      );
      const names = (inner.length > 0 ? inner : target.fields.slice(0, 1)).map(({ name }) => name);
      return target.fields.every((each) => isScalarType(each.type))
        ? `${head} { ${names.join(' ')} }`
        : undefined;
    }
    this.#ensureIn(target, subgraph);
    const key = target.keys.find((each) => each.subgraph === subgraph);
    return key === undefined ? undefined : `${head} { ${key.fields} }`;
  }

  #addProvides(object: GrowingObject): void {
    const dice = this.#dice;
    for (const each of object.fields) {
      const target = this.#entities().find(({ name }) => name === namedType(each.type));
      if (target === undefined || !dice.chance(30)) continue;
      each.places = each.places.map((place) => {
        if (place.external === true || place.requires !== undefined) return place;
        const provided = dice
          .some(this.#foreignFields(target, place.subgraph), 50)
          .filter((one) => isScalarType(one.type) && one.args.length === 0 && !usesOverride(one));
        for (const one of provided) this.#place(target, one, { subgraph: place.subgraph, external: true });
        return provided.length === 0
          ? place
          : { ...place, provides: provided.map(({ name }) => name).join(' ') };
      });
    }
  }

  #addOverride(object: GrowingObject): void {
    const dice = this.#dice;
    if (!dice.chance(35)) return;
    const candidates = object.fields.filter(
      (each) => !each.isKey && each.places.length === 1 && isPlain(each) && !this.#isAbstract(each.type),
    );
    const others = (each: GrowingField): readonly string[] =>
      object.in.filter(
        (subgraph) =>
          each.places[0]?.subgraph !== subgraph &&
          object.keys.some((key) => key.subgraph === subgraph && key.resolvable),
      );
    const possible = candidates.filter(
      (each) =>
        others(each).length > 0 &&
        !this.#interfaces.some((face) => face.fields.some(({ name }) => name === each.name)),
    );
    if (possible.length === 0) return;
    const chosen = dice.one(possible);
    const from = chosen.places[0]?.subgraph ?? '';
    const label = dice.one([undefined, 'percent(50)', 'org:flag']);
    const override = label === undefined ? { from } : { from, label };
    this.#place(object, chosen, { subgraph: dice.one(others(chosen)), override });
  }

  #hideSomething(object: GrowingObject): void {
    const dice = this.#dice;
    if (!dice.chance(20)) return;
    const candidates = object.fields.filter(
      (each) => !this.#interfaces.some((face) => face.fields.some(({ name }) => name === each.name)),
    );
    const visible = object.fields.filter((each) => !each.hidden);
    if (candidates.length > 0 && visible.length > 1) dice.one(candidates).hidden = true;
  }

  // -- interface objects -------------------------------------------------------

  #addInterfaceObject(): void {
    const dice = this.#dice;
    const face = this.#interfaces.find(({ in: places }) => places.length > 0);
    if (face === undefined || this.#subgraphs.length >= maxSubgraphs) return;
    const names = [...new Set(face.in.flatMap((place) => place.implementers))];
    const implementers = this.#objects.filter((object) => names.includes(object.name));
    const home = dice.one(face.in.map((place) => place.subgraph));
    if (implementers.some((object) => conflicts(object, 'id', 'ID!'))) return;
    for (const object of implementers) {
      this.#ensureIn(object, home, { mustResolve: true });
      this.#addKey(object, { fields: 'id', subgraph: home, resolvable: true });
    }
    if (!face.fields.some(({ name }) => name === 'id')) face.fields.push({ name: 'id', type: 'ID!' });
    face.in = face.in.map((place) => {
      if (place.subgraph !== home) return place;
      const fields = place.fields.filter((name) =>
        implementers.every((object) => isPlainAt(object, name, home)),
      );
      return { subgraph: home, fields: [...new Set([...fields, 'id'])], implementers: names, key: 'id' };
    });
    this.#addInterfaceObjectSubgraph(face);
  }

  #addInterfaceObjectSubgraph(face: Growing<WorldInterface>): void {
    const dice = this.#dice;
    const subgraph = `s${this.#subgraphs.length}`;
    this.#subgraphs.push(subgraph);
    const id: WorldField = field('id', 'ID!', { isKey: true, places: [{ subgraph }] });
    const fields: WorldField[] = [id];
    for (const name of dice.some(['h0', 'h1', 'h2'], 60)) {
      const made = this.#withArguments(field(name, this.#scalar()));
      fields.push({ ...made, places: [{ subgraph }] });
    }
    const other = this.#entities().filter((object) => !implements_(face, object.name));
    if (other.length > 0 && dice.chance(50)) {
      const target = dice.one(other);
      this.#ensureIn(target, subgraph);
      fields.push(field('h3', dice.one([target.name, `[${target.name}]`]), { places: [{ subgraph }] }));
      if (dice.chance(60))
        this.#place(target, field('back', dice.one([face.name, `[${face.name}]`])), { subgraph });
    }
    this.#addInterfaceRequires(face, subgraph, fields);
    if (fields.length === 1) fields.push(field('h0', 'String', { places: [{ subgraph }] }));
    const object: InterfaceObject = { subgraph, key: 'id', fields };
    face.objects.push(object);
    if (dice.chance(60)) this.#place(this.#query, field('faces', `[${face.name}]`), { subgraph });
  }

  /** A field of the interface object that requires one of the interface's own. */
  #addInterfaceRequires(face: WorldInterface, subgraph: string, fields: WorldField[]): void {
    // The planner gives up where the required field is not in the subgraph that knows all implementations.
    const home = face.in.find(({ key }) => key !== undefined)?.fields ?? [];
    const wanted = face.fields.find(
      ({ name, type }) => home.includes(name) && isScalarType(type) && !['id', 'k1'].includes(name),
    );
    if (wanted === undefined || !this.#dice.chance(60)) return;
    fields.push(field(wanted.name, wanted.type, { places: [{ subgraph, external: true }] }));
    fields.push(field('hr', 'String', { places: [{ subgraph, requires: wanted.name }] }));
  }

  /** An entity of which one subgraph, where nobody else has its fields, does not know every thing. */
  #missing(): World['missing'] {
    const places = this.#entities().flatMap((object) =>
      object.in
        .filter((subgraph) => this.#mayMiss(object, subgraph))
        .map((subgraph) => ({ type: object.name, subgraph })),
    );
    return this.#dice.some(places, 40);
  }

  #mayMiss(object: GrowingObject, subgraph: string): boolean {
    const here = object.fields.filter((each) => each.places.some((place) => place.subgraph === subgraph));
    const [key, ...others] = object.keys.filter((each) => each.subgraph === subgraph);
    const own = here.filter(({ name }) => !namesIn(key?.fields).includes(name));
    const required = this.#objects.flatMap((each) =>
      each.fields.flatMap((one) => one.places.flatMap(({ requires }) => namesIn(requires))),
    );
    if (key === undefined || others.length > 0 || own.length === 0) return false;
    return own.every(
      (each) =>
        !each.isKey &&
        each.places.length === 1 &&
        !each.type.endsWith('!') &&
        isBare(each) &&
        !required.includes(each.name),
    );
  }

  // -- roots -------------------------------------------------------------------

  #addRoots(): void {
    const dice = this.#dice;
    for (const subgraph of this.#subgraphs) {
      for (let index = dice.int(3); index > 0; index -= 1) this.#addRoot(subgraph);
    }
    if (this.#query.fields.length === 0) this.#addRoot(this.#subgraphs[0] ?? 's0');
    for (const each of this.#query.fields) {
      // The planner gives up where a field leads to an interface in one subgraph and to its interface object in another.
      if (this.#interfaces.some(({ name, objects }) => name === namedType(each.type) && objects.length > 0))
        continue;
      if (!dice.chance(20)) continue;
      const other = this.#subgraphs.find(
        (subgraph) =>
          each.places.every((place) => place.subgraph !== subgraph) &&
          this.#knows(subgraph, namedType(each.type)),
      );
      if (other !== undefined) this.#place(this.#query, each, { subgraph: other });
    }
    if (dice.chance(30)) this.#addMutations();
  }

  #addMutations(): void {
    const dice = this.#dice;
    for (let index = 1 + dice.int(4); index > 0; index -= 1) {
      const subgraph = dice.one(this.#subgraphs);
      const name = `m${index}`;
      const types = this.#objects
        .filter((object) => object.in.includes(subgraph))
        .map((object) => object.name);
      const type = types.length > 0 && dice.chance(60) ? dice.one(types) : 'Int';
      const args = type === 'Int' ? [{ name: 'by', type: 'Int' }] : [];
      this.#place(this.#mutation, field(name, type, { args }), { subgraph });
    }
  }

  #knows(subgraph: string, type: string): boolean {
    return (
      this.#objects.some((object) => object.name === type && object.in.includes(subgraph)) ||
      this.#abstractIn(subgraph).includes(type)
    );
  }

  #addRoot(subgraph: string): void {
    const dice = this.#dice;
    const known = this.#objects
      .filter((object) => object.in.includes(subgraph) && object.name !== 'KeyPart')
      .map(({ name }) => name);
    const names = [...known, ...this.#abstractIn(subgraph)];
    const name = `q${this.#query.fields.length}`;
    if (names.length === 0 || dice.chance(5)) {
      this.#place(this.#query, this.#withArguments(field(name, 'String')), { subgraph });
      return;
    }
    const type = dice.one(names);
    const made = dice.one([type, type, `${type}!`, `[${type}]`, `[${type}!]!`, `[${type}!]`, `[[${type}]]`]);
    const args = dice.chance(30) ? [{ name: 'shift', type: 'Int' }, { name: 'first', type: 'Int' }] : []; // prettier-ignore
    this.#place(this.#query, field(name, made, { args }), { subgraph });
  }
}

function root(name: string): GrowingObject {
  return {
    name,
    kind: 'root',
    in: Array.from({ length: maxSubgraphs + 1 }, (_, at) => `s${at}`),
    keys: [],
    fields: [],
  };
}

function field(name: string, type: string, more: Partial<WorldField> = {}): GrowingField {
  return {
    name,
    type,
    args: [...(more.args ?? [])],
    places: [...(more.places ?? [])],
    hidden: more.hidden ?? false,
    isKey: more.isKey ?? false,
  };
}

function distinct(fields: readonly GrowingField[]): GrowingField[] {
  return [...new Map(fields.map((each) => [each.name, each])).values()];
}

/** Composition refuses `@external` fields that no directive of their subgraph speaks of. */
function dropUnusedExternals(object: GrowingObject, objects: readonly GrowingObject[]): void {
  const used = (subgraph: string, name: string): boolean =>
    objects.some((each) =>
      each.fields.some((one) =>
        one.places.some(
          (place) =>
            place.subgraph === subgraph &&
            ((each === object && namesIn(place.requires).includes(name)) ||
              (namedType(one.type) === object.name && namesIn(place.provides).includes(name))),
        ),
      ),
    );
  for (const each of object.fields) {
    each.places = each.places.filter(
      (place) => place.external === undefined || used(place.subgraph, each.name),
    );
  }
}

const namesIn = (fieldSet: string | undefined): readonly string[] => fieldSet?.split(/\W+/) ?? [];

const has = (object: GrowingObject, name: string, type: string): boolean =>
  object.fields.some((each) => each.name === name && each.type === type && each.args.length === 0);

const conflicts = (object: GrowingObject, name: string, type: string): boolean =>
  object.fields.some((each) => each.name === name) && !has(object, name, type);

const isPlain = (each: WorldField): boolean =>
  each.places.every((place) => place.external === undefined && place.requires === undefined);

const isBare = (each: WorldField): boolean =>
  each.places.every(({ external, requires, provides, override }) =>
    [external, requires, provides, override].every((part) => part === undefined),
  );

const isPlainIn = (each: WorldField, subgraph: string): boolean =>
  each.places.some(
    (place) => place.subgraph === subgraph && place.external === undefined && place.requires === undefined,
  );

const isPlainAt = (object: GrowingObject, name: string, subgraph: string): boolean =>
  object.fields.some((each) => each.name === name && isPlainIn(each, subgraph));

const usesOverride = (each: WorldField): boolean => each.places.some((place) => place.override !== undefined);

const isScalarType = (type: string): boolean => !/^(?:T|V|I|U)\d|^KeyPart|^Owner/.test(namedType(type));

const implements_ = (face: WorldInterface, name: string): boolean =>
  face.in.some((place) => place.implementers.includes(name));

function argumentText(dice: Dice, type: string): string | undefined {
  const name = namedType(type.replace(/=.*/, '').trim());
  if (type.startsWith('[')) return dice.one(['[]', '[{x: 1}]', '[{s: "q"}, {x: 2}]']);
  if (name === 'Int') return String(dice.int(4));
  if (name === 'String') return JSON.stringify(dice.one(['', 'r', 'long "one"']));
  if (name === 'E0') return dice.one(['A', 'B']);
  return name === 'In' ? dice.one(['{x: 1}', '{s: "a", l: []}', '{}']) : undefined;
}
