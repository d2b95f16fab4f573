import { describe, expect, it } from 'vitest';
import { meansGroups, nameSimilarity, suggestActor } from '#features/plan/unit-names.ts';
import type { UnitName } from '#features/plan/unit-names.ts';

const unit = (id: string, name: string, shortName = name): UnitName => ({ id, name, shortName });
const units: readonly UnitName[] = [
  unit('police', 'Công an phường', 'CAP'),
  unit('culture', 'Phòng Văn hóa - Xã hội', 'VHXH'),
  unit('economy', 'Phòng Kinh tế, Hạ tầng và Đô thị', 'KTHTĐT'),
  unit('service', 'Trung tâm Sự nghiệp công', 'TTSNC'),
  unit('admin', 'Trung tâm Phục vụ hành chính công', 'TTPVHCC'),
  unit('office', 'Văn phòng HĐND và UBND phường', 'VP'),
  unit('front', 'Ủy ban Mặt trận Tổ quốc Việt Nam phường', 'MTTQ'),
  unit('women', 'Hội Liên hiệp Phụ nữ phường', 'LHPN'),
  unit('youth', 'Đoàn Thanh niên phường', 'ĐTN'),
  unit('veterans', 'Hội Cựu chiến binh phường', 'CCB'),
  unit('army', 'Ban Chỉ huy Quân sự phường', 'BCHQS'),
];
const meaning = (name: string) => suggestActor(name, units)?.meaning ?? null;
const isUnit = (id: string) => ({ kind: 'unit', unitId: id });

describe('a name in a paper', () => {
  it.each([
    ['Công an phường', 'police'],
    ['CAP', 'police'],
    ['Công an phường Hồng An', 'police'],
    ['CSKV', 'police'],
    ['Cảnh sát khu vực', 'police'],
    ['Phòng Văn hóa - Xã hội', 'culture'],
    ['Phòng Văn hoá- xã hội phường', 'culture'],
    ['phòng VH-XH', 'culture'],
    ['Phòng Kinh tế, HẠ tầng và Đô thị', 'economy'],
    ['Trung tâm Sự nghiệp công', 'service'],
    ['Trung tâm phục vụ hành chính công phường', 'admin'],
    ['Đề nghị Ủy ban Mặt trận tổ quốc Việt Nam và các tổ chức chính trị xã hội phường', 'front'],
    ['UBMTTQ phường', 'front'],
    ['Hội LHPN phường', 'women'],
    ['Đoàn TNCS Hồ Chí Minh phường', 'youth'],
    ['Hội CCB', 'veterans'],
    ['Ban CHQS phường', 'army'],
    ['Văn phòng HĐND và UBND', 'office'],
  ])('"%s" is suggested as the unit it means', (name, id) => {
    expect(meaning(name)).toEqual(isUnit(id));
  });

  it.each([
    'Các tổ dân phố trên địa bàn phường',
    'Tổ dân phố',
    'Tổ trưởng các tổ dân phố',
    'Tổ trưởng tổ dân phố',
    'TDP',
    'Các khu phố',
    'Trưởng thôn',
    'Bí thư chi bộ, Tổ trưởng dân phố',
  ])('"%s" means every residential group', (name) => {
    expect(meaning(name)).toEqual({ kind: 'groups' });
  });

  it.each(['', 'Ngân hàng Nhà nước', 'Các đồng chí', 'phường', 'Bệnh viện Đa khoa'])(
    '"%s" is asked of a person, not guessed',
    (name) => {
      expect(meaning(name)).toBeNull();
    },
  );

  it('is not guessed where two units are equally near', () => {
    const twins = [unit('a', 'Trường Tiểu học Số 1'), unit('b', 'Trường Tiểu học Số 2')];
    expect(suggestActor('Trường Tiểu học', twins)).toBeNull();
    expect(suggestActor('Trường tiểu học số 2', twins)?.meaning).toEqual(isUnit('b'));
  });

  it('does not become a group because it names one on the way', () => {
    expect(meansGroups('Công an phường phối hợp tổ dân phố')).toBe(false);
    expect(meansGroups('Tổ công tác')).toBe(false);
  });

  it('is as like a unit as the unit is like it', () => {
    for (const a of units)
      for (const b of units)
        expect(nameSimilarity(a.name, { ...b, shortName: b.name })).toBeCloseTo(
          nameSimilarity(b.name, { ...a, shortName: a.name }),
        );
  });
});
