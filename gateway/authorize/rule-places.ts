import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';
import { directiveNames, type AccessFeature } from './access-directives.ts';
import { grants } from './grants.ts';
import type { PolicyJudge } from './policy-judge.ts';

/** A rule as it stands in a schema; `line` and `column` count from 1. */
export interface RulePlace {
  readonly coordinate: string;
  readonly feature: AccessFeature;
  readonly directive: ConstDirectiveNode;
  /** For people: `@requiresScopes(a & b | c)`. */
  readonly text: string;
  readonly policies: readonly string[];
  readonly isReadable: boolean;
  readonly line?: number;
  readonly column?: number;
}

/** Every access directive of a schema, with its place where the document knows places. */
export function rulePlaces(document: DocumentNode): readonly RulePlace[] {
  const { access } = directiveNames(document);
  const known = grants();
  const onNode = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): readonly RulePlace[] =>
    directives.flatMap((directive) => {
      const feature = access.get(directive.name.value);
      if (feature === undefined) return [];
      const grant = known.of(directive, feature);
      const token = directive.loc?.startToken;
      const place = token === undefined ? {} : { line: token.line, column: token.column };
      const { text, policies } = grant;
      return [
        { coordinate, feature, directive, text, policies, isReadable: grant !== known.never, ...place },
      ];
    });
  return document.definitions.flatMap((node) => {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) return [];
    const type = node.name.value;
    const fields = 'fields' in node ? (node.fields ?? []) : [];
    return [
      ...onNode(type, node.directives),
      ...fields.flatMap((field) => onNode(`${type}.${field.name.value}`, field.directives)),
    ];
  });
}

/** Why a supergraph's rules cannot be enforced as they are written. */
export interface RuleProblem {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Rules that nobody could meet by mistake: those that cannot be read, and policies that nobody can decide. */
export async function ruleProblems(
  supergraph: DocumentNode,
  judge: PolicyJudge | undefined,
): Promise<readonly RuleProblem[]> {
  const places = rulePlaces(supergraph);
  const unreadable = places.filter(({ isReadable }) => !isReadable);
  const found = unreadable.map((place) =>
    problemAt(
      place,
      `the rule @${place.directive.name.value} on ${place.coordinate} cannot be read: ${expected[place.feature]}`,
    ),
  );
  const used = [...new Set(places.flatMap(({ policies }) => policies))];
  const undecidable = (await judge?.problems(used)) ?? new Map<string, string>();
  const general = undecidable.get('');
  if (general !== undefined) return [...found, { message: general }];
  for (const [policy, reason] of undecidable)
    for (const place of places.filter(({ policies }) => policies.includes(policy)))
      found.push(
        problemAt(place, `the policy "${policy}" of ${place.coordinate} cannot be decided: ${reason}`),
      );
  return found;
}

const expected: Readonly<Record<AccessFeature, string>> = {
  authenticated: 'it takes no arguments',
  requiresScopes: 'it takes "scopes", lists of lists of texts',
  policy: 'it takes "policies", lists of lists of texts',
};

const problemAt = ({ line, column }: RulePlace, message: string): RuleProblem => ({
  message,
  ...(line === undefined || column === undefined ? {} : { line, column }),
});
