import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import { applyEdit } from '#features/households/engine/merging.ts';
import type { EditableHousehold } from '#features/households/engine/merging.ts';
import { HouseholdEditBody } from '#features/households/schema.ts';
import { Book } from './book.ts';
import {
  doorsOf,
  homeByNow,
  houseNumbers,
  lanesOf,
  nextDoor,
  passes,
  progressOf,
  textInForce,
} from './model.ts';
import { lay } from './overlay.ts';
import { householdEdit, wishOf } from './records.ts';
import { DoorSearch } from './search.ts';

const GROUP = 'g';
const NOW = instantOf('2025-08-05', '18:00');
const reader = { campaignId: 'c', personId: 'me', now: NOW };

function progress(id: string, visit: Record<string, unknown>) {
  const last = { id: 'v', channel: 'direct', doneAt: '2025-08-04T19:10:00+07:00', ...visit };
  const reached = last['channel'] === 'direct' && visit['outcome'] === 'met';
  return { kind: 'progress', id, n: 2, campaignId: 'c', reached, last };
}

function bookOf(
  doors: number,
  visit: (at: number) => Record<string, unknown> | null = () => null,
  ids?: readonly string[],
): Book {
  const book = new Book();
  book.take(GROUP, { kind: 'lane', id: 'l', n: 1, name: 'Ngõ 12' });
  for (let at = 1; at <= doors; at++) {
    book.take(GROUP, {
      kind: 'dwelling',
      id: `d${at}`,
      n: 1,
      laneId: 'l',
      houseNumber: String(at),
      dwellingKind: 'house',
    });
    book.take(GROUP, {
      ...{ kind: 'household', id: ids?.[at - 1] ?? `h${at}`, n: 1, dwellingId: `d${at}`, ordinal: 1 },
      ...{ headName: `Đào Thị Lành ${at}`, residence: 'permanent' },
    });
    const row = visit(at);
    if (row) book.take(GROUP, progress(`h${at}`, row));
  }
  return book;
}

describe('the book', () => {
  it('keeps the newer row of a feed in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), (order) => {
        const book = new Book();
        for (const n of order) book.take(GROUP, { kind: 'lane', id: 'l', n, name: `Ngõ ${n}` });
        expect(book.get('lane', 'l')?.name).toBe('Ngõ 5');
      }),
    );
  });

  it('keeps a household that moved between two groups of one phone, whichever news comes first', () => {
    const row = { kind: 'lane', id: 'l', n: 9, name: 'Ngõ' };
    const gone = { kind: 'lane', id: 'l', n: 7, deleted: true as const };
    for (const tombstoneFirst of [true, false]) {
      const book = new Book();
      book.take('a', { ...row, n: 3 });
      if (tombstoneFirst) book.take('a', gone);
      book.take('b', row);
      if (!tombstoneFirst) book.take('a', gone);
      expect(book.get('lane', 'l')?.groupId).toBe('b');
    }
  });

  it('passes over rows it cannot read, and opens with the rest', () => {
    const book = bookOf(2);
    book.take(GROUP, { kind: 'household', id: 'bad', n: 4, headName: 7 });
    book.take(GROUP, { kind: 'of-a-later-version', id: 'x', n: 5 });
    expect(doorsOf(book, GROUP, reader)).toHaveLength(2);
  });
});

