import { defaultProfile } from '../model/client-profile.ts';
import type { ErrorCode } from '../model/errors.ts';
import type { Operation } from '../model/operation.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import { measureOperation, mostCounted, type MeasuredOperation, type Measures } from './measures.ts';
import { placeOver } from './place.ts';

export interface AdmissionSettings {
  readonly maxDepth: number;
  readonly maxHeight: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  /** At one field, fragment, variable or operation. */
  readonly maxDirectives: number;
  /** Lists of `__schema` or `__type` inside one another; `undefined`: any number. */
  readonly maxIntrospectionLists: number | undefined;
  /** Let operations over a limit pass, with a warning. */
  readonly warnOnly: boolean;
}

export type Admission =
  | { readonly ok: true; readonly measures: Measures; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

interface Limit {
  readonly code: ErrorCode;
  readonly measure: keyof Measures;
  readonly most: number;
  /** In gateway.yaml. */
  readonly key: string;
  readonly sentence: string;
}

/** Fields, written out: what stages behind this one cannot be asked to look at, whatever `warn_only` says. */
const mostFieldsAtAll = 100_000;

/**
 * Limits on what an operation asks for, from its text alone: before validation and planning, in time that grows with
 * the length of the text and not with what its fragments expand to. `profiles`: other limits for client programs, by the
 * name of their profile.
 */
export function admission(
  settings: AdmissionSettings,
  profiles?: ReadonlyMap<string, AdmissionSettings>,
): (operation: Operation, profile?: string) => Admission {
  const usual = limitsOf(settings);
  const byProfile = new Map([...(profiles ?? [])].map(([name, own]) => [name, limitsOf(own)]));
  const known = new WeakMap<Operation, MeasuredOperation>();
  return (operation, profile = defaultProfile) => {
    const limits = byProfile.get(profile) ?? usual;
    const measured = known.get(operation) ?? measureOperation(operation.document);
    // Where programs have limits of their own it is asked for every request.
    if (byProfile.size > 0) known.set(operation, measured);
    const { measures } = measured;
    const over = limits.filter((limit) => measures[limit.measure] > limit.most);
    const first = over[0];
    if (first === undefined) return { ok: true, measures, warnings: [] };
    if (settings.warnOnly && measures.height <= mostFieldsAtAll)
      return { ok: true, measures, warnings: over.map(({ code }) => code) };
    return { ok: false, refusal: tooMuch(first, measured) };
  };
}

function limitsOf(settings: AdmissionSettings): readonly Limit[] {
  const all: readonly (Omit<Limit, 'most'> & { readonly most: number | undefined })[] = [
    {
      ...{ code: 'MAX_DEPTH_LIMIT', measure: 'depth', most: settings.maxDepth, key: 'max_depth' },
      sentence: 'nests fields too deeply',
    },
    {
      ...{ code: 'MAX_HEIGHT_LIMIT', measure: 'height', most: settings.maxHeight, key: 'max_height' },
      sentence: 'selects too many fields',
    },
    {
      ...{ code: 'MAX_ROOT_FIELDS_LIMIT', measure: 'rootFields', most: settings.maxRootFields },
      ...{ key: 'max_root_fields', sentence: 'selects too many root fields' },
    },
    {
      ...{ code: 'MAX_ALIASES_LIMIT', measure: 'aliases', most: settings.maxAliases, key: 'max_aliases' },
      sentence: 'has too many aliases',
    },
    {
      ...{ code: 'MAX_DIRECTIVES_LIMIT', measure: 'directives', most: settings.maxDirectives },
      ...{ key: 'max_directives', sentence: 'has too many directives at one place' },
    },
    {
      ...{ code: 'MAX_INTROSPECTION_DEPTH_LIMIT', measure: 'introspection' },
      ...{ most: settings.maxIntrospectionLists, key: 'introspection_max_depth' },
      sentence: 'nests lists of introspection too deeply',
    },
  ];
  return all.flatMap(({ most, ...limit }) => (most === undefined ? [] : [{ ...limit, most }]));
}

/** Names the limit, what the operation comes to, and where. */
function tooMuch({ code, measure, most, key, sentence }: Limit, operation: MeasuredOperation): Refusal {
  const value = operation.measures[measure];
  const place = measure === 'introspection' ? undefined : placeOver(operation, measure, most);
  const counted = value >= mostCounted ? `at least ${String(value)}` : String(value);
  const where = place === undefined ? '' : `, at "${place}"`;
  return refusal(
    code,
    `The operation ${sentence}: ${counted}${where} (at most ${String(most)} allowed, limits.${key}).`,
    { limit: key, value, maximum: most, ...(place === undefined ? {} : { place }) },
  );
}
