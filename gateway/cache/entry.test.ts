import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entryOf, entryText, type Entry } from './entry.ts';

const times = { at: 1, freshUntil: 2, staleUntil: 3, errorUntil: 4, stamp: 5 };
const entry: Entry = {
  ...{ ...times, value: { a: [1, 'ü\n'] }, tags: ['s:a', 'c:a:\n'] },
  ...{ audience: 'own', mayNeedEscape: true },
};

test('what is written is read again, under its own key only', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.jsonValue(), (key, other, value) => {
      const one = { ...entry, value: { value } };
      const text = entryText(key, one);
      assert.deepEqual(entryOf(key, text), JSON.parse(JSON.stringify(one)));
      if (other !== key) assert.equal(entryOf(other, text), undefined);
    }),
  );
});

test('what is cut, changed, of another version or of another kind is no entry', () => {
  const text = entryText('k', entry);
  for (let length = 0; length < text.length; length += 1)
    assert.equal(entryOf('k', text.slice(0, length)), undefined);
  assert.equal(entryOf('k', text.replace('2 k', '1 k')), undefined);
  const head = text.slice(0, text.indexOf('\n') + 1);
  const body = JSON.parse(text.slice(head.length)) as unknown[];
  const wrong = ['x', null, {}, [1], undefined, -0.5];
  for (let at = 0; at < body.length - 1; at += 1)
    for (const one of wrong) {
      const changed = body.map((value, index) => (index === at ? one : value));
      if (at < 5 && one === -0.5) continue;
      assert.equal(
        entryOf('k', head + JSON.stringify(changed)),
        undefined,
        `${String(at)} ${JSON.stringify(one)}`,
      );
    }
  for (const other of ['null', '{}', '[]', '"text"', '5', `${JSON.stringify(body).slice(0, -1)},1]`])
    assert.equal(entryOf('k', head + other), undefined);
});
