// The sum of wards as a workbook. Vietnamese whatever the screen has: it goes to Vietnamese offices.
import { workbookOf, type Sheets } from '#platform/sheets.server.ts';
import type { CityRollUp, RefusalCode } from '#features/reports/city/roll-up.ts';
import { measureTitle } from '#features/reports/papers/numbers.server.ts';

const WHY: Readonly<Record<RefusalCode, string>> = {
  'not-a-figures-file': 'không phải tệp số liệu của phường',
  changed: 'số trong tệp đã bị sửa, không khớp mã kiểm tra',
  'other-period': 'của ngày khác',
  'other-kind': 'của loại báo cáo khác',
  twice: 'phường này có hai tệp, lấy tệp chốt sau',
};

export function cityBook(roll: CityRollUp): Promise<Uint8Array> {
  const share = (of: number, all: number | null) =>
    all === null || all === 0 || of > all ? null : Math.round((of / all) * 1000) / 10;
  const city: Sheets = {
    name: 'Toàn thành phố',
    heads: ['Chỉ tiêu', 'Trong ngày', 'Lũy kế', 'Trong đó đã có danh sách', 'Số phường nêu số', 'Tỷ lệ (%)'],
    rows: [
      ['Phường, xã đã báo cáo', null, roll.wards.length, null, roll.expected, null],
      ['Tổ dân phố đã báo cáo', null, roll.told, null, roll.groups, share(roll.told, roll.groups)],
      ['Số hộ', null, roll.households, null, null, null],
      ...roll.figures.map((one) => [
        measureTitle(one.measure),
        one.day,
        one.total,
        one.itemised,
        one.wards,
        one.share,
      ]),
    ],
  };
  const total = (ward: CityRollUp['wards'][number], measure: string) =>
    ward.figures.find((one) => one.measure === measure);
  const wards: Sheets = {
    name: 'Từng phường',
    heads: [
      'TT',
      'Phường, xã',
      'Số hộ',
      'Tổ đã báo cáo',
      'Số tổ',
      'Tuyên truyền trong ngày',
      'Tuyên truyền lũy kế',
      'Đã có danh sách',
      'Ký cam kết lũy kế',
      'Mã kiểm tra số liệu đã chốt',
    ],
    rows: roll.wards.map((ward, n) => [
      n + 1,
      ward.ward.name,
      ward.households,
      ward.told,
      ward.groups,
      total(ward, 'reached')?.day ?? null,
      total(ward, 'reached')?.total ?? null,
      total(ward, 'reached')?.itemised ?? null,
      total(ward, 'pledged')?.total ?? null,
      ward.report.frozen,
    ]),
  };
  const rest: Sheets = {
    name: 'Chưa có',
    heads: ['Phường, xã hoặc tệp', 'Vì sao'],
    rows: [
      ...roll.missing.map((name) => [name, 'chưa gửi tệp']),
      ...roll.refused.map(({ name, why, detail }) => [name, [WHY[why], detail].filter(Boolean).join(': ')]),
    ],
  };
  return workbookOf([city, wards, rest]);
}
