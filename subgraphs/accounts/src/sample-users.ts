import { randomOf } from './random.ts';
import { searchText } from './registration.ts';
import type { AccountTable, AddressTable, Role } from './tables.ts';

/** Every sample account's password; it is in the README. */
export const samplePassword = 'river-stone-42';

const userSeed = 4_101;
const newest = Date.UTC(2026, 8, 1, 9);
const minutesOfThreeYears = 1_576_800;

const people: readonly (readonly [name: string, handle: string, role: Role])[] = [
  ['Ada Lovell', 'ada', 'CUSTOMER'],
  ['Sam Okoro', 'sam', 'SUPPORT'],
  ['Mia Castell', 'mia', 'MODERATOR'],
  ['Root Weirman', 'root', 'ADMIN'],
];

const firstNames = [
  'Aino', 'Aleksy', 'Amira', 'Anton', 'Bea', 'Björn', 'Carla', 'Cem', 'Dana', 'Dimitri', 'Eleni', 'Emil', 'Fatima',
  'Felix', 'Giulia', 'Hanna', 'Hugo', 'Ida', 'Ilias', 'Jana', 'João', 'Kaja', 'Klara', 'Lars', 'Leïla', 'Malte',
  'Marta', 'Milo', 'Nadia', 'Noor', 'Oskar', 'Paula', 'Piotr', 'Rafael', 'Rika', 'Sanne', 'Tomás', 'Uma', 'Viktor', 'Zoë',
] as const; // prettier-ignore

const lastNames = [
  'Almeida', 'Andersen', 'Baumann', 'Bianchi', 'Brandt', 'Ceylan', 'Claes', 'Dahl', 'Deák', 'Fischer', 'Fontaine',
  'García', 'Haas', 'Hoekstra', 'Jankowska', 'Kallio', 'Keller', 'Laurent', 'Lehtinen', 'Marino', 'Meyer', 'Nagy',
  'Nilsson', 'Oliveira', 'Papadakis', 'Peeters', 'Popescu', 'Rossi', 'Sørensen', 'Vogel', 'Weber', 'Zielińska',
] as const; // prettier-ignore

const places: readonly (readonly [city: string, postalCode: string, country: string, street: string])[] = [
  ['Berlin', '10997', 'DE', 'Uferstraße'], ['Hamburg', '20459', 'DE', 'Hafenweg'], ['München', '80539', 'DE', 'Isargasse'],
  ['Lyon', '69002', 'FR', 'Quai des Saules'], ['Nantes', '44000', 'FR', 'Rue de la Loire'],
  ['Rotterdam', '3011', 'NL', 'Maaskade'], ['Milano', '20121', 'IT', 'Via dei Navigli'], ['Wien', '1020', 'AT', 'Donaugasse'],
  ['Praha', '110 00', 'CZ', 'Vltavská'], ['Warszawa', '00-390', 'PL', 'Wiślana'], ['Porto', '4050', 'PT', 'Rua do Rio'],
  ['Sevilla', '41001', 'ES', 'Calle del Río'], ['Ljubljana', '1000', 'SI', 'Ob reki'], ['Oslo', '0150', 'NO', 'Elvegata'],
]; // prettier-ignore

/** The account `u<number>`: the same on every machine, but for the password's salt. */
export function sampleAccount(number: number, passwordHash: string): AccountTable {
  const random = randomOf(userSeed, number);
  const generated = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const [name, handle, role] = people[number - 1] ?? [
    generated,
    `${handleOf(generated)}-${number}`,
    'CUSTOMER',
  ];
  const email = `${handle}@${number <= people.length ? 'weir' : 'shop'}.example`;
  return {
    id: `u${number}`,
    handle,
    name,
    email,
    search_text: searchText({ name, handle, email }),
    password_hash: passwordHash,
    role,
    created_at: new Date(newest - ((number * 7_919) % minutesOfThreeYears) * 60_000).toISOString(),
    loyalty_points: random.below(2_000),
    risk_score: Math.floor(random.below(101) ** 2 / 100),
  };
}

/** One to three addresses of `u<number>`; the first is the default. */
export function sampleAddresses(
  { id, name, created_at }: AccountTable,
  number: number,
): readonly AddressTable[] {
  const random = randomOf(userSeed, number, 1);
  const labels = ['Home', 'Work', 'Boathouse'].slice(0, 1 + random.below(3));
  return labels.map((label, index) => {
    const [city, postal_code, country, street] = random.pick(places);
    return {
      id: `a${number}-${index + 1}`,
      account_id: id,
      label,
      recipient: name,
      street: `${street} ${1 + random.below(120)}`,
      postal_code,
      city,
      country,
      is_default: index === 0 ? 1 : 0,
      created_at,
    };
  });
}

function handleOf(name: string): string {
  return name
    .replaceAll('ø', 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
