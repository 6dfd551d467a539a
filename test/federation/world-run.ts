import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { execute, GraphQLError, parse, validate } from 'graphql';
import type {
  DocumentNode,
  ExecutionResult,
  GraphQLFieldResolver,
  GraphQLResolveInfo,
  GraphQLSchema,
} from 'graphql';
import { apolloPlanner } from '../../gateway/plan/apollo-planner.ts';
import type { PlanOperation } from '../../gateway/plan/apollo-planner.ts';
import { loadSupergraph, type Supergraph } from '../../gateway/plan/plan.ts';
import { type Canary, computed, isThing, picked, type Thing, WorldData } from './world-data.ts';
import { implementersOf, namedType } from './world.ts';
import type { World, WorldField } from './world.ts';
import { subgraphSdl } from './world-sdl.ts';

/** A world that composes, ready to be asked whole or split. */
export interface Worlds {
  readonly data: WorldData;
  readonly supergraph: Supergraph;
  readonly apiSchema: GraphQLSchema;
  readonly plan: PlanOperation;
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
}

/** What is done to schemas and data on the way from a world to what runs. */
export interface Additions {
  readonly toSubgraph?: (sdl: string, subgraph: string) => string;
  readonly toSupergraph?: (sdl: string) => string;
  /** Directives that the composed schema may link to. */
  readonly enforced?: ReadonlySet<string>;
  readonly canary?: Canary;
  readonly typeConditionedFetching?: boolean;
}

/** `undefined` with the reason when the subgraphs do not compose. */
export function composed(world: World, additions: Additions = {}): Worlds | { readonly refused: string } {
  const { toSubgraph = (sdl) => sdl, toSupergraph = (sdl) => sdl, enforced = new Set() } = additions;
  const { typeConditionedFetching = false } = additions;
  const services = world.subgraphs
    .map((name) => ({ name, url: `http://${name}`, text: subgraphSdl(world, name) }))
    .filter(({ text }) => /^(type|interface) /m.test(text))
    .map(({ name, url, text }) => ({ name, url, typeDefs: parse(text), text }));
  const composition = composeServices(
    services.map(({ name, url, text }) => ({ name, url, typeDefs: parse(toSubgraph(text, name)) })),
  );
  if (composition.errors !== undefined)
    return { refused: composition.errors.map(({ message }) => message).join('\n') };
  const loaded = loadSupergraph(toSupergraph(composition.supergraphSdl), { enforced });
  if (loaded.kind === 'refused') return { refused: JSON.stringify(loaded.problems) };
  const data = new WorldData(world, additions.canary);
  const subgraphs = new Map(
    services.map(({ name, typeDefs }) => [
      name,
      buildSubgraphSchema([{ typeDefs, resolvers: referenceResolvers(data, name) as never }]),
    ]),
  );
  return {
    data,
    supergraph: loaded.supergraph,
    apiSchema: loaded.supergraph.apiSchema,
    plan: apolloPlanner(loaded.supergraph.plannerSdl, { typeConditionedFetching }),
    subgraphs,
  };
}

/** A thing on its way through graphql-js. */
interface Source {
  readonly __typename: string;
  readonly thing: Thing;
  /** What the subgraph was told of it. */
  readonly representation?: Readonly<Record<string, unknown>>;
  /** External fields that the field which led here provides. */
  readonly provided?: readonly string[];
}

/** State of one operation: mutations change it, in order. */
export interface Session {
  readonly labels: ReadonlySet<string>;
  count: number;
  /** Fields of the whole that are answered with an error. */
  readonly isRefused?: (info: GraphQLResolveInfo) => boolean;
  /** Told of every field that a subgraph resolves, by the type of the thing. */
  readonly onResolved?: (typeName: string, field: string) => void;
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly session: Session;
}

const rootSource = { thing: { typeName: 'Query', index: 0 } };

/** What graphql-js answers on the unsplit schema. */
export async function wholeAnswer(
  { data, apiSchema }: Worlds,
  asked: Omit<Asked, 'schema'>,
): Promise<ExecutionResult> {
  const resolver: GraphQLFieldResolver<Source, Session> = (
    source,
    args: Record<string, unknown>,
    session,
    info,
  ) => {
    const typeName = info.parentType.name;
    if (session.isRefused?.(info) === true) throw new Error(`${typeName}.${info.fieldName} is refused.`);
    const field = data.fieldOf(typeName, info.fieldName);
    if (field === undefined) throw new Error(`There is no ${typeName}.${info.fieldName}.`);
    if (typeName === 'Mutation') return mutated(field, args, session);
    return sources(data.value(source.thing, field, args), (thing) => ({ __typename: thing.typeName, thing }));
  };
  return execute({
    schema: apiSchema,
    document: asked.document,
    rootValue: rootSource,
    contextValue: asked.session,
    variableValues: asked.variables,
    fieldResolver: resolver,
    typeResolver: (value) => (value as Source).__typename,
  });
}

function mutated(field: WorldField, args: Readonly<Record<string, unknown>>, session: Session): unknown {
  session.count += typeof args['by'] === 'number' ? args['by'] : 1;
  if (field.type === 'Int') return session.count;
  const thing = { typeName: namedType(field.type), index: session.count % 3 };
  return { __typename: thing.typeName, thing };
}

function sources(value: unknown, make: (thing: Thing) => Source): unknown {
  if (Array.isArray(value)) return value.map((item) => sources(item, make));
  return isThing(value) ? make(value) : value;
}

