import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Known } from '#features/reports/message/message.ts';
import { readMessage } from '#features/reports/message/read-message.ts';

const group = (id: string, name: string, households: number | null = null) => ({
  id,
  name,
  households,
  earlier: {},
});

const KNOWN: Known = {
  today: '2025-08-05',
  dueTime: '08:30',
  dayStartsAt: '00:00',
  groups: [
    group('dt2', 'Tổ dân phố Đình Thượng 2', 176),
    group('dt1', 'Tổ dân phố Đình Thượng 1', 190),
    group('dt12', 'Tổ dân phố Đình Thượng 12'),
    group('ct', 'Tổ dân phố Chợ Tổng'),
    group('3', 'Tổ dân phố số 3', 201),
    group('4', 'Tổ dân phố số 4', 150),
    group('7', 'Tổ dân phố số 7', 263),
    group('11', 'Tổ dân phố số 11', 300),
  ],
};

/** One line a report: `dt2: reached 42/128, pledged 39/-; of 176; asked a,b`. */
function told(message: string, known: Known = KNOWN): string[] {
  const { text, reports } = readMessage(message, known);
  return reports.map(({ groupId, figures, noWork, questions, sentAt }) => {
    const measures = [...new Set(figures.map(({ measure }) => measure))].filter((m) => m !== 'households');
    const value = (measure: string, span: string) => {
      const found = figures.find((one) => one.measure === measure && one.span === span);
      // The figure stands in its words.
      if (found) expect(text.slice(found.start, found.end).length).toBeGreaterThan(0);
      return found?.value ?? '-';
    };
    const lines = measures.map((measure) => `${measure} ${value(measure, 'day')}/${value(measure, 'total')}`);
    const of = value('households', 'total');
    const asked = [...new Set(questions.map(({ code }) => code))];
    return [
      `${groupId ?? '?'}: ${lines.join(', ')}`,
      ...(of === '-' ? [] : [`of ${of}`]),
      ...(sentAt ? [`at ${sentAt.value}`] : []),
      ...(noWork ? ['no work'] : []),
      ...(asked.length > 0 ? [`asked ${asked.join(',')}`] : []),
    ].join('; ');
  });
}

describe('the five given messages', () => {
  it('1: shorthand in one line', () => {
    expect(
      told(
        'Bc CAP: TDP Đình Thượng 2 ngày 05/8: đi đc 42 hộ, ký ck 39, 3 hộ vắng. Luỹ kế 128/176 hộ. Zalo 151 tv. Loa 2 lần. Ko có vụ việc gì ạ',
      ),
    ).toEqual([
      'dt2: reached 42/128, pledged 39/-, absent 3/-, zaloMembers -/151, broadcasts 2/-, tips 0/-; of 176',
    ]);
  });
  it('2: a form filled in', () => {
    const message = `TỔ DÂN PHỐ SỐ 7
BÁO CÁO NHANH
(từ 8h00' ngày 04/8 đến 8h00' ngày 05/8/2025)
1. Số hộ tuyên truyền: 35 hộ. Lũy kế: 210/263 (79,8%)
2. Số hộ ký cam kết: 33 hộ. Lũy kế: 201 hộ
3. Nhóm Zalo: 01 nhóm; 248 thành viên; 01 bài đăng
4. Tờ rơi phát: 60 tờ; loa: 02 lượt
5. Tin báo: 01 (bà N.T.H nghe điện thoại lạ đòi 50tr, chưa chuyển; đã báo đ/c CSKV lúc 19h40')
6. Khó khăn: 09 hộ đi làm ăn xa, 05 nhà trọ chủ không ở`;
    expect(told(message)).toEqual([
      '7: reached 35/210, pledged 33/201, zaloGroups -/1, zaloMembers -/248, posts 1/-, leaflets 60/-, broadcasts 2/-, tips 1/-, away 9/-; of 263; asked tip-story,window-differs',
    ]);
    expect(readMessage(message, KNOWN).reports[0]?.remarks.map(({ value }) => value)).toEqual([
      'Khó khăn: 09 hộ đi làm ăn xa, 05 nhà trọ chủ không ở',
    ]);
  });
  it('3: a day without work', () => {
    const message =
      'Kính báo cáo CAP, hôm qua mưa to tổ em không đi được, xin chuyển sang tối nay. Số cũ: 96 hộ/190.';
    expect(told(message)).toEqual(['?: reached -/96; of 190; no work; asked which-group']);
  });
  it('4: more than there are households', () => {
    expect(
      told(
        'TDP 11. 06.8.25. Hộ TT: 51/ Ký: 51/ LK: 302-302/300 (có 2 hộ tạm trú)/ Zalo 300/ Loa 02/ BC lúc 8g45',
      ),
    ).toEqual([
      '11: reached 51/302, pledged 51/302, zaloMembers -/300, broadcasts 2/-; of 300; at 08:45; asked pair-meaning,above-households,other-day,late-by-own-words',
    ]);
  });
  it('5: no marks, no commas', () => {
    expect(told('bao cao to 3 hom qua tuyen truyen 28 ho ky 28 luy ke 155 tong 201')).toEqual([
      '3: reached 28/155, pledged 28/-; of 201',
    ]);
  });
});

