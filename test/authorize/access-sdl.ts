import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql';
import type { DocumentNode, FieldDefinitionNode } from 'graphql';
import type { PlacedRule, Rule } from './random-access.ts';

const directiveText = (rule: Rule): string => {
  if (rule.kind === 'authenticated') return '@authenticated';
  const name = rule.kind === 'policy' ? 'policies' : 'scopes';
  return `@${rule.kind}(${name}: ${JSON.stringify(rule.anyOf)})`;
};

/** A subgraph's schema with its rules written into it. */
export function subgraphWithRules(sdl: string, subgraph: string, rules: readonly PlacedRule[]): string {
  const own = rules.filter((rule) => rule.subgraph === subgraph);
  const imports = '"@authenticated", "@requiresScopes", "@policy", ';
  return print(withRules(parse(sdl.replace('import: [', `import: [${imports}`)), own));
}

const on = 'on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM';
const definitions = `
  directive @authenticated ${on}
  directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) ${on}
  directive @policy(policies: [[policy__Policy!]!]!) ${on}
  scalar requiresScopes__Scope
  scalar policy__Policy
`;

/** A composed schema with rules that composition never saw, as one that an older version let through. */
export function supergraphWithRules(sdl: string, rules: readonly PlacedRule[]): string {
  const links = ['authenticated', 'requiresScopes', 'policy']
    .map((name) => `@link(url: "https://specs.apollo.dev/${name}/v0.1", for: SECURITY)`)
    .join(' ');
  return `${print(withRules(parse(sdl.replace('schema\n', `schema\n  ${links}\n`)), rules))}\n${definitions}`;
}

function withRules(document: DocumentNode, rules: readonly PlacedRule[]): DocumentNode {
  const directives = (coordinate: string): readonly ConstDirectiveNode[] => {
    const texts = rules
      .filter((rule) => rule.coordinate === coordinate)
      .map(({ rule }) => directiveText(rule));
    return texts.length === 0 ? [] : directivesOf([...new Set(texts)].join(' '));
  };
  const onFields = (
    type: string,
    fields: readonly FieldDefinitionNode[] = [],
  ): readonly FieldDefinitionNode[] =>
    fields.map((field) => ({
      ...field,
      directives: [...(field.directives ?? []), ...directives(`${type}.${field.name.value}`)],
    }));
  return visit(document, {
    ScalarTypeDefinition: (node) => ({
      ...node,
      directives: [...(node.directives ?? []), ...directives(node.name.value)],
    }),
    EnumTypeDefinition: (node) => ({
      ...node,
      directives: [...(node.directives ?? []), ...directives(node.name.value)],
    }),
    ObjectTypeDefinition: (node) => ({
      ...node,
      directives: [...(node.directives ?? []), ...directives(node.name.value)],
      fields: onFields(node.name.value, node.fields),
    }),
    InterfaceTypeDefinition: (node) => ({
      ...node,
      directives: [...(node.directives ?? []), ...directives(node.name.value)],
      fields: onFields(node.name.value, node.fields),
    }),
  });
}

function directivesOf(text: string): readonly ConstDirectiveNode[] {
  const [definition] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  return definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? (definition.directives ?? []) : [];
}
