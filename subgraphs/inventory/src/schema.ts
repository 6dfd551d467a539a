import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, parse, type GraphQLSchema } from 'graphql';
import { applyMiddleware } from 'graphql-middleware';
import { allow, deny, shield } from 'graphql-shield';
import { readFileSync } from 'node:fs';
import type { Context } from './context.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { denial } from './rules.ts';

type SubgraphModule = Exclude<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;
type RuleTree = Parameters<typeof shield>[0];

/** The contract with its resolvers, guarded by the permissions. */
export function guardedSchema(): GraphQLSchema {
  const typeDefs = parse(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
  // The generated resolver types know the context and the rows; the builder's types know neither.
  const module: object = { typeDefs, resolvers };
  const open = buildSubgraphSchema(module as SubgraphModule);
  const guard = shield(permissions as RuleTree, {
    fallbackRule: deny,
    // Without this every error of a resolver would be shown as a refusal.
    allowExternalErrors: true,
    fallbackError: (_error, _parent, _args, context) => denial((context as unknown as Context).caller),
    debug: false,
    hashFunction: () => '', // for cached rules; ours are not
  });
  return withoutIdleGuards(applyMiddleware(open, guard), open);
}

/**
 * Gives fields that everybody may have their own resolvers back. The guard around them would change nothing, but costs
 * some promises for each field of each row.
 */
function withoutIdleGuards(guarded: GraphQLSchema, open: GraphQLSchema): GraphQLSchema {
  for (const [typeName, rules] of Object.entries<object>(permissions)) {
    const type = guarded.getType(typeName);
    const source = open.getType(typeName);
    if (!isObjectType(type) || !isObjectType(source)) continue;
    const openFields = source.getFields();
    for (const field of Object.values(type.getFields())) {
      const resolve = openFields[field.name]?.resolve;
      if (ruleOf(rules, field.name) !== allow) continue;
      if (resolve === undefined) delete field.resolve;
      else field.resolve = resolve;
    }
  }
  return guarded;
}

function ruleOf(rules: object, field: string): unknown {
  if (rules === allow) return allow;
  const byField = new Map<string, unknown>(Object.entries(rules));
  return byField.get(field) ?? byField.get('*');
}
