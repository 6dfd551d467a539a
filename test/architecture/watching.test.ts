import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { definitionOf, metricCatalogue, type MetricName } from '../../gateway/model/metrics.ts';
import { yamlData } from '../../schema/yaml/source.ts';

const read = (path: string): string => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');
const noFiles = { env: {}, readFile: () => ({ ok: false, reason: 'is not read here' }) as const };

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const dashboard = JSON.parse(read('grafana/weir.json')) as { readonly panels: readonly Panel[] };
const panels = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);
const alerts = [...read('prometheus/alerts.yml').matchAll(/- alert: (\w+)\n +expr: (.+)\n/g)].map(
  ([, name = '', expr = '']) => [name, expr] as const,
);

/** What PromQL itself brings along, and Prometheus. */
const words =
  /^(?:sum|max|min|by|le|rate|increase|histogram_quantile|up|job|[smh]|__rate_interval|\d+[smh])$/;

test('the dashboard and the alerts ask for numbers that the gateway tells, by labels that they have', () => {
  assert.ok(panels.length > 20 && alerts.length > 8);
  for (const [title, expr] of [...panels, ...alerts]) {
    const bare = expr.replaceAll(/"[^"]*"/g, '""');
    const names = [...bare.matchAll(/[a-zA-Z_]\w*/g)]
      .map(([name]) => name)
      .filter((name) => !words.test(name));
    const metrics = names.map(metricOf).filter((name) => name !== undefined);
    assert.ok(metrics.length > 0 || expr.startsWith('up{'), `${title}: ${expr}`);
    const labels = new Set(metrics.flatMap((name) => definitionOf(name).labels));
    for (const name of names)
      assert.ok(metricOf(name) !== undefined || labels.has(name), `${title}: nothing is called ${name}`);
  }
});

function metricOf(name: string): MetricName | undefined {
  if (isMetric(name)) return definitionOf(name).kind === 'histogram' ? undefined : name;
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  return base !== name && isMetric(base) ? base : undefined;
}

const isMetric = (name: string): name is MetricName => Object.hasOwn(metricCatalogue, name);

for (const file of ['prometheus/prometheus.yml', 'prometheus/alerts.yml']) {
  test(`${file} is YAML`, () => {
    assert.deepEqual(yamlData({ file, text: read(file) }, noFiles).problems, []);
  });
}
