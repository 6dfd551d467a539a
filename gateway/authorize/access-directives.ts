import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

/** The specifications that say who may see what. */
export type AccessFeature = 'authenticated' | 'requiresScopes' | 'policy';

export const accessFeatures: ReadonlySet<AccessFeature> = new Set([
  'authenticated',
  'requiresScopes',
  'policy',
]);

/** What the directives of a supergraph are called in it, where that is for its `@link`s to say. */
export interface DirectiveNames {
  /** Directive name, without `@`, to the feature it stands for. */
  readonly access: ReadonlyMap<string, AccessFeature>;
  /** Names of `@context`. */
  readonly context: ReadonlySet<string>;
}

interface Link {
  readonly feature: string;
  readonly as: string | undefined;
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * Reads the names by the link specification: an import's own or new name, or the name of the link. A directive that
 * is used without any link keeps its usual name and is enforced all the same.
 */
export function directiveNames(supergraph: DocumentNode): DirectiveNames {
  const links = linksOf(supergraph);
  const access = new Map<string, AccessFeature>();
  for (const feature of accessFeatures) for (const name of namesOf(feature, links)) access.set(name, feature);
  return { access, context: new Set(namesOf('context', links)) };
}

function namesOf(feature: string, links: readonly Link[]): readonly string[] {
  const own = links.filter((link) => link.feature === feature);
  // A subgraph has them through the federation specification.
  const federated = links.filter((link) => link.feature === 'federation');
  const names = [
    ...own.flatMap(({ as, imports }) => [as ?? feature, imports.get(feature) ?? as ?? feature]),
    ...federated.map(({ as, imports }) => imports.get(feature) ?? `${as ?? 'federation'}__${feature}`),
  ];
  const isTaken = links.some(
    (link) => link.feature !== feature && [...link.imports.values()].includes(feature),
  );
  return names.length === 0 && !isTaken ? [feature] : names;
}

function linksOf(document: DocumentNode): readonly Link[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) return [];
    return (definition.directives ?? []).flatMap((directive) => linkOf(directive) ?? []);
  });
}

function linkOf(directive: ConstDirectiveNode): Link | undefined {
  const url = textOf(argumentOf(directive, 'url')) ?? textOf(argumentOf(directive, 'feature'));
  if (url === undefined) return undefined;
  const [, feature] = /^https?:\/\/specs\.apollo\.dev\/([^/]+)\/v\d/.exec(url) ?? [];
  const imported = argumentOf(directive, 'import');
  const entries = imported?.kind === Kind.LIST ? imported.values : [];
  return {
    feature: feature ?? url,
    as: textOf(argumentOf(directive, 'as')),
    imports: new Map(entries.map(importOf).filter((pair) => pair !== undefined)),
  };
}

/** `"@name"` or `{ name: "@name", as: "@other" }`, without the `@`. */
function importOf(entry: ConstValueNode): readonly [string, string] | undefined {
  const field = (name: string): string | undefined =>
    entry.kind === Kind.OBJECT
      ? textOf(entry.fields.find((one) => one.name.value === name)?.value)
      : undefined;
  const name = textOf(entry) ?? field('name');
  return name?.startsWith('@') === true ? [name.slice(1), (field('as') ?? name).slice(1)] : undefined;
}

/** A directive's argument as it is written. */
export const argumentOf = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;

export const textOf = (value: ConstValueNode | undefined): string | undefined =>
  value?.kind === Kind.STRING ? value.value : undefined;
