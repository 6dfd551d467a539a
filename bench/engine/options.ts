import { parseArgs } from 'node:util';
import { gatewaysUnderTest, weirFrom, type GatewayUnderTest } from './gateways.ts';
import { installNpmGateways, npmGateways, npmGatewaysAreInstalled } from './npm-gateways.ts';
import { scenarios, type Scenario } from './scenarios.ts';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly connections: number;
  readonly scenarios: readonly Scenario[];
  readonly gateways: readonly GatewayUnderTest[];
  readonly output: string | undefined;
  /** For the gateways' own processes. */
  readonly nodeOptions: readonly string[];
}

export const usage = `Usage: node --import tsx bench/engine/run.ts [options]
  --rounds N        measured stretches of each gateway, interleaved (3)
  --seconds N       length of one (3)
  --warm N          seconds of load before the first (4)
  --connections N   closed loops (50)
  --scenarios LIST  ${scenarios.map(({ name }) => name).join(',')} (all)
  --gateways LIST   ${gatewaysUnderTest.map(({ name }) => name).join(',')} (all);
                    ${npmGateways.map(({ name }) => name).join(',')}
                    once they are installed: ${installNpmGateways};
                    weir:FOLDER is another build of weir inside the checkout, to compare with
  --build FOLDER    the build that "weir" is (dist)
  --output NAME     written to bench/results/NAME.json and NAME.md (engine; "none" writes nothing)
  --node=OPTIONS    options of Node for the gateways: --node="--cpu-prof --cpu-prof-dir=/tmp/profiles"
`;

/** Reads the command line; throws with a sentence for people. */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '3' },
      warm: { type: 'string', default: '4' },
      connections: { type: 'string', default: '50' },
      scenarios: { type: 'string', default: '' },
      gateways: { type: 'string', default: '' },
      output: { type: 'string', default: 'engine' },
      node: { type: 'string', default: '' },
      build: { type: 'string', default: 'dist' },
    },
  });
  const usual = gatewaysUnderTest.map((one) => (one.name === 'weir' ? weirFrom(values.build, 'weir') : one));
  return {
    rounds: positive(values.rounds, 'rounds'),
    seconds: positive(values.seconds, 'seconds'),
    warmSeconds: positive(values.warm, 'warm'),
    connections: positive(values.connections, 'connections'),
    scenarios: chosen(scenarios, values.scenarios),
    gateways: chosen(
      [...usual, ...npmGatewaysIn(values.gateways), ...buildsIn(values.gateways)],
      values.gateways,
      usual,
    ),
    output: values.output === 'none' ? undefined : values.output,
    nodeOptions: values.node.split(' ').filter((one) => one !== ''),
  };
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new Error(`--${name} must be a number above 0, not "${text}"`);
}

function npmGatewaysIn(list: string): readonly GatewayUnderTest[] {
  const isAsked = npmGateways.some(({ name }) => list.split(',').includes(name));
  if (isAsked && !npmGatewaysAreInstalled()) throw new Error(`install them first: ${installNpmGateways}`);
  return npmGateways;
}

/** `weir:FOLDER` is another build of weir, to compare with. */
function buildsIn(list: string): readonly GatewayUnderTest[] {
  const names = list.split(',').filter((name) => name.startsWith('weir:'));
  return names.map((name) => weirFrom(name.slice('weir:'.length), name));
}

function chosen<T extends { readonly name: string }>(
  all: readonly T[],
  list: string,
  usual = all,
): readonly T[] {
  if (list === '') return usual;
  return list.split(',').map((name) => {
    const found = all.find((one) => one.name === name.trim());
    if (found !== undefined) return found;
    throw new Error(`"${name}" is none of ${all.map((one) => one.name).join(', ')}`);
  });
}
