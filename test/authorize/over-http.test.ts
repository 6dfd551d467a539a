import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diceOf } from '../federation/dice.ts';
import { randomOperation } from '../federation/random-operation.ts';
import { randomWorld } from '../federation/random-world.ts';
import { accessFault, type AccessCase, type Mode } from './access-case.ts';
import { accessWorld, type AccessWorld } from './access-world.ts';
import { randomAccess, randomCaller } from './random-access.ts';
import { worldGateway } from './world-gateway.ts';

/**
 * The model test by HTTP: a gateway as it is started for users, subgraphs behind sockets, tokens of an issuer. What is not
 * for a caller must be neither in the answer, its errors, extensions and headers, nor in the log, nor in what subgraphs get.
 */

const worlds: readonly (readonly [number, Mode])[] = [
  [4_002, 'filter'],
  [4_003, 'filter'],
  [4_004, 'reject'],
  [4_005, 'dry-run'],
];
const operations = 12;

for (const [seed, mode] of worlds) {
  test(`nobody gets by HTTP what is not for them, and everybody the rest: ${mode}, world ${String(seed)}`, async () => {
    const made = { ...randomWorld(seed), hasFaults: false };
    const world = accessWorld(made, randomAccess(made, seed));
    assert.ok(!('refused' in world), 'choose a seed whose world composes');
    assert.ok((await refusals(world, seed, mode)) > 0, 'choose a seed that has something to refuse');
  });
}

/** Asks for this and that; gives how often something was refused. */
async function refusals(world: AccessWorld, seed: number, mode: Mode): Promise<number> {
  const dice = diceOf(seed + 1);
  const gateway = await worldGateway(world, mode);
  let count = 0;
  try {
    for (let number = 0; number < operations; number += 1) {
      const operation = randomOperation(world.worlds.apiSchema, dice);
      if (operation === undefined) continue;
      for (const caller of [randomCaller(dice), randomCaller(dice)]) {
        const accessCase: AccessCase = { ...operation, caller, mode };
        const onRefusal = (): void => void (count += 1);
        const fault = await accessFault(world, accessCase, { onRefusal, ask: gateway.ask });
        assert.equal(fault?.text, undefined, `${mode} ${JSON.stringify(accessCase)}`);
      }
    }
  } finally {
    await gateway.close();
  }
  return count;
}
