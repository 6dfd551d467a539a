import type { SampleDataTable } from './seeding.ts';

export type Role = 'CUSTOMER' | 'SUPPORT' | 'MODERATOR' | 'ADMIN';

export interface AccountTable {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  /** Name, handle and e-mail in lower case, for the search of the support staff. */
  readonly search_text: string;
  readonly password_hash: string;
  readonly role: Role;
  readonly created_at: string;
  readonly loyalty_points: number;
  readonly risk_score: number;
}

export interface AddressTable {
  readonly id: string;
  readonly account_id: string;
  readonly label: string;
  readonly recipient: string;
  readonly street: string;
  readonly postal_code: string;
  readonly city: string;
  readonly country: string;
  /** 1 for the one that is suggested first, else 0. */
  readonly is_default: number;
  readonly created_at: string;
}

/** One sign-in on one device, and all tokens that came of it. */
export interface SessionTable {
  readonly id: string;
  readonly account_id: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly ended_at: string | null;
}

export interface RefreshTokenTable {
  /** SHA-256 of the token: whoever reads this table cannot sign in with it. */
  readonly hash: string;
  readonly session_id: string;
  readonly expires_at: string;
  readonly used_at: string | null;
}

export interface SigningKeyTable {
  readonly kid: string;
  /** The private key as a JWK in JSON. */
  readonly private_jwk: string;
  readonly sign_from: string;
  readonly sign_until: string;
}

export interface Tables {
  readonly account: AccountTable;
  readonly address: AddressTable;
  readonly session: SessionTable;
  readonly refresh_token: RefreshTokenTable;
  readonly signing_key: SigningKeyTable;
  readonly sample_data: SampleDataTable;
}
