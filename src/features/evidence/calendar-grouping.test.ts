import { describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import {
  byGroup,
  byUnit,
  isForOthers,
  sheetName,
  sheetPlace,
  shortTitle,
  unitToRecord,
} from './calendar-grouping.ts';
import type { ItemInfo, OccurrenceView } from './calendar-schema.ts';

const item = (id: string, accountable: string | null): ItemInfo => ({
  id,
  kind: 'duty',
  title: id,
  words: null,
  accountable,
  cooperating: [],
  actor: null,
  scope: 'group',
  standing: false,
  proposal: false,
  activity: 'post',
  channels: [],
  windows: [],
  cadence: null,
  linkedWith: [],
});

const one = (itemId: string, areaId: string | null, wish: Partial<OccurrenceView> = {}): OccurrenceView => ({
  key: `${itemId}/${areaId ?? ''}`,
  itemId,
  areaId,
  periodStart: '2025-08-05',
  periodEnd: '2025-08-05',
  dueOn: '2025-08-05',
  dueAt: '2025-08-05T08:30:00+07:00',
  state: 'due',
  required: 1,
  done: 0,
  fulfilled: 0,
  minutesLate: 0,
  timeLeft: 60_000,
  evidence: [],
  excuse: null,
  mayRecord: true,
  mayExcuse: false,
  ...wish,
});

const place = (id: string) => ({ id, name: id, shortName: id });
const day = {
  today: '2025-08-05',
  items: [item('zalo', 'groups'), item('radio', 'culture'), item('visit', 'police'), item('lost', null)],
  units: [place('police'), place('culture'), place('idle')],
  groups: [place('a'), place('b'), place('c')],
  occurrences: [
    one('zalo', 'a', { state: 'met', fulfilled: 1, timeLeft: 0 }),
    one('zalo', 'b'),
    one('visit', 'b', { state: 'late', dueAt: '2025-08-04T08:30:00+07:00', timeLeft: 0 }),
    one('visit', 'a', { state: 'late', fulfilled: 1, timeLeft: 0 }),
    one('radio', null, { state: 'ongoing', required: 0, dueAt: null, timeLeft: null }),
    one('lost', null),
  ],
};

describe('a day by who answers for it', () => {
  test('stands in the order of the units, the groups and nobody after them; an idle unit is left out', () => {
    expect(byUnit(day).map(({ id }) => id)).toEqual(['police', 'culture', 'groups', null]);
  });

  test('late work that was made good needs nobody any more', () => {
    const [police, culture, groups] = byUnit(day);
    expect(police).toMatchObject({ open: 1, counts: { late: 2 }, nextDueAt: null });
    expect(culture).toMatchObject({ open: 0, counts: { ongoing: 1 } });
    expect(groups).toMatchObject({ open: 1, nextDueAt: '2025-08-05T08:30:00+07:00' });
    expect(groups?.lines).toHaveLength(1);
  });
});

test('what may still be done on a later day is not owed today', () => {
  const week = one('zalo', 'a', { dueOn: '2025-08-10', dueAt: '2025-08-11T00:00:00+07:00' });
  const [groups] = byUnit({ ...day, occurrences: [week, one('zalo', 'b')] });
  expect(groups).toMatchObject({ open: 1, later: 1, counts: { due: 2 } });
});

test('every group is named, the one with most open work first', () => {
  expect(byGroup(day).map(({ id, open, lines }) => [id, open, lines.length])).toEqual([
    ['b', 2, 2],
    ['a', 0, 2],
    ['c', 0, 0],
  ]);
});

test('what a sheet is about comes back from its name; another text names nothing', () => {
  const [itemId, areaId] = [newId(), newId()];
  expect(sheetPlace(sheetName({ itemId, periodStart: '2025-08-05', areaId }))).toEqual({
    item: itemId,
    period: '2025-08-05',
    area: areaId,
  });
  expect(sheetPlace(sheetName({ itemId, periodStart: '2025-08-05', areaId: null }))?.area).toBeNull();
  expect(sheetPlace(`${itemId}.2025-08-05.*`)?.area).toBe('*');
  for (const wrong of [null, '', 'x.y.z', `${itemId}.5/8.`, `${itemId}.2025-08-05.x`])
    expect(sheetPlace(wrong)).toBeNull();
});

describe('whose work is recorded', () => {
  const duty = { accountable: 'police', cooperating: ['culture'] };
  const report = { accountable: 'groups', cooperating: [] };
  const of = (unitIds: string[], anywhere = false, areaIds: string[] = []) => ({
    unitIds,
    areaIds,
    anywhere,
  });

  test('one of their own unit, the one that answers for the desk', () => {
    expect(unitToRecord(duty, of(['culture']), null)).toBe('culture');
    expect(unitToRecord(duty, of(['culture', 'police']), 'a')).toBe('police');
    expect(unitToRecord(duty, of([]), 'a')).toBeNull();
    expect(unitToRecord(duty, of([], true), null)).toBe('police');
    expect(unitToRecord(duty, of([], true), 'a')).toBeNull();
    expect(unitToRecord(report, of([], true), null)).toBeNull();
  });

  test('a desk officer of the police does police work, and enters a group’s report for that group', () => {
    const desk = of(['police'], true);
    expect(isForOthers(duty, desk, 'a')).toBe(false);
    expect(isForOthers(report, desk, 'a')).toBe(true);
    expect(isForOthers(report, of([], false, ['a']), 'a')).toBe(false);
    expect(isForOthers(report, of([], true, ['a']), 'a')).toBe(false);
  });
});

test('a narrow place is told the act, not the opening of its sentence', () => {
  expect(
    shortTitle(
      'Trong đợt cao điểm, từ ngày 02/8 đến ngày 13/8/2025, hằng ngày các tổ dân phố gửi báo cáo nhanh',
    ),
  ).toBe('Hằng ngày các tổ dân phố gửi báo cáo nhanh');
  expect(shortTitle('phối hợp với cảnh sát khu vực, đăng lên nhóm Zalo')).toBe(
    'Phối hợp với cảnh sát khu vực, đăng lên nhóm Zalo',
  );
  expect(shortTitle('Hằng tháng, họp')).toBe('Hằng tháng, họp');
});
