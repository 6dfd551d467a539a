import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Dice, diceOf } from '../federation/dice.ts';
import { randomOperation } from '../federation/random-operation.ts';
import { randomWorld } from '../federation/random-world.ts';
import { subgraphSdl } from '../federation/world-sdl.ts';
import type { World } from '../federation/world.ts';
import { type AccessCase, accessFault } from './access-case.ts';
import { accessWorld, type AccessWorld } from './access-world.ts';
import { randomAccess, randomCaller, twinAccess, type RandomAccess } from './random-access.ts';

/**
 * Random schemas with random rules, split over random subgraphs; random callers and operations. What the gateway answers,
 * fetches and logs must be what a naive checker on the unsplit schema allows.
 *
 * `WEIR_FUZZ_CASES=100000` runs that many cases, from a fresh seed; `WEIR_FUZZ_SEED=n` repeats a seed.
 */

const operationsPerWorld = 12;
const callersPerOperation = 3;
const wanted = Number(process.env['WEIR_FUZZ_CASES'] ?? 0);
const freshSeed = Number(process.env['WEIR_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Count {
  cases: number;
  withRefusals: number;
  worlds: number;
  olderCompositions: number;
  notComposed: number;
  /** Wrong without any rules as well: the planner's or the executor's, and for other tests. */
  elsewhere: number;
}

describe('nobody sees what is not for them, and everybody the rest', () => {
  test('in random worlds of a fixed seed', () => assertWorlds(20_261, 300));

  test(`in random worlds of the fresh seed ${String(freshSeed)}`, () =>
    assertWorlds(freshSeed, wanted > 0 ? wanted : 60));

  test('in random worlds whose only rules stand on an interface object and on one implementation alike', () =>
    assertWorlds(20_262, 150, (world, seed) => {
      const access = twinAccess(world, seed);
      return access.rules.length === 0 ? undefined : access;
    }));
});

async function assertWorlds(
  seed: number,
  cases: number,
  accessTo: (world: World, seed: number) => RandomAccess | undefined = randomAccess,
): Promise<void> {
  const count: Count = {
    cases: 0,
    withRefusals: 0,
    worlds: 0,
    olderCompositions: 0,
    notComposed: 0,
    elsewhere: 0,
  };
  const faults: string[] = [];
  for (let number = 0; count.cases < cases; number += 1) {
    const worldSeed = seed * 1_000 + number;
    const made = { ...randomWorld(worldSeed), hasFaults: false };
    const access = accessTo(made, worldSeed);
    if (access === undefined) continue;
    const world = accessWorld(made, access);
    count.worlds += 1;
    if ('refused' in world) {
      count.notComposed += 1;
      continue;
    }
    if (!world.isComposed) count.olderCompositions += 1;
    await addFaults(world, worldSeed, count, faults);
  }
  process.stdout.write(`${JSON.stringify(count)}\n`);
  assert.equal(faults[0], undefined, `${String(faults.length)} faults`);
  assert.ok(count.elsewhere <= 1 + cases / 100, JSON.stringify(count));
  if (cases < 300) return;
  // Most worlds must compose and many cases be refused something, or the test shows little.
  assert.ok(count.notComposed < count.worlds / 2, JSON.stringify(count));
  assert.ok(count.withRefusals > count.cases / 10, JSON.stringify(count));
}

async function addFaults(world: AccessWorld, seed: number, count: Count, faults: string[]): Promise<void> {
  const dice = diceOf(seed + 1);
  for (let number = 0; number < operationsPerWorld; number += 1) {
    for (const accessCase of randomCases(world, dice)) {
      count.cases += 1;
      const fault = await accessFault(world, accessCase, {
        onRefusal: () => (count.withRefusals += 1),
      });
      if (fault?.isElsewhere === true) count.elsewhere += 1;
      else if (fault !== undefined) faults.push(shown(world, accessCase, fault.text));
    }
  }
}

function randomCases({ worlds }: AccessWorld, dice: Dice): readonly AccessCase[] {
  const operation = randomOperation(worlds.apiSchema, dice);
  if (operation === undefined) return [];
  const text = dice.chance(15) ? withIntrospection(operation.text) : operation.text;
  return Array.from({ length: callersPerOperation }, () => ({
    ...operation,
    text,
    caller: randomCaller(dice),
    mode: dice.one(['filter', 'filter', 'filter', 'filter', 'reject', 'dry-run'] as const),
  }));
}

/** What a schema is called is for everyone here; whose fields are hidden in it is another test's. */
const withIntrospection = (text: string): string =>
  text
    .replace('{', '{ shape: __type(name: "T0") { kind fields { name type { name } } } ')
    .replace(/^mutation.*/s, text);

function shown({ worlds, rules, isComposed }: AccessWorld, accessCase: AccessCase, fault: string): string {
  const { world } = worlds.data;
  const subgraphs = world.subgraphs.map((name) => `# ${name}\n${subgraphSdl(world, name)}`);
  const ruleTexts = rules.map((rule) => JSON.stringify(rule));
  return [
    fault,
    ...subgraphs,
    ...ruleTexts,
    `composed: ${String(isComposed)}`,
    JSON.stringify(accessCase, undefined, 1),
  ].join('\n');
}
