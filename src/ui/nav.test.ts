import { expect, test } from 'vitest';
import { currentHref, type NavItem } from './nav.ts';

const items: NavItem[] = ['/', '/plan', '/plan/calendar', '/people'].map((href) => ({
  href,
  label: href,
  icon: 'home',
}));

test('the entry whose page it is, or under which it lies, is current', () => {
  expect(currentHref('/plan', items)).toBe('/plan');
  expect(currentHref('/plan/calendar/2025-08-05', items)).toBe('/plan/calendar');
  expect(currentHref('/plan/items/7', items)).toBe('/plan');
  expect(currentHref('/', items)).toBe('/');
});

test('an address that only begins alike is another page', () => {
  expect(currentHref('/planning', items)).toBeUndefined();
  expect(currentHref('/elsewhere', items)).toBeUndefined();
});