describe('doors', () => {
  it('stand in the order they were dragged into, newcomers by number after them', () => {
    const book = bookOf(12);
    book.take(GROUP, { kind: 'lane', id: 'l', n: 2, name: 'Ngõ 12', order: ['d3', 'd1', 'd2'] });
    const numbers = doorsOf(book, GROUP, reader).map(({ dwelling }) => dwelling.houseNumber);
    expect(numbers).toEqual(['3', '1', '2', '4', '5', '6', '7', '8', '9', '10', '11', '12']);
  });

  it('show what is most urgent behind them', () => {
    const book = bookOf(1, () => ({ outcome: 'met' }));
    book.take(GROUP, {
      ...{ kind: 'household', id: 'second', n: 3, dwellingId: 'd1', ordinal: 2 },
      ...{ headName: 'Trần Văn Thuê', residence: 'boarding' },
    });
    const [door] = doorsOf(book, GROUP, reader);
    expect(door?.state).toBe('left');
    expect(passes(door!, 'left') && passes(door!, 'done')).toBe(true);
  });

  it('are not reached by phone or Zalo alone', () => {
    const book = bookOf(1, () => ({ outcome: 'met', channel: 'phone' }));
    expect(doorsOf(book, GROUP, reader)[0]?.households[0]?.reached).toBe(false);
  });

  it('taken by somebody else are said to be, until the time is over', () => {
    const book = bookOf(1);
    const claim = { kind: 'claim', id: 'd1', n: 2, personId: 'other', personName: 'Hoa' };
    book.take(GROUP, { ...claim, until: '2025-08-05T18:20:00+07:00' });
    expect(doorsOf(book, GROUP, reader)[0]?.claim?.name).toBe('Hoa');
    expect(doorsOf(book, GROUP, { ...reader, now: NOW + 3_600_000 })[0]?.claim).toBeNull();
    expect(doorsOf(book, GROUP, { ...reader, personId: 'other' })[0]?.claim).toBeNull();
  });
});

describe('the next door', () => {
  it('is the first left after the last one, and from the beginning again', () => {
    const doors = doorsOf(
      bookOf(5, (at) => (at === 2 || at === 4 ? { outcome: 'met' } : null)),
      GROUP,
      reader,
    );
    expect(nextDoor(doors, 'd2')?.dwelling.id).toBe('d3');
    expect(nextDoor(doors, 'd5')?.dwelling.id).toBe('d1');
    expect(nextDoor(doors, null)?.dwelling.id).toBe('d1');
  });

  it('follows the walk; whoever is expected home by now is offered beside it', () => {
    const back = { outcome: 'nobody-home', comeBackAt: '2025-08-05T18:10:00+07:00' };
    const doors = doorsOf(
      bookOf(4, (at) => (at === 3 ? back : null)),
      GROUP,
      reader,
    );
    expect(nextDoor(doors, null)?.dwelling.id).toBe('d1');
    expect(homeByNow(doors, NOW).map(({ dwelling }) => dwelling.id)).toEqual(['d3']);
    expect(homeByNow(doors, NOW - 3_600_000)).toEqual([]);
    // Nobody waits for somebody who said yesterday.
    expect(homeByNow(doors, NOW + 86_400_000)).toEqual([]);
  });

  it('is none when every door is through', () => {
    const doors = doorsOf(
      bookOf(3, () => ({ outcome: 'met' })),
      GROUP,
      reader,
    );
    expect(nextDoor(doors, null)).toBeNull();
  });
});

