import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import {
  deadline,
  readyText,
  smsLink,
  telLink,
  type Addressee,
  type Matter,
} from '#features/reminders/ready-text.ts';

const at = (time: string, day = '2025-08-05') => instantOf(day, time);
const leader: Addressee = { role: 'group-leader', name: 'Đào Thị Lành', title: null, place: 'TDP 7' };
const report: Matter = {
  what: 'report',
  title: 'Báo cáo nhanh',
  to: 'Công an phường',
  place: 'TDP 7',
  dueAt: at('08:30'),
};
const post: Matter = {
  ...report,
  what: 'duty',
  title: 'Đăng bài lên nhóm Zalo;',
  to: null,
  dueAt: at('24:00'),
};
const SENDER = 'Công an phường';

describe('a ready text', () => {
  it('reads as the ward writes', () => {
    expect(readyText(leader, [report], SENDER, at('07:30'))).toBe(
      "Kính gửi ông/bà Tổ trưởng TDP 7: đến 07h30' Công an phường chưa nhận được báo cáo nhanh. Kính mong ông/bà gửi trước 08h30'. Trân trọng.",
    );
  });

  it('says when it was due once it is late', () => {
    expect(readyText(leader, [report], SENDER, at('08:42'))).toBe(
      "Kính gửi ông/bà Tổ trưởng TDP 7: đến 08h42' Công an phường chưa nhận được báo cáo nhanh (hạn 08h30'). Kính mong ông/bà gửi sớm. Trân trọng.",
    );
  });

  it('addresses deputies, officers, heads and staff each in their form', () => {
    const text = (who: Partial<Addressee>, matter = report) =>
      readyText({ ...leader, ...who }, [matter], SENDER, at('07:30'));
    expect(text({ role: 'deputy-leader' })).toMatch(/^Kính gửi ông\/bà Tổ phó TDP 7: .*mong ông\/bà/);
    expect(text({ role: 'area-officer', name: 'Phạm Văn Hải' })).toBe(
      "Kính gửi đồng chí Phạm Văn Hải, Cảnh sát khu vực: đến 07h30' Công an phường chưa nhận được báo cáo nhanh của TDP 7. Kính mong đồng chí đôn đốc để có trước 08h30'. Trân trọng.",
    );
    expect(
      text({ role: 'unit-head', title: null, place: 'Phòng Văn hóa - Xã hội' }, { ...post, place: null }),
    ).toBe(
      "Kính gửi đồng chí lãnh đạo Phòng Văn hóa - Xã hội: đến 07h30' Công an phường chưa nhận được minh chứng về việc “Đăng bài lên nhóm Zalo”. Kính mong đồng chí hoàn thành và ghi nhận trước khi hết ngày hôm nay. Trân trọng.",
    );
    expect(text({ role: 'unit-head', title: 'Trưởng Công an phường' })).toContain(
      'đồng chí Trưởng Công an phường:',
    );
  });

  it('gathers several matters into one letter', () => {
    expect(
      readyText(leader, [report, { ...post, dueAt: at('24:00', '2025-08-10') }], SENDER, at('08:42')),
    ).toBe(
      "Kính gửi ông/bà Tổ trưởng TDP 7: đến 08h42' Công an phường chưa nhận được: (1) báo cáo nhanh, hạn 08h30'; (2) minh chứng về việc “Đăng bài lên nhóm Zalo”, hạn hết ngày 10/8. Kính mong ông/bà hoàn thành sớm. Trân trọng.",
    );
  });

  it('names the day of a deadline that is not today', () => {
    expect(deadline(at('08:30', '2025-08-06'), at('21:00'))).toBe("08h30' ngày 06/8");
    expect(deadline(at('24:00'), at('21:00'))).toBe('hết ngày hôm nay');
    expect(deadline(at('00:00', '2025-10-01'), at('21:00'))).toBe('hết ngày 30/9');
  });

  it('is never rude, unfinished or loud, whatever the plan says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'group-leader',
          'deputy-leader',
          'area-officer',
          'unit-head',
          'unit-member',
          'leader',
        ),
        fc.array(
          fc.record({
            what: fc.constantFrom('duty', 'report', 'target'),
            minute: fc.integer({ min: -3000, max: 3000 }),
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        (role, matters) => {
          const now = at('07:30');
          const text = readyText(
            { ...leader, role },
            matters.map(({ what, minute }) => ({ ...report, what, dueAt: now + minute * 60_000 })),
            SENDER,
            now,
          );
          expect(text).toMatch(
            /^Kính gửi (?:ông\/bà|đồng chí) .*\. Kính mong (?:ông\/bà|đồng chí) .*\. Trân trọng\.$/,
          );
          expect(text).not.toMatch(/!|bạn|undefined|null|\s{2}/);
        },
      ),
    );
  });

  it('travels in a link', () => {
    expect(smsLink('+84912345678', 'Kính gửi: 5 & 6')).toBe(
      'sms:+84912345678?body=K%C3%ADnh%20g%E1%BB%ADi%3A%205%20%26%206',
    );
    expect(telLink('+84912345678')).toBe('tel:+84912345678');
  });
});
