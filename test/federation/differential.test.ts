import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { diceOf } from './dice.ts';
import { type FuzzCase, faultOf, notPlanned } from './fuzz-case.ts';
import { type Counterexample, minimised } from './minimise.ts';
import { randomOperation } from './random-operation.ts';
import { randomWorld } from './random-world.ts';
import { composed, type Worlds } from './world-run.ts';
import { subgraphSdl } from './world-sdl.ts';
import { labelsOf } from './world.ts';

/**
 * Random schemas and data, split over random subgraphs; random operations on them. The gateway's answer must be what
 * graphql-js answers on the unsplit schema; where subgraph calls fail, parts of it with every null explained.
 *
 * `WEIR_FUZZ_CASES=100000` runs that many cases, from a fresh seed; `WEIR_FUZZ_SEED=n` repeats a seed.
 */

const casesPerWorld = 25;
const wanted = Number(process.env['WEIR_FUZZ_CASES'] ?? 0);
const freshSeed = Number(process.env['WEIR_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

interface Count {
  worlds: number;
  refused: number;
  cases: number;
  notPlanned: number;
}

describe('a graph split over subgraphs answers as the whole would', () => {
  test('for random worlds of a fixed seed', () =>
    assertWorlds({ seed: 20_261, cases: 1_500, mostNotPlanned: 0 }));

  test(`for random worlds of the fresh seed ${freshSeed}`, () =>
    assertWorlds({ seed: freshSeed, cases: wanted > 0 ? wanted : 300, mostNotPlanned: 0.01 }));
});

interface Run {
  readonly seed: number;
  readonly cases: number;
  /** Share of the cases that the planner may give up on: an error for the client, never a wrong answer. */
  readonly mostNotPlanned: number;
}

async function assertWorlds({ seed, cases, mostNotPlanned }: Run): Promise<void> {
  const count: Count = { worlds: 0, refused: 0, cases: 0, notPlanned: 0 };
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.nat()), async (worldSeed) => {
      const found = await counterexample(worldSeed, count);
      if (found !== undefined) assert.fail(shown(await minimised(found)));
    }),
    { seed, numRuns: Math.ceil(cases / casesPerWorld), endOnFailure: true, includeErrorInReport: true },
  );
  // Most worlds must compose, or the test shows little.
  assert.ok(count.refused < count.worlds / 2, JSON.stringify(count));
  assert.ok(count.notPlanned <= count.cases * mostNotPlanned, JSON.stringify(count));
  process.stdout.write(
    `${count.cases} cases in ${count.worlds} worlds, ${count.refused} of which did not compose\n`,
  );
}

async function counterexample(seed: number, count: Count): Promise<Counterexample | undefined> {
  const world = randomWorld(seed);
  const worlds = composed(world, { typeConditionedFetching: seed % 3 === 0 });
  count.worlds += 1;
  if ('refused' in worlds) {
    count.refused += 1;
    return undefined;
  }
  for (let number = 0; number < casesPerWorld; number += 1) {
    const fuzzCase = randomCase(worlds, seed, number);
    if (fuzzCase === undefined) continue;
    count.cases += 1;
    const fault = await faultOf(worlds, fuzzCase);
    if (fault?.startsWith(notPlanned) === true) count.notPlanned += 1;
    else if (fault !== undefined) return { world, fuzzCase, fault };
  }
  return undefined;
}

function randomCase(worlds: Worlds, seed: number, number: number): FuzzCase | undefined {
  const dice = diceOf(seed * 1_000 + number);
  const operation = randomOperation(worlds.apiSchema, dice);
  return (
    operation && {
      ...operation,
      labels: dice.some(labelsOf(worlds.data.world), 50),
      failing: number % 3 === 2 ? dice.one([10, 30, 60]) : 0,
      failSeed: number,
      maxRepresentations: dice.one([1, 2, 500]),
    }
  );
}

function shown({ world, fuzzCase, fault }: Counterexample): string {
  const subgraphs = world.subgraphs.map((name) => `# ${name}\n${subgraphSdl(world, name)}`);
  return [fault, ...subgraphs, JSON.stringify(fuzzCase, undefined, 1), JSON.stringify(world)].join('\n');
}
