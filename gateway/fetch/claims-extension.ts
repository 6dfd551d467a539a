import type { Principal } from '../model/principal.ts';

/** Which verified claims a subgraph finds in its request's `extensions`, and under which name. */
export interface ClaimsExtensionSettings {
  readonly fieldName: string;
  readonly includeClaims: readonly string[];
}

export interface ClaimsExtension {
  /** The request's body with the caller's claims in it; the very same text for callers without any. */
  withClaims(body: string, principal: Principal): string;
  /** What is added for this caller: a part of every key under which answers are shared. */
  text(principal: Principal): string;
}

/** Puts the claims of verified callers, and of nobody else, into `extensions` of subgraph requests. */
export function claimsExtension({ fieldName, includeClaims }: ClaimsExtensionSettings): ClaimsExtension {
  const texts = new WeakMap<Principal, string>();
  const text = (principal: Principal): string => {
    if (principal.kind === 'anonymous') return '';
    const known = texts.get(principal);
    if (known !== undefined) return known;
    const { claims } = principal;
    const chosen = includeClaims.filter((name) => Object.hasOwn(claims, name));
    const entries = chosen.map((name) => `${JSON.stringify(name)}:${JSON.stringify(claims[name])}`);
    const made =
      entries.length === 0 ? '' : `,"extensions":{${JSON.stringify(fieldName)}:{${entries.join(',')}}}}`;
    texts.set(principal, made);
    return made;
  };
  return {
    text,
    // A body is the text of an object that has a query and no extensions.
    withClaims: (body, principal) => {
      const added = text(principal);
      return added === '' ? body : body.slice(0, -1) + added;
    },
  };
}
