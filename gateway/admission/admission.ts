import type { ErrorCode } from '../model/errors.ts';
import type { Operation } from '../model/operation.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import { measure, type Measures } from './measures.ts';

export interface AdmissionSettings {
  readonly maxDepth: number;
  readonly maxHeight: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
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
  readonly sentence: string;
}

/**
 * Limits on what an operation asks for, from its text alone: before validation and planning, in time that grows with
 * the length of the text and not with what its fragments expand to.
 */
export function admission(settings: AdmissionSettings): (operation: Operation) => Admission {
  const limits: readonly Limit[] = [
    {
      code: 'MAX_DEPTH_LIMIT',
      measure: 'depth',
      most: settings.maxDepth,
      sentence: 'nests fields too deeply',
    },
    {
      code: 'MAX_HEIGHT_LIMIT',
      measure: 'height',
      most: settings.maxHeight,
      sentence: 'selects too many fields',
    },
    {
      code: 'MAX_ROOT_FIELDS_LIMIT',
      measure: 'rootFields',
      most: settings.maxRootFields,
      sentence: 'selects too many root fields',
    },
    {
      code: 'MAX_ALIASES_LIMIT',
      measure: 'aliases',
      most: settings.maxAliases,
      sentence: 'has too many aliases',
    },
  ];
  return (operation) => {
    const measures = measure(operation.document);
    const over = limits.filter((limit) => measures[limit.measure] > limit.most);
    const first = over[0];
    if (first === undefined || settings.warnOnly) {
      return { ok: true, measures, warnings: over.map((limit) => limit.code) };
    }
    const allowed = `at most ${String(first.most)} allowed`;
    return { ok: false, refusal: refusal(first.code, `The operation ${first.sentence} (${allowed}).`) };
  };
}
