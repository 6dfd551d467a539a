import type { Passwords } from './passwords.ts';
import { sampleAccount, sampleAddresses, samplePassword } from './sample-users.ts';
import { seedOnce, type SeedingOutcome, type SeedingTask } from './seeding.ts';
import type { Tables } from './tables.ts';

const usersAtScaleOne = 2_000;
const namedUsers = 4;
// An account and its addresses; for the progress only.
const rowsPerUser = 3;
const usersPerRound = 200;

export interface SeedArguments extends Pick<SeedingTask<Tables>, 'db' | 'scale' | 'progress' | 'signal'> {
  readonly passwords: Passwords;
}

/** How many users there are at a scale; other services that speak of users count in the same way. */
export function userCount(scale: number): number {
  return Math.max(namedUsers, Math.round(usersAtScaleOne * scale));
}

/** Makes the sample accounts unless they are there. */
export function seed({ passwords, ...given }: SeedArguments): Promise<SeedingOutcome> {
  const count = userCount(given.scale);
  return seedOnce<Tables>({
    ...given,
    expectedRows: count * rowsPerUser,
    fill: async (rows) => {
      // One hash for all: 2,000 hashes would take minutes, and everybody knows this password anyway.
      const hash = await passwords.hash(samplePassword);
      for (let number = 1; number <= count; number += usersPerRound) {
        const size = Math.min(usersPerRound, count - number + 1);
        const accounts = Array.from({ length: size }, (_, step) => sampleAccount(number + step, hash));
        const addresses = accounts.flatMap((account, step) => sampleAddresses(account, number + step));
        await rows.insert(accounts, (chunk) =>
          rows.transaction.insertInto('account').values(chunk).execute(),
        );
        await rows.insert(addresses, (chunk) =>
          rows.transaction.insertInto('address').values(chunk).execute(),
        );
      }
    },
  });
}
