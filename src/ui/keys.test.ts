import { expect, test } from 'vitest';
import { Keyboard, KeySequence } from './keys.ts';

const KNOWN = ['?', '/', 'g d', 'g c', 'x'];

test('a single key answers at once', () => {
  expect(new KeySequence().press('?', 0, KNOWN)).toBe('?');
});

test('a sequence answers with its second key', () => {
  const sequence = new KeySequence();
  expect(sequence.press('g', 0, KNOWN)).toBeUndefined();
  expect(sequence.press('d', 300, KNOWN)).toBe('g d');
});

test('a sequence is forgotten when the second key comes too late', () => {
  const sequence = new KeySequence();
  sequence.press('g', 0, KNOWN);
  expect(sequence.press('d', 1_300, KNOWN)).toBeUndefined();
});

test('a false start does not swallow the key that follows', () => {
  const sequence = new KeySequence();
  sequence.press('g', 0, KNOWN);
  expect(sequence.press('g', 100, KNOWN)).toBeUndefined();
  expect(sequence.press('c', 200, KNOWN)).toBe('g c');
  sequence.press('g', 300, KNOWN);
  expect(sequence.press('x', 400, KNOWN)).toBe('x');
});

test('of two shortcuts with the same keys the later counts, until it is taken away', () => {
  const keyboard = new Keyboard();
  const nothing = () => undefined;
  keyboard.add({ keys: 'g d', label: 'first', run: nothing });
  const remove = keyboard.add({ keys: 'g d', label: 'second', run: nothing });
  expect(keyboard.list().map((each) => each.label)).toEqual(['second']);
  remove();
  expect(keyboard.list().map((each) => each.label)).toEqual(['first']);
});
