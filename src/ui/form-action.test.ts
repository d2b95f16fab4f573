import { expect, test } from 'vitest';
import { formAction } from './form-action.ts';

const at = (search: string) => new URL(`https://ward.example/nhiem-vu${search}`);

test('an action keeps what the address says the page is about', () => {
  expect(formAction('record', at('?chien-dich=c&muc=m&ky=2025-08-05'))).toBe(
    '?/record&chien-dich=c&muc=m&ky=2025-08-05',
  );
  expect(formAction('record', at(''))).toBe('?/record');
});

test('the action posted before is not posted again', () => {
  expect(formAction('undo', at('?/record&muc=m'))).toBe('?/undo&muc=m');
  expect(formAction('undo', at('?/record='))).toBe('?/undo');
});