/** What one subgraph answers: it knows only its own part, and says so when asked for anything else. */
export async function subgraphAnswer(
  { data }: Worlds,
  subgraph: string,
  asked: Asked,
): Promise<ExecutionResult> {
  const resolver: GraphQLFieldResolver<Source, Session> = (
    source,
    args: Record<string, unknown>,
    session,
    info,
  ) => {
    const known = fieldIn(data, subgraph, { typeName: info.parentType.name, name: info.fieldName });
    if (known === undefined) throw new Error(`There is no ${info.parentType.name}.${info.fieldName}.`);
    const { field } = known;
    session.onResolved?.(
      info.parentType.name === 'Mutation' ? 'Mutation' : source.thing.typeName,
      info.fieldName,
    );
    if (info.parentType.name === 'Mutation') return mutated(field, args, session);
    return resolved({ data, subgraph, source, field, args, session });
  };
  return execute({
    schema: asked.schema,
    document: asked.document,
    rootValue: rootSource,
    contextValue: asked.session,
    variableValues: asked.variables,
    fieldResolver: resolver,
    typeResolver: (value) => (value as Source).__typename,
  });
}

interface Resolving {
  readonly data: WorldData;
  readonly subgraph: string;
  readonly source: Source;
  readonly field: WorldField;
  readonly args: Readonly<Record<string, unknown>>;
  readonly session: Session;
}

function resolved({ data, subgraph, source, field, args, session }: Resolving): unknown {
  const place = field.places.find((each) => each.subgraph === subgraph);
  if (place === undefined) throw new Error(`${subgraph} does not have ${field.name}.`);
  const isGiven = source.representation !== undefined && field.name in source.representation;
  if (place.external === true && source.provided?.includes(field.name) !== true && !isGiven)
    throw new Error(`${field.name} is external in ${subgraph}.`);
  refuseOverridden(field, subgraph, session);
  if (place.requires !== undefined) {
    const inputs = picked(source.representation, data.selectionSet(place.requires));
    if (inputs === undefined) throw new Error(`${field.name} was not given what it requires.`);
    return computed(inputs, args);
  }
  const value = data.value(source.thing, field, args);
  const provided = place.provides?.split(' ') ?? [];
  return sources(value, (thing) => ({ __typename: nameIn(data, subgraph, thing.typeName), thing, provided }));
}

function refuseOverridden(field: WorldField, subgraph: string, session: Session): void {
  for (const { subgraph: to, override } of field.places) {
    if (override === undefined) continue;
    const isActive = override.label === undefined || session.labels.has(override.label);
    if (subgraph === (isActive ? override.from : to))
      throw new Error(`${field.name} is overridden in ${subgraph}.`);
  }
}

/** The name a subgraph has for a thing: an interface's where it knows no better. */
function nameIn(data: WorldData, subgraph: string, typeName: string): string {
  const face = data.world.interfaces.find(
    (each) =>
      each.objects.some((object) => object.subgraph === subgraph) && implementersOf(each).includes(typeName),
  );
  return face?.name ?? typeName;
}

function fieldIn(
  data: WorldData,
  subgraph: string,
  { typeName, name }: { readonly typeName: string; readonly name: string },
): { readonly field: WorldField } | undefined {
  const face = data.world.interfaces.find((each) => each.name === typeName);
  const object = face?.objects.find((each) => each.subgraph === subgraph);
  const field = object?.fields.find((each) => each.name === name) ?? data.fieldOf(typeName, name);
  return field && { field };
}

type Reference = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** Finds entities by any resolvable key of this subgraph that the representation has all fields of. */
function referenceResolvers(data: WorldData, subgraph: string): object {
  const resolverOf = (typeNames: readonly string[], keys: readonly string[], name?: string) => ({
    __resolveReference: (representation: Reference) => {
      for (const key of keys) {
        const thing = data.found(typeNames, key, representation);
        if (thing !== undefined && data.isMissing(thing, subgraph)) return null;
        if (thing !== undefined) return { __typename: name ?? thing.typeName, thing, representation };
      }
      throw new GraphQLError(`${subgraph} finds no entity for ${JSON.stringify(representation)}.`);
    },
  });
  const entities = data.world.objects.flatMap((object) => {
    const keys = object.keys.filter((key) => key.subgraph === subgraph && key.resolvable);
    return keys.length === 0
      ? []
      : [
          [
            object.name,
            resolverOf(
              [object.name],
              keys.map(({ fields }) => fields),
            ),
          ] as const,
        ];
  });
  const faces = data.world.interfaces.flatMap((face) => {
    const object = face.objects.find((each) => each.subgraph === subgraph);
    if (object !== undefined)
      return [[face.name, resolverOf(implementersOf(face), [object.key], face.name)] as const];
    const key = face.in.find((place) => place.subgraph === subgraph)?.key;
    return key === undefined ? [] : [[face.name, resolverOf(implementersOf(face), [key])] as const];
  });
  return Object.fromEntries([...entities, ...faces]);
}

const documents = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/** A subgraph's document, valid; a plan that asks for what the subgraph does not have is a fault of its own. */
export function validDocument(schema: GraphQLSchema, text: string): DocumentNode {
  const known = documents.get(schema) ?? new Map<string, DocumentNode>();
  documents.set(schema, known);
  const found = known.get(text);
  if (found !== undefined) return found;
  const document = parse(text);
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(`Invalid subgraph document ${text}: ${problems.join('; ')}`);
  known.set(text, document);
  return document;
}
