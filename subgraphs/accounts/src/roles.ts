import type { Role } from './tables.ts';

/** What a token says that its bearer may do. */
export interface Grants {
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly policies: readonly string[];
}

const customer = ['orders:read', 'orders:write', 'reviews:write'] as const;
const support = [...customer, 'users:read', 'orders:read:any', 'orders:write:any', 'inventory:read'] as const;

const scopesOfRole: Readonly<Record<Role, readonly string[]>> = {
  CUSTOMER: customer,
  SUPPORT: support,
  MODERATOR: [...customer, 'reviews:moderate'],
  ADMIN: [...support, 'reviews:moderate', 'catalog:write', 'inventory:write'],
};

const policiesOfRole: Readonly<Record<Role, readonly string[]>> = {
  CUSTOMER: [],
  SUPPORT: ['refunds'],
  MODERATOR: [],
  ADMIN: ['refunds'],
};

export function grantsOf(role: Role): Grants {
  return { scopes: scopesOfRole[role], roles: [role.toLowerCase()], policies: policiesOfRole[role] };
}

/** What each of the sample's servers may ask a token for. */
export const scopesOfClient: ReadonlyMap<string, readonly string[]> = new Map([
  ['orders', ['inventory:reserve']],
]);
