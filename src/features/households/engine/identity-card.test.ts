import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formerUnitOf, maskedNumber, mended, readIdentityCard } from './identity-card.ts';

const CARD =
  '031180001234|031123456|Đào Thị Lành|05031980|Nữ|Số 7, ngõ 12, An Hồng, An Dương, Hải Phòng|12052021';

describe('the QR of a citizen card', () => {
  test('seven fields', () => {
    const card = readIdentityCard(CARD);
    expect(card).toMatchObject({
      number: '031180001234',
      oldNumber: '031123456',
      name: 'Đào Thị Lành',
      bornOn: '1980-03-05',
      sex: 'female',
      issuedOn: '2021-05-12',
      parts: { houseNumber: '7', lane: 'Ngõ 12' },
      doubts: [],
    });
  });

  test('an address from before July 2025 is recognised by its district', () => {
    expect(readIdentityCard(CARD.replace('An Dương', 'Huyện An Dương'))?.oldUnits).toBe(true);
    expect(readIdentityCard(CARD.replace('An Hồng, An Dương', 'Phường Hồng An'))?.oldUnits).toBe(false);
  });

  test('a former unit of the ward is found by its name alone, however it is written', () => {
    const former = ['An Hồng', 'Quán Toan', 'Thị trấn An Dương'];
    expect(formerUnitOf('Số 7, ngõ 12, An Hồng, An Dương, Hải Phòng', former)).toBe('An Hồng');
    expect(formerUnitOf('TDP 3, P. Quán Toan, Hồng Bàng, Hải Phòng', former)).toBe('Quán Toan');
    expect(formerUnitOf('Xã AN HỒNG, Hải Phòng', former)).toBe('An Hồng');
    expect(formerUnitOf('Tổ An Hồng 2, Hồng An, Hải Phòng', former)).toBeNull();
    expect(formerUnitOf('Hồng An, Hải Phòng', [])).toBeNull();
  });

  test('further fields of newer cards, an empty old number and a missing date of issue are borne', () => {
    const card = readIdentityCard('031180001234||Đào Thị Lành|05031980|Nữ|Ngõ 12||thêm|nữa');
    expect(card).toMatchObject({ oldNumber: null, issuedOn: null, name: 'Đào Thị Lành' });
    expect(readIdentityCard('031180001234||Đào Thị Lành|05031980|Nữ|Ngõ 12')).not.toBeNull();
  });

  test('sex and year that disagree with the number are doubts, not refusals', () => {
    expect(readIdentityCard(CARD.replace('|Nữ|', '|Nam|'))?.doubts).toEqual(['sex']);
    expect(readIdentityCard(CARD.replace('05031980', '05031981'))?.doubts).toEqual(['birth-year']);
  });

  test('letters handed over as single bytes are mended', () => {
    const broken = Array.from(new TextEncoder().encode('Đào Thị Lành'), (byte) =>
      String.fromCharCode(byte),
    ).join('');
    expect(mended(broken)).toBe('Đào Thị Lành');
    expect(mended('Đào Thị Lành')).toBe('Đào Thị Lành');
  });

  test('a health-insurance code, a link and a bank code are no card', () => {
    for (const other of ['GD4313121|c490c3a06f|01/01/1980|2', 'https://example.vn/a|b', '00020101021238', ''])
      expect(readIdentityCard(other)).toBeNull();
  });

  test('property: any text is read without fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void readIdentityCard(text)),
      {
        numRuns: 60,
      },
    );
  });

  test('a number is shown by its ends', () => {
    expect(maskedNumber('031180001234')).toBe('031••••••234');
  });
});
