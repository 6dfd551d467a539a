import { randomOf } from './random.ts';
import type { OrderTable } from './tables.ts';

// Accounts makes its sample people in the same way; their names and addresses are repeated here as an invoice would.
const userSeed = 4_101;

const people = ['Ada Lovell', 'Sam Okoro', 'Mia Castell', 'Root Weirman'] as const;

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

type Invoice = Pick<
  OrderTable,
  'customer_name' | 'recipient' | 'street' | 'postal_code' | 'city' | 'country'
>;

/** Name and first address of the sample user `u<number>`. */
export function sampleInvoice(number: number): Invoice {
  const forName = randomOf(userSeed, number);
  const generated = `${forName.pick(firstNames)} ${forName.pick(lastNames)}`;
  const name = people[number - 1] ?? generated;
  const random = randomOf(userSeed, number, 1);
  random.below(3); // how many addresses there are
  const [city, postal_code, country, street] = random.pick(places);
  const house = 1 + random.below(120);
  return { customer_name: name, recipient: name, street: `${street} ${house}`, postal_code, city, country };
}
