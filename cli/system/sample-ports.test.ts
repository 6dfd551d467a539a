import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../settings.ts';
import { highestPortBase, refusedPort, refusedPorts } from './sample-ports.ts';

test('the ports that are refused are refused by fetch', async () => {
  for (const port of refusedPorts) {
    const failure = await fetch(`http://127.0.0.1:${String(port)}/`).catch((error: unknown) => error);
    assert.ok(failure instanceof TypeError);
    assert.match(String(failure.cause), /bad port/, String(port));
  }
});

test('a base with a part that nobody could ask is refused, naming the port and a base that works', () => {
  for (const [base, name, port] of [
    ['6000', 'gateway', 6000],
    ['5059', 'bff-web', 5060],
    ['6465', 'accounts', 6566],
    ['6562', 'inventory', 6665],
    ['9975', 'reviews', 10_080],
  ] as const) {
    const read = readSettings({ WEIR_PORT_BASE: base });
    assert.ok(!read.ok, base);
    assert.match(read.problem, new RegExp(`${name} would be on port ${String(port)}`));
    const instead = /WEIR_PORT_BASE=(\d+) works/.exec(read.fix)?.[1] ?? assert.fail(read.fix);
    assert.ok(readSettings({ WEIR_PORT_BASE: instead }).ok, instead);
  }
});

test('every base that is offered in place of a refused one can be used', () => {
  for (let base = 1; base <= highestPortBase; base += 1) {
    const refused = refusedPort(base);
    if (refused === undefined) continue;
    assert.ok(refused.instead > base);
    assert.equal(refusedPort(refused.instead), undefined);
  }
});

test('the usual bases can be used', () => {
  for (const base of ['4000', '5000', '5700', '7400', '8080'])
    assert.ok(readSettings({ WEIR_PORT_BASE: base }).ok);
});

for (const base of ['', '-1', '1.5', '65336', '1e9', 'x']) {
  test(`${JSON.stringify(base)} is no port base`, () => {
    const read = readSettings({ WEIR_PORT_BASE: base });
    assert.ok(!read.ok);
    assert.match(read.problem, /a whole number from 1 to 65335/);
  });
}
