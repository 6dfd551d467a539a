import { composeSupergraph } from '../../schema/compose/compose.ts';

const names = [
  '@key', '@requires', '@external', '@provides', '@shareable', '@override', '@interfaceObject', '@inaccessible',
  '@context', '@fromContext', '@authenticated', '@requiresScopes', '@policy', '@tag', '@cacheTag',
]; // prettier-ignore

/** The `@link` that gives a subgraph all federation directives under their own names. */
const federationLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ${JSON.stringify(names)})\n`;

/** The supergraph text of subgraphs given by name; a text without `@link` gets the usual one. */
export function composedSupergraph(subgraphs: Readonly<Record<string, string>>): string {
  const composition = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      routingUrl: `http://${name}.test/graphql`,
      sdl: sdl.includes('@link(') ? sdl : federationLink + sdl,
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (!composition.ok)
    throw new Error(composition.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  return composition.sdl;
}
