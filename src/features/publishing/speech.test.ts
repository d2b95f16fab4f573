import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitWords, numberWords, readingSeconds, spoken } from '#features/publishing/speech.ts';

describe('numbers in words', () => {
  it.each([
    [0, 'không'],
    [5, 'năm'],
    [10, 'mười'],
    [11, 'mười một'],
    [15, 'mười lăm'],
    [21, 'hai mươi mốt'],
    [55, 'năm mươi lăm'],
    [100, 'một trăm'],
    [105, 'một trăm linh năm'],
    [115, 'một trăm mười lăm'],
    [1_000, 'một nghìn'],
    [1_005, 'một nghìn không trăm linh năm'],
    [2_025, 'hai nghìn không trăm hai mươi lăm'],
    [24_295, 'hai mươi bốn nghìn hai trăm chín mươi lăm'],
    [1_000_000, 'một triệu'],
    [40_000_000_000, 'bốn mươi tỷ'],
    [40_000_000_000_000, 'bốn mươi nghìn tỷ'],
  ])('%i', (value, words) => {
    expect(numberWords(value)).toBe(words);
  });

  it('never leaves a digit and gives different words to different numbers', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (value) => {
        const words = numberWords(value);
        const before = seen.get(words);
        seen.set(words, value);
        return !/\d/.test(words) && (before === undefined || before === value);
      }),
    );
  });
});

describe('a script for the loudspeaker', () => {
  const words = { OTP: 'ô tê pê', UBND: 'Ủy ban nhân dân', CSKV: 'cảnh sát khu vực', CS: 'cảnh sát' };
  it.each([
    ['gọi 113', 'gọi một một ba'],
    ['gọi số 0692.348.560 ngay', 'gọi số không sáu chín hai ba bốn tám năm sáu không ngay'],
    ['tổng đài 1900.0368', 'tổng đài một chín không không không ba sáu tám'],
    [
      'trước 08h30 ngày 05/8/2025',
      'trước tám giờ ba mươi phút ngày mùng năm tháng tám năm hai nghìn không trăm hai mươi lăm',
    ],
    ['17 giờ 00 phút', 'mười bảy giờ'],
    ['mất 18.900 tỷ đồng', 'mất mười tám nghìn chín trăm tỷ đồng'],
    ['tăng 3,5%', 'tăng ba phẩy năm phần trăm'],
    ['hưởng 10–20%', 'hưởng mười đến hai mươi phần trăm'],
    ['mã OTP của UBND', 'mã ô tê pê của Ủy ban nhân dân'],
    ['đồng chí CSKV', 'đồng chí cảnh sát khu vực'],
    ['ngày 14/4', 'ngày mười bốn tháng tư'],
    ['xem https://a.vn/1 nhé', 'xem nhé'],
  ])('%s', (written, said) => {
    expect(spoken(written, words)).toBe(said);
  });

  it('leaves no digit of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('0', '1', '9', '.', ',', '/', 'h', ' ', 'gọi ', '%') }),
        (text) => !/\d/.test(spoken(text, {})),
      ),
    );
  });

  it('reads codes digit by digit', () => {
    expect(digitWords('156')).toBe('một năm sáu');
  });

  it('takes longer for more words, and for a slower reader', () => {
    expect(readingSeconds('một hai ba. bốn năm sáu.', 180)).toBeLessThan(
      readingSeconds('một hai ba. bốn năm sáu.', 60),
    );
    expect(readingSeconds('một '.repeat(180), 180)).toBe(60);
  });
});
