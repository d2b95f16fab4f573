import { expect, test } from 'vitest';
import fc from 'fast-check';
import { newId } from '#core/ids.ts';
import {
  dwellingId,
  firstHouseholdId,
  foldHouseNumber,
  laneId,
  pledgeIdOfVisit,
} from '#protocol/identity.ts';
import { packStrokes, unpackStrokes } from '#protocol/strokes.ts';

const GROUP = '0198d4a0-0000-7000-8000-000000000001';

test('two phones lay out one lane alike, whatever marks, case and spaces', () => {
  expect(laneId(GROUP, 'Ngõ 12')).toBe(laneId(GROUP, '  ngo  12'));
  expect(laneId(GROUP, 'Ngõ 12')).not.toBe(laneId(newId(), 'Ngõ 12'));
  expect(laneId(GROUP, 'Ngõ 12')).not.toBe(laneId(GROUP, 'Ngõ 1'));
});

test('a house number is one door however it is written', () => {
  for (const written of ['12A', '12 a', ' 12A', '012a']) expect(foldHouseNumber(written)).toBe('12a');
  expect(foldHouseNumber('12/05')).toBe('12/5');
  expect(foldHouseNumber('100')).toBe('100');
  const lane = laneId(GROUP, 'Ngõ 12');
  expect(dwellingId(lane, '1')).not.toBe(dwellingId(lane, '11'));
});

// These ids stand in databases and on phones: they may never come out otherwise.
test('derived ids stay what they are', () => {
  const lane = laneId(GROUP, 'Ngõ 12');
  const dwelling = dwellingId(lane, '5');
  expect([lane, dwelling, firstHouseholdId(dwelling), pledgeIdOfVisit(GROUP)]).toMatchInlineSnapshot(`
    [
      "be2be0fe-8e3d-541e-b022-8bfdfed7b29f",
      "6ac76f62-7e4c-5e45-9052-aa47b3af7904",
      "b2d6cfad-fb2c-5e16-a0cb-682040740868",
      "4cb65019-5094-5f4f-9e3f-fdb27556c602",
    ]
  `);
});

test('a drawing comes back as it was drawn', () => {
  const point = fc.record({
    x: fc.integer({ min: -9000, max: 19_000 }),
    y: fc.integer({ min: -9000, max: 19_000 }),
  });
  const stroke = fc.array(fc.tuple(point, fc.nat(500)), { maxLength: 40 }).map((points) => {
    let t = 0;
    return points.map(([place, after]) => ({ ...place, t: (t += after) }));
  });
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 8 }), (strokes) => {
      const packed = packStrokes(strokes);
      expect(packed).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(unpackStrokes(packed ?? '')).toEqual(strokes);
    }),
  );
  expect(unpackStrokes('!')).toBeUndefined();
  expect(unpackStrokes('__')).toBeUndefined();
});