const CASES: readonly (readonly [string, readonly string[]])[] = [
  ['TDP 3 báo cáo: 28 hộ tuyên truyền, 27 hộ ký, 1 hộ vắng', ['3: reached 28/-, pledged 27/-, absent 1/-']],
  [
    'To dan pho so 4: tt 30 ho, ky ck 29, vang 1, lk 90/150, zalo 140',
    ['4: reached 30/90, pledged 29/-, absent 1/-, zaloMembers -/140; of 150'],
  ],
  [
    'TDP 7 sáng 5/8: đi 35 hộ, LK 210, ký 33, LK 201',
    ['7: reached 35/210, pledged 33/201; asked check-meaning'],
  ],
  ['Tổ 3 TT/ký: 28/27. Lũy kế 155/201', ['3: reached 28/155, pledged 27/-; of 201']],
  ['tdp 4 đi được hai mươi tám hộ, ký hai lăm hộ, ba hộ vắng', ['4: reached 28/-, pledged 25/-, absent 3/-']],
  ['Tổ dân phố số 4 tuyên truyền được một trăm linh hai hộ', ['4: reached 102/-']],
  ['TDP 3: đi dc 2 chục hộ, ký 18', ['3: reached 20/-, pledged 18/-']],
  ['TDP 11 hôm qua nghỉ do mất điện', ['11: ; no work']],
  ['TDP 4 không phát sinh', ['4: ; no work; asked no-reason']],
  ['TDP 4 ko phát sinh vì tổ có đám tang. Lũy kế 90/150', ['4: reached -/90; of 150; no work']],
  ['TDP 3: ký 39, nhầm, ký 38 chứ không phải 39', ['3: pledged 38/-; asked corrects-earlier']],
  ['Đính chính TDP 7: ký 33 hộ', ['7: pledged 33/-; asked corrects-earlier']],
  [
    'TDP 3: đi 28 hộ, ký 28. TDP 4: đi 30 hộ, ký 29, lk 91/150',
    ['3: reached 28/-, pledged 28/-', '4: reached 30/91, pledged 29/-; of 150'],
  ],
  [
    'Báo cáo 2 tổ\nĐình Thượng 1: 20 hộ, ký 18\nĐình Thượng 2: 42 hộ, ký 39',
    [
      'dt1: reached 20/-, pledged 18/-; asked check-meaning',
      'dt2: reached 42/-, pledged 39/-; asked check-meaning',
    ],
  ],
  ['Đình Thượng 12 đi 15 hộ', ['dt12: reached 15/-']],
  ['Chợ Tổng: TT 12 ký 12', ['ct: reached 12/-, pledged 12/-']],
  ['TDP Cổng Làng 5: đi 15 hộ, ký 14', ['?: reached 15/-, pledged 14/-; asked group-unknown']],
  ['TDP 3 đi khoảng 30 hộ, ký 25', ['3: reached 30/-, pledged 25/-; asked about']],
  ['TDP 3 đi 28 hộ, ký 30', ['3: reached 28/-, pledged 30/-; asked pledged-above-reached']],
  ['TDP 3 đi 28 hộ lũy kế 20', ['3: reached 28/20; asked total-below-day']],
  ['TDP 3 tuyên truyền 28 hộ. Lũy kế 155/201 (85%)', ['3: reached 28/155; of 201; asked share-differs']],
  ['TDP 3 tuyên truyền 28 hộ. Lũy kế 155/210', ['3: reached 28/155; of 210; asked households-differ']],
  ['TDP 3 đi 28 hộ, ký 27, 15 cái áo mưa', ['3: reached 28/-, pledged 27/-; asked unread-number']],
  ['TDP 3 chưa đi được 12 hộ', ['3: ; asked unread-number,nothing-read']],
  ['Kính gửi CAP phường, em gửi báo cáo sau ạ', ['?: ; asked which-group,nothing-read']],
  [
    'TDP 7: họp tổ 1 buổi, 65 người dự, phát 60 tờ rơi, loa 2 lượt',
    ['7: sessions 1/-, attendees 65/-, leaflets 60/-, broadcasts 2/-'],
  ],
  ['TDP 7 zalo thêm 5 tv, tổng 248 tv; đăng 2 bài', ['7: zaloMembers 5/248, posts 2/-']],
  ['TDP 7 hqua 28, ký 27', ['7: reached 28/-, pledged 27/-']],
  ['TDP 7 hqua 28', ['7: reached 28/-; asked check-meaning']],
  ['TDP 7 hqua 28, ký 30', ['7: reached 28/-, pledged 30/-; asked check-meaning,pledged-above-reached']],
  ['TDP 7 TT 12/253, ký 11/240', ['7: reached 12/253, pledged 11/240']],
  ['TDP 7 TT 12/253', ['7: reached 12/253; asked check-meaning']],
  ['TDP 7 tuyên truyền 210/263', ['7: reached -/210; of 263; asked check-meaning']],
  ['TDP 7 ký 12h, vắng 3h', ['7: pledged 12/-, absent 3/-']],
  ['TDP 7 đi 19h, ký 12h', ['7: reached 19/-, pledged 12/-; asked check-meaning']],
  ['TDP 7 loa 17h, 19h hôm qua; đi 20 hộ', ['7: reached 20/-']],
  ['TDP 7: lk 24+260=284/263', ['7: reached -/284; of 263; asked above-households']],
  ['TDP 7: tin báo: không. Đi 35 hộ', ['7: tips 0/-, reached 35/-']],
  ['TDP 7 có 2 vụ việc, 35 hộ tuyên truyền', ['7: tips 2/-, reached 35/-']],
  ['TDP 3 ngày 4/8 đi 28 hộ', ['3: reached 28/-']],
  ['TDP 3 ngày 01/8 đi 28 hộ', ['3: reached 28/-; asked other-day']],
  ['TDP 3: đi 28 hộ ký 27, liên hệ 0912 345 678', ['3: reached 28/-, pledged 27/-']],
  ['TDP 3: đi 1.028 hộ', ['3: reached 1028/-; asked above-households']],
  ['TDP 3: 28 hộ tuyên truyền. Gửi lúc 8h29', ['3: reached 28/-; at 08:29']],
  ['TDP 3: đã tuyên truyền 155/201 hộ', ['3: reached -/155; of 201; asked check-meaning']],
  ['TDP 3: đi 42 hộ, ký 39/42', ['3: reached 42/-, pledged 39/-']],
  [
    'TDP 3 đi 28 hộ: 3 hộ từ chối, 2 hộ chưa ký, 4 hộ đi làm ăn xa, 1 nhà khóa cửa',
    ['3: reached 28/-, refused 3/-, unsigned 2/-, away 4/-, absent 1/-'],
  ],
  ['tdp3 ky39 tt42', ['3: pledged 39/-, reached 42/-']],
  ['TDP 3 đi 28 hộ. TDP 3 ký 27', ['3: reached 28/-, pledged 27/-']],
  ['TDP 3 đi 28 hộ, đi 30 hộ', ['3: reached 28/-; asked said-twice']],
  ['TDP 3 hôm qua không đi được vì mưa, đi 5 hộ', ['3: reached 5/-; no work; asked no-work-yet-figures']],
];

