import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { digits, medianOf, type Results, type ScenarioResults } from './engine/results.ts';
import { figures, withFigures } from './readme-figures.ts';

/**
 * Draws bench/results/engine.svg from bench/results/engine.json (gateway CPU per request, shorter is better) and writes
 * the figures into the README.
 */

const folder = fileURLToPath(new URL('./results/', import.meta.url));
const readmeFile = fileURLToPath(new URL('../README.md', import.meta.url));

const width = 760;
const left = 120;
const right = 150;
const barHeight = 16;
const step = 22;
const titleHeight = 34;
const top = 62;

const colours: Readonly<Record<string, string>> = { weir: '#0b7285', stock: '#c2255c' };
const floorColour = '#adb5bd';
const peerColour = '#f08c00';

function draw(results: Results): string {
  let y = top;
  const parts: string[] = [];
  for (const scenario of results.scenarios) {
    parts.push(panel(scenario, y));
    y += titleHeight + scenario.gateways.length * step;
  }
  const height = y + 14;
  const { rounds, seconds, connections } = results.settings;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" role="img" aria-label="Gateway CPU per request">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(
      16,
      26,
      'Gateway CPU per request, in milliseconds: shorter is better',
      'font-size="16" font-weight="600"',
    ),
    text(
      16,
      46,
      `one processor, ${String(connections)} connections, medians of ${String(rounds)} rounds of ${String(seconds)} s; Node ${results.node}, ${results.measuredAt.slice(0, 10)}; grey: floors of plain Node`,
      'font-size="11" fill="#495057"',
    ),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function panel({ name, answerBytes, gateways }: ScenarioResults, y: number): string {
  const costs = gateways.map((one) => ({ name: one.name, cpu: medianOf(one, 'cpuMsPerRequest') }));
  const most = Math.max(...costs.map(({ cpu }) => cpu));
  const stock = costs.find((one) => one.name === 'stock')?.cpu;
  const size = `${(answerBytes / 1024).toFixed(1)} KiB`;
  const title = text(16, y + 20, `${name} (${size})`, 'font-size="13" font-weight="600"');
  const bars = [...costs]
    .sort((a, b) => a.cpu - b.cpu)
    .map(({ name: gateway, cpu }, index) => {
      const at = y + titleHeight + index * step - 4;
      const length = Math.max(1, ((width - left - right) * cpu) / most);
      const times = stock === undefined || gateway === 'stock' ? '' : `, ${digits(stock / cpu)} times less`;
      return [
        text(left - 8, at + 12, gateway, 'font-size="12" text-anchor="end"'),
        `<rect x="${left}" y="${at}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colourOf(gateway)}"/>`,
        text(
          left + Math.round(length) + 6,
          at + 12,
          `${digits(cpu)} ms${times}`,
          'font-size="11" fill="#343a40"',
        ),
      ].join('\n');
    });
  return [title, ...bars].join('\n');
}

const colourOf = (gateway: string): string =>
  colours[gateway] ?? (gateway.startsWith('floor') ? floorColour : peerColour);

function text(x: number, y: number, words: string, attributes: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}

const results = JSON.parse(readFileSync(`${folder}engine.json`, 'utf8')) as Results;
writeFileSync(`${folder}engine.svg`, draw(results));
const readme = withFigures(readFileSync(readmeFile, 'utf8'), figures(results));
writeFileSync(readmeFile, await format(readme, { ...(await resolveConfig(readmeFile)), parser: 'markdown' }));
