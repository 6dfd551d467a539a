import assert from 'node:assert/strict';

/** One line of a page for Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Page {
  readonly samples: readonly Sample[];
  /** By metric, as `# TYPE` says. */
  readonly types: ReadonlyMap<string, string>;
  /** The sum of the samples of this name that have these labels. */
  readonly sum: (name: string, labels?: Readonly<Record<string, string>>) => number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;

/** Reads the text format strictly: a line that is not of it fails the test. */
export function readPage(text: string): Page {
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  assert.ok(text.endsWith('\n'));
  for (const one of text.split('\n')) {
    if (one === '' || one.startsWith('# HELP ')) continue;
    const typed = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(one);
    if (typed !== null) {
      const [, name = '', type = ''] = typed;
      assert.ok(!types.has(name), `${name} comes twice`);
      types.set(name, type);
      continue;
    }
    const [, name, labels = '', value = ''] = line.exec(one) ?? assert.fail(`not a sample: ${one}`);
    assert.ok(name !== undefined && value.length > 0 && !Number.isNaN(Number(value)), one);
    samples.push({ name, labels: labelsOf(labels), value: Number(value) });
  }
  return {
    samples,
    types,
    sum: (name, labels = {}) =>
      samples
        .filter((sample) => sample.name === name && matches(sample, labels))
        .reduce((sum, { value }) => sum + value, 0),
  };
}

function labelsOf(text: string): Record<string, string> {
  const found = [...text.matchAll(label)];
  assert.equal(found.map(([all]) => all).join(''), text);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

function matches({ labels }: Sample, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
