import { describe, expect, test } from 'vitest';
import { fileTypeOf, narrowed } from '#features/directives/model.ts';

const one = (number: string, issuedOn: string, issuer: string, subject: string) => ({
  number,
  issuedOn,
  issuer,
  subject,
});
const ALL = [
  one('10/KH-UBND', '2025-07-28', 'UBND thành phố', 'Kế hoạch cao điểm'),
  one('2/CĐ-CATP', '2025-08-01', 'Công an thành phố', 'Tăng cường tuyên truyền phòng ngừa lừa đảo'),
  one('7/HD-MTTQ', '2024-12-02', 'Ủy ban MTTQ thành phố', 'Hướng dẫn vận động hội viên'),
];
const numbers = (wish: Partial<Parameters<typeof narrowed>[1]>) =>
  narrowed(ALL, { sort: 'newest', ...wish }).map(({ number }) => number);

describe('the register', () => {
  test('finds with and without marks; with marks, marks must agree', () => {
    expect(numbers({ search: 'lua dao' })).toEqual(['2/CĐ-CATP']);
    expect(numbers({ search: 'lừa đảo' })).toEqual(['2/CĐ-CATP']);
    expect(numbers({ search: 'lúa' })).toEqual([]);
    expect(numbers({ search: 'catp' })).toEqual(['2/CĐ-CATP']);
  });

  test('narrows by issuer and year', () => {
    expect(numbers({ issuer: 'Công an thành phố' })).toEqual(['2/CĐ-CATP']);
    expect(numbers({ year: 2024 })).toEqual(['7/HD-MTTQ']);
  });

  test('orders numbers by value and days by day', () => {
    expect(numbers({})).toEqual(['2/CĐ-CATP', '10/KH-UBND', '7/HD-MTTQ']);
    expect(numbers({ sort: 'oldest' })).toEqual(['7/HD-MTTQ', '10/KH-UBND', '2/CĐ-CATP']);
    expect(numbers({ sort: 'number' })).toEqual(['2/CĐ-CATP', '7/HD-MTTQ', '10/KH-UBND']);
  });
});

test('what a file is, its bytes say', () => {
  expect(fileTypeOf(new TextEncoder().encode('%PDF-1.7'))?.ending).toBe('pdf');
  expect(fileTypeOf(Uint8Array.of(0x50, 0x4b, 3, 4))?.ending).toBe('docx');
  expect(fileTypeOf(new TextEncoder().encode('<html>'))).toBeNull();
});
