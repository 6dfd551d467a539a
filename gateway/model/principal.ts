/** Who asks, as verified at the edge. Never built from anything a client can write by itself. */
export type Principal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'known';
      readonly subject: string;
      readonly issuer: string;
      readonly scopes: ReadonlySet<string>;
      readonly roles: ReadonlySet<string>;
      readonly policies: ReadonlySet<string>;
      /** The application that asks for the subject, where the credential names it: `client_id`, `azp`, or an API key's client. */
      readonly client?: string;
      /** The verified claims, frozen. */
      readonly claims: Readonly<Record<string, unknown>>;
      /** Seconds since 1970; the identity must not be used after it. */
      readonly expiresAt: number;
    };

export const anonymous: Principal = { kind: 'anonymous' };
