import { digits, medianOf, type GatewayResults, type Results } from './engine/results.ts';

/** The part of the README that `bench/chart.ts` writes from `bench/results/engine.json`. */

const begin = '<!-- figures: written by bench/chart.ts -->';
const end = '<!-- end of figures -->';

/** Gateway CPU per request and how many times less than stock Apollo: a row a gateway, a column a scenario. */
export function figures({ scenarios, gateways, measuredAt, machine, node }: Results): string {
  const names = gateways.map(({ name }) => name);
  const header = ['', ...scenarios.map(({ name }) => name)];
  const rows = names.map((name) => [
    name === 'weir' ? '**weir**' : name,
    ...scenarios.map((scenario) => {
      const own = scenario.gateways.find((one) => one.name === name);
      return own === undefined ? '–' : cell(own, scenario.gateways);
    }),
  ]);
  const lines = [header, header.map((_name, index) => (index === 0 ? '---' : '--:')), ...rows];
  return [
    '![Gateway CPU per request, weir and others](bench/results/engine.svg)',
    '',
    `Gateway CPU in milliseconds per request, and how many times less than stock Apollo (${machine}, Node ${node}, ${measuredAt.slice(0, 10)}):`,
    '',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...gateways.map(({ name, about }) => `- _${name}_: ${about}`),
  ].join('\n');
}

function cell(own: GatewayResults, all: readonly GatewayResults[]): string {
  const cpu = medianOf(own, 'cpuMsPerRequest');
  const stock = all.find(({ name }) => name === 'stock');
  if (stock === undefined || own.name === 'stock') return digits(cpu);
  return `${digits(cpu)} (${digits(medianOf(stock, 'cpuMsPerRequest') / cpu)}×)`;
}

/** What stands between the marks of the README. Throws when the marks are not there. */
export function figuresIn(readme: string): string {
  return readme.slice(...placeIn(readme));
}

export function withFigures(readme: string, text: string): string {
  const [from, to] = placeIn(readme);
  return `${readme.slice(0, from)}\n\n${text}\n\n${readme.slice(to)}`;
}

function placeIn(readme: string): readonly [number, number] {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the README needs the lines "${begin}" and "${end}"`);
  return [from + begin.length, to];
}