describe('messages of our own', () => {
  it.each(CASES)('%s', (message, expected) => {
    expect(told(message)).toEqual(expected);
  });

  it('asks when the running total falls below what the ward holds', () => {
    const known = {
      ...KNOWN,
      groups: KNOWN.groups.map((one) => ({ ...one, earlier: { reached: 160 } })),
    };
    expect(told('TDP 3 đi 28 hộ. Lũy kế 155', known)).toEqual([
      '3: reached 28/155; asked total-below-earlier',
    ]);
  });

  it('reads text whose marks are typed apart like text typed in one piece', () => {
    const message = 'TDP Đình Thượng 2: đi được 42 hộ, ký 39';
    expect(told(message.normalize('NFD'))).toEqual(told(message));
  });

  it('never throws, and every figure it gives is a number in the message or in its words', () => {
    const piece = fc.constantFrom(
      'đi',
      'ký',
      'hộ',
      'LK',
      'TDP 3',
      '/',
      ',',
      '.',
      '\n',
      '(',
      ')',
      'zalo',
      'ko',
      '8g45',
      '28',
      '155/201',
      '1-2/3',
      '%',
      'hai',
      'vắng',
      'tổng',
      'tin báo',
      '5tr',
      'ngày',
      '05/8',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const { text, reports } = readMessage(pieces.join(' '), KNOWN);
        for (const { figures } of reports)
          for (const { start, end, value } of figures) {
            const words = text.slice(start, end);
            expect(value === 0 || value === 2 || words.includes(String(value))).toBe(true);
          }
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        readMessage(text, KNOWN);
      }),
    );
  });
});