describe('progress', () => {
  const days = { from: '2025-08-02', to: '2025-08-13' };
  const ids = Array.from({ length: 30 }, newId);

  it('counts a household once however often it was visited, and never passes the denominator', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.array(fc.constantFrom('met', 'nobody-home', 'refused', 'working-away'), { maxLength: 60 }),
        fc.option(fc.integer({ min: 0, max: 50 })),
        (count, outcomes, declared) => {
          const book = bookOf(count, undefined, ids);
          outcomes.forEach((outcome, at) =>
            lay(book, {
              ...{ id: newId(), type: 'visit', typeVersion: 1, campaignId: 'c', groupId: GROUP },
              ...{ authorId: 'me', deviceId: null, recordedAt: '2025-08-05T09:00:00+07:00', clockOffset: 0 },
              body: {
                ...{ householdId: ids[at % 30] ?? '', outcome, channel: 'direct', topics: [], place: 'home' },
                ...{ how: 'on-the-spot', doneAt: `2025-08-05T09:${10 + (at % 50)}:00+07:00`, mediaIds: [] },
              },
            }),
          );
          const progress = progressOf(doorsOf(book, GROUP, reader), declared, days, '2025-08-05');
          expect(progress.reached).toBeLessThanOrEqual(progress.named);
          expect(progress.denominator).toBe(Math.max(declared ?? 0, count));
        },
      ),
    );
  });

  it('says the pace that is still needed', () => {
    const doors = doorsOf(
      bookOf(20, (at) => (at <= 2 ? { outcome: 'met' } : null)),
      GROUP,
      reader,
    );
    expect(progressOf(doors, 176, days, '2025-08-05')).toMatchObject({
      denominator: 176,
      reached: 2,
      pace: 20,
    });
    expect(progressOf(doors, null, days, '2025-08-14').pace).toBeNull();
  });

  it('says what was done today and what today still asks for', () => {
    const met = { outcome: 'met' };
    const doors = doorsOf(
      bookOf(20, (at) => (at <= 3 ? met : at <= 5 ? { ...met, doneAt: '2025-08-05T08:00:00+07:00' } : null)),
      GROUP,
      reader,
    );
    // 15 left and 2 done today over 9 days: 2 a day.
    expect(progressOf(doors, null, days, '2025-08-05')).toMatchObject({ reachedToday: 2, leftToday: 0 });
    // 15 over 3 days: 5 a day, none of them today.
    expect(progressOf(doors, null, days, '2025-08-11')).toMatchObject({ reachedToday: 0, leftToday: 5 });
    expect(lanesOf(doors)).toMatchObject([{ doors: 20, left: 15 }]);
  });
});

describe('a signature taken back', () => {
  it('leaves the household met and unsigned, until the server says what it has', () => {
    const book = bookOf(1, undefined, [newId()]);
    const [household] = book.all('household');
    const common = { typeVersion: 1, campaignId: 'c', groupId: GROUP, authorId: 'me', deviceId: null };
    const at = { recordedAt: '2025-08-05T09:00:00+07:00', clockOffset: 0 };
    const visit = newId();
    lay(book, {
      ...{ id: visit, type: 'visit', ...common, ...at },
      body: {
        ...{ householdId: household!.id, outcome: 'met', channel: 'direct', topics: [], place: 'home' },
        ...{ how: 'on-the-spot', doneAt: at.recordedAt, mediaIds: [] },
        pledge: { original: 'paper', signer: 'head', adult: true, textVersion: 1, consents: [] },
      },
    });
    expect(doorsOf(book, GROUP, reader)[0]?.households[0]).toMatchObject({ pledged: true, state: 'done' });
    lay(book, {
      ...{ id: newId(), type: 'pledge-withdrawal', ...common, ...at },
      body: { pledgeId: pledgeIdOfVisit(visit), reason: 'Hộ đề nghị' },
    });
    expect(doorsOf(book, GROUP, reader)[0]?.households[0]).toMatchObject({ pledged: false, state: 'done' });
  });
});

