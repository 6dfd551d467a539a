import { cleanValue, isHeaderName } from './header-value.ts';
import type { HeaderMerge, HeaderSettings, ResponseHeaderRule } from './header-rules.ts';
import { isNeverReturned, needsNamingInResponse } from './reserved-headers.ts';

type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers for the client, names in lower case. */
export type ClientHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Gathers, for one client request, what its subgraph answers may pass on. */
export interface ResponseHeaderGatherer {
  add(subgraph: string, headers: AnswerHeaders): void;
  result(): ClientHeaders;
}

export interface ResponseHeaders {
  /** `false` when no rule passes anything on, so that nothing has to be gathered. */
  readonly enabled: boolean;
  gatherer(): ResponseHeaderGatherer;
}

interface CompiledRule {
  readonly accepts: (name: string) => boolean;
  readonly rename: string | undefined;
  readonly merge: HeaderMerge;
}

/** At most this many values of one header are appended: a hostile answer must not grow the client's. */
const maxAppended = 64;

/** Compiles the response rules; cookies, CORS, redirect and challenge headers pass only where a rule names them. */
export function responseHeaders(settings: HeaderSettings): ResponseHeaders {
  const all = settings.all.response.map(compiled);
  const own = new Map(
    Object.entries(settings.subgraphs).map(([name, rules]) => [
      name,
      [...all, ...rules.response.map(compiled)],
    ]),
  );
  const enabled = all.length > 0 || [...own.values()].some((rules) => rules.length > 0);
  return { enabled, gatherer: () => gatherer((subgraph) => own.get(subgraph) ?? all) };
}

function compiled({ from, rename, merge }: ResponseHeaderRule): CompiledRule {
  const target = rename?.toLowerCase();
  if ('named' in from) {
    const wanted = from.named.toLowerCase();
    return { accepts: (name) => name === wanted, rename: target, merge };
  }
  const pattern = new RegExp(from.matching, 'i');
  return { accepts: (name) => !needsNamingInResponse(name) && pattern.test(name), rename: target, merge };
}

function gatherer(rulesOf: (subgraph: string) => readonly CompiledRule[]): ResponseHeaderGatherer {
  const gathered = new Map<string, readonly string[]>();
  const take = (name: string, values: readonly string[], merge: HeaderMerge): void => {
    const before = gathered.get(name);
    if (before === undefined || merge === 'last') gathered.set(name, values);
    else if (merge === 'append') gathered.set(name, [...before, ...values].slice(0, maxAppended));
  };
  return {
    add(subgraph, headers) {
      for (const rule of rulesOf(subgraph)) {
        for (const [name, value] of Object.entries(headers)) {
          const target = rule.rename ?? name;
          if (!rule.accepts(name) || isNeverReturned(name) || isNeverReturned(target)) continue;
          const values = clean(value);
          if (isHeaderName(target) && values.length > 0) take(target, values, rule.merge);
        }
      }
    },
    result: () => Object.fromEntries([...gathered].map(([name, values]) => [name, joined(name, values)])),
  };
}

const clean = (value: string | readonly string[] | undefined): readonly string[] =>
  (typeof value === 'object' ? value : [value]).map(cleanValue).filter((one) => one !== undefined);

/** Cookies must stay apart (RFC 6265 3); everything else is one comma list. */
const joined = (name: string, values: readonly string[]): string | readonly string[] =>
  name === 'set-cookie' ? values : values.join(', ');
