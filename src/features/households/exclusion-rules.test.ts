import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barredFromDeciding } from './exclusion-rules.ts';

const asked = { askedBy: 'leader', askedTeam: ['leader', 'member'], askedByOfficer: false };

test('the area officer decides what the field asked', () => {
  expect(barredFromDeciding(asked, { personId: 'officer', isOfficer: true, isPolice: false })).toBeNull();
  expect(barredFromDeciding(asked, { personId: 'head', isOfficer: false, isPolice: true })).toBe(
    'exclusions.officer-decides',
  );
  expect(barredFromDeciding(asked, { personId: 'leader', isOfficer: false, isPolice: false })).toBe(
    'exclusions.not-yours-to-decide',
  );
});

test('what the officer asked, the ward police decide', () => {
  const own = { askedBy: 'officer', askedTeam: [], askedByOfficer: true };
  expect(barredFromDeciding(own, { personId: 'head', isOfficer: false, isPolice: true })).toBeNull();
  expect(barredFromDeciding(own, { personId: 'other-officer', isOfficer: true, isPolice: false })).toBe(
    'exclusions.officer-asked',
  );
});

test('property: never the asker, never the team of that day', () => {
  const person = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(
      person,
      fc.array(person),
      fc.boolean(),
      person,
      fc.boolean(),
      fc.boolean(),
      (askedBy, askedTeam, askedByOfficer, personId, isOfficer, isPolice) => {
        const barred = barredFromDeciding(
          { askedBy, askedTeam, askedByOfficer },
          { personId, isOfficer, isPolice },
        );
        if (personId === askedBy || askedTeam.includes(personId)) expect(barred).not.toBeNull();
        if (barred === null) expect(askedByOfficer ? isPolice : isOfficer).toBe(true);
      },
    ),
  );
});
