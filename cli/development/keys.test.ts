import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { keyboardOf, type TerminalInput } from '../keyboard.ts';
import { followKeys, keysLine } from './keys.ts';

class Terminal extends EventEmitter implements TerminalInput {
  readonly isTTY: boolean;
  raw = false;
  reading = false;

  constructor(isTTY = true) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  resume(): void {
    this.reading = true;
  }

  pause(): void {
    this.reading = false;
  }

  press(keys: string): void {
    this.emit('data', Buffer.from(keys));
  }
}

function followed(terminal = new Terminal()) {
  const done: string[] = [];
  let answer: (text: string) => void = () => undefined;
  const end = followKeys(
    {
      keyboard: keyboardOf(terminal, () => void done.push('interrupt')),
      err: (text) => void done.push(text),
    },
    {
      recompose: () => new Promise((resolve) => (answer = resolve)),
      openSandbox: () => void done.push('open'),
    },
  );
  return { terminal, done, end, answer: (text: string) => answer(text) };
}

test('each key does what the line says, and Ctrl-C stays what it is', () => {
  const { terminal, done } = followed();
  assert.equal(terminal.raw, true);
  terminal.press('oxO');
  terminal.press('q');
  terminal.press('\u0003');
  assert.deepEqual(done, [keysLine, 'open', 'open', 'interrupt', 'interrupt']);
});

test('asked again while it composes, it composes once', async () => {
  const { terminal, done, answer } = followed();
  terminal.press('rr');
  answer('composed\n');
  await nextTurn();
  terminal.press('r');
  answer('again\n');
  await nextTurn();
  assert.deepEqual(done.slice(1), ['composed\n', 'again\n']);
});

test('at the end the terminal is as it was', () => {
  const { terminal, end, done } = followed();
  end();
  terminal.press('o');
  assert.deepEqual([terminal.raw, terminal.reading, done], [false, false, [keysLine]]);
});

test('where nobody types nothing is said and nothing is read', () => {
  const { terminal, done } = followed(new Terminal(false));
  assert.deepEqual([terminal.raw, done], [false, []]);
});
