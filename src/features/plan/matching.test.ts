import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchItems } from '#features/plan/matching.ts';
import type { Matchable } from '#features/plan/matching.ts';

const duty = (id: string, words: string, actor = 'Công an phường', trait = 'post/zalo', amount = '1/week') =>
  ({ id, kind: 'duty', words, actor, trait, amount }) as const;

const before: readonly Matchable[] = [
  duty('zalo', 'Chỉ đạo CSKV duy trì nhóm zalo các tổ dân phố, tuyên truyền (tối thiểu 01 lượt/tuần)'),
  duty('page', 'Thường xuyên đăng tải trên trang zalo, facebook của Công an phường (tối thiểu 01 lượt/tuần)'),
  duty(
    'loud',
    'Phát thanh trên hệ thống loa truyền thanh phường (tối thiểu 01 lượt/ngày)',
    'Phòng VHXH',
    'broadcast/loudspeaker',
    '1/day',
  ),
  duty(
    'portal',
    'Đăng tải trên Cổng thông tin điện tử phường (tối thiểu 01 tin bài/tuần)',
    'Phòng VHXH',
    'post/website',
  ),
];
const byBefore = (after: readonly Matchable[]) =>
  Object.fromEntries(matchItems(before, after).map(({ before: old, after: fresh }) => [old, fresh]));

describe('an amended paper', () => {
  it('keeps each duty whose words did not change, whatever its new place', () => {
    const after = before.map((item) => ({ ...item, id: `new-${item.id}` })).reverse();
    expect(byBefore(after)).toEqual({
      zalo: 'new-zalo',
      page: 'new-page',
      loud: 'new-loud',
      portal: 'new-portal',
    });
  });

  it('keeps a duty whose figure changed', () => {
    const changed = duty(
      'x',
      'Phát thanh trên hệ thống loa truyền thanh phường (tối thiểu 02 lượt/ngày)',
      'Phòng VHXH',
      'broadcast/loudspeaker',
      '2/day',
    );
    expect(byBefore([changed])).toEqual({ loud: 'x' });
  });

  it('keeps a duty that went to another unit', () => {
    const moved = duty(
      'x',
      'Đăng tải trên Cổng thông tin điện tử phường (tối thiểu 01 tin bài/tuần)',
      'Văn phòng',
      'post/website',
    );
    expect(byBefore([moved])).toEqual({ portal: 'x' });
  });

  it('calls a duty new that shares only the manner of speaking', () => {
    const fresh = duty(
      'x',
      'Thường xuyên kiểm tra các cơ sở lưu trú (tối thiểu 01 lượt/tuần)',
      'Công an phường',
      'check/none',
    );
    expect(byBefore([fresh])).toEqual({});
  });

  it('never makes a report of a duty', () => {
    expect(
      matchItems(
        before,
        before.map((item) => ({ ...item, kind: 'report' as const })),
      ),
    ).toEqual([]);
  });

  it('gives each of two like sentences its own counterpart, in their order', () => {
    const twins = ['a', 'b'].map((id) => duty(id, 'Thành lập, duy trì nhóm zalo các tổ dân phố'));
    const again = ['c', 'd'].map((id) => duty(id, 'Thành lập, duy trì nhóm zalo các tổ dân phố'));
    expect(matchItems(twins, again).map(({ before: old, after }) => `${old}${after}`)).toEqual(['ac', 'bd']);
  });

  it('never gives one thing two counterparts', () => {
    const words = fc.constantFrom(
      'nhóm zalo tổ dân phố',
      'loa truyền thanh phường',
      'ký cam kết từng hộ',
      'dán thông báo',
    );
    const items = (prefix: string) =>
      fc.array(words).map((list) => list.map((text, at) => duty(`${prefix}${at}`, text)));
    fc.assert(
      fc.property(items('o'), items('n'), (olds, news) => {
        const found = matchItems(olds, news);
        expect(new Set(found.map((match) => match.before)).size).toBe(found.length);
        expect(new Set(found.map((match) => match.after)).size).toBe(found.length);
      }),
    );
  });
});