describe('a household mended at the door', () => {
  const pen = {
    ...{ campaignId: newId(), groupId: newId(), personId: newId(), deviceId: null, newId },
    ...{ phoneNow: NOW, offset: 0 },
  };
  const id = newId();
  const row = bookOf(1, () => null, [id]).get('household', id)!;
  const told = fc.record({
    headName: fc.constantFrom('Đào Thị Lành 1', 'Đào Thị Lành', 'Phạm Văn Bính'),
    residence: fc.constantFrom('permanent' as const, 'temporary' as const, 'boarding' as const),
    phone: fc.constantFrom(null, '+84912345678'),
    members: fc.constantFrom(null, { from60: 2 }, { under16: 1, from60: 2 }),
    smartphone: fc.constantFrom(null, true, false),
    addressWritten: fc.constantFrom(null, 'Số 1 ngõ 12'),
    respected: fc.boolean(),
  });

  it('is as the form said, on the phone and by the rules of the server alike', () => {
    fc.assert(
      fc.property(told, told, (first, second) => {
        const book = bookOf(1, () => null, [id]);
        let there: EditableHousehold = { ...wishOf(row), marks: {} };
        for (const wish of [first, second]) {
          const edit = householdEdit(pen, book.get('household', id)!, wish, []);
          if (!edit) {
            expect(wishOf(book.get('household', id)!)).toEqual(wish);
            continue;
          }
          lay(book, edit);
          const { set } = HouseholdEditBody.parse(edit.body);
          const made = applyEdit(there, set, { at: NOW, recordId: edit.id });
          expect(made.conflicts).toEqual([]);
          there = made.household;
          const { marks: _, ...stands } = there;
          expect(wishOf(book.get('household', id)!)).toEqual(wish);
          expect(stands).toEqual(wish);
        }
      }),
    );
  });

  it('is no record when nothing was changed, and tells only what was', () => {
    expect(householdEdit(pen, row, wishOf(row), [])).toBeNull();
    const edit = householdEdit(pen, row, { ...wishOf(row), headName: 'Phạm Văn Bính' }, []);
    expect(edit?.body['set']).toEqual({ headName: { from: 'Đào Thị Lành 1', to: 'Phạm Văn Bính' } });
  });

  it('is found by its new name', () => {
    const book = bookOf(2, () => null, [id, 'h2']);
    const search = new DoorSearch();
    search.prepare(doorsOf(book, GROUP, reader));
    lay(book, householdEdit(pen, row, { ...wishOf(row), headName: 'Phạm Văn Bính' }, [])!);
    expect(search.find(doorsOf(book, GROUP, reader), 'binh')).toHaveLength(1);
    expect(search.find(doorsOf(book, GROUP, reader), 'lanh')).toHaveLength(1);
  });
});

describe('a lane laid out by range', () => {
  it('has the odd, the even or all numbers, and nothing for a slip of the thumb', () => {
    expect(houseNumbers(1, 9, 'odd')).toEqual(['1', '3', '5', '7', '9']);
    expect(houseNumbers(1, 9, 'even')).toEqual(['2', '4', '6', '8']);
    expect(houseNumbers(5, 4, 'all')).toEqual([]);
    expect(houseNumbers(1, 4500, 'all')).toEqual([]);
    expect(houseNumbers(Number.NaN, 4, 'all')).toEqual([]);
  });
});

describe('search', () => {
  const doors = doorsOf(bookOf(20), GROUP, reader);
  const search = new DoorSearch();
  const found = (typed: string) => search.find(doors, typed).map(({ dwelling }) => dwelling.id);

  it('finds names with and without marks, and numbers', () => {
    expect(found('dao thi lanh')).toHaveLength(20);
    expect(found('Đào')).toHaveLength(20);
    expect(found('lành 13')).toEqual(['d13']);
    expect(found('ngo 12')).toHaveLength(20);
    expect(found('Đáo')).toEqual([]);
    expect(found('lánh')).toEqual([]);
    expect(found('thị lành 7')).toEqual(['d7']);
    expect(found('')).toHaveLength(20);
  });
});

describe('the text that is signed', () => {
  const text = (version: number, inForceFrom: string, campaignId = 'c') => ({
    id: `${campaignId}:${version}`,
    campaignId,
    version,
    title: '',
    body: '',
    inForceFrom,
  });

  it('is the newest of the campaign whose day has come, though the next one is on the phone already', () => {
    const texts = [text(1, '2025-08-01'), text(2, '2025-08-06'), text(9, '2025-08-01', 'other')];
    expect(textInForce(texts, 'c', '2025-08-05')?.version).toBe(1);
    expect(textInForce(texts, 'c', '2025-08-06')?.version).toBe(2);
    expect(textInForce(texts, 'c', '2025-07-31')).toBeNull();
  });
});
