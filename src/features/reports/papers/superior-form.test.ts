import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { sampleData } from '#features/reports/papers/sample.ts';
import type { FormCell } from '#features/reports/papers/form-schema.ts';
import { fillForm, readForm } from '#features/reports/papers/superior-form.server.ts';

const data = sampleData('daily-report');

async function cityForm(): Promise<Uint8Array> {
  return new Uint8Array(
    await writeXlsx({
      sheets: [
        {
          name: 'Biểu 01',
          rows: [
            ['CÔNG AN THÀNH PHỐ', null, null],
            ['TT', 'Chỉ tiêu', 'Kết quả'],
            [1, 'Số hộ được tuyên truyền', null],
            [2, 'Số hộ ký cam kết', null],
            [3, 'Tin báo', null],
            [4, 'Cơ quan, doanh nghiệp', null],
            [5, 'Lưu trú', 'giữ nguyên'],
          ],
        },
        { name: 'Ghi chú', rows: [['Không sửa trang này']] },
      ],
    }),
  );
}

const cell = (ref: string, figure: string, part: FormCell['part'] = 'total'): FormCell => ({
  sheet: 'Biểu 01',
  ref,
  figure,
  part,
});

describe('the superior’s form', () => {
  it('is filled in its tied cells, read back, and otherwise left as it was', async () => {
    const cells = [
      cell('C3', 'reached'),
      cell('C4', 'pledged'),
      cell('C5', 'tips', 'day'),
      cell('C6', 'Cơ quan, doanh nghiệp quán triệt', 'value'),
      cell('D3', 'reached', 'share'),
      cell('E1', 'date', 'value'),
    ];
    const { bytes, left } = await fillForm(await cityForm(), cells, data);
    expect(left).toEqual([]);
    const reached = data.figures.find(({ measure }) => measure === 'reached');
    const pledged = data.figures.find(({ measure }) => measure === 'pledged');
    expect(await readForm(bytes, cells)).toEqual([
      reached?.total,
      pledged?.total,
      2,
      31,
      reached?.share,
      '05/08/2025',
    ]);
    expect(await readForm(bytes, [cell('C7', 'x'), { ...cell('A1', 'x'), sheet: 'Ghi chú' }])).toEqual([
      'giữ nguyên',
      'Không sửa trang này',
    ]);
  });

  it('names the cells it has no figure for and leaves them, never a zero', async () => {
    const cells = [cell('C7', 'notices'), cell('C3', 'unheard-of')];
    const { bytes, left } = await fillForm(await cityForm(), cells, data);
    expect(left).toEqual(cells);
    expect(await readForm(bytes, cells)).toEqual(['giữ nguyên', null]);
  });
});
