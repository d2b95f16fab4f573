// The square as the sheet prints it, read back by the reader that the office page uses.
import jsQR from 'jsqr';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { formMark, readFormMark } from './form-code.ts';

const CODE = 'ABCD2345EFGH6789';
const MODULE = 4;

/** The modules as a picture, grey paper and grey ink, as a telephone sees them. */
function picture(text: string): { data: Uint8ClampedArray; side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const side = size * MODULE;
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const dark = data[Math.floor(y / MODULE)]?.[Math.floor(x / MODULE)] === true;
      pixels.set([dark ? 60 : 215, dark ? 60 : 210, dark ? 60 : 200, 255], (y * side + x) * 4);
    }
  return { data: pixels, side };
}

test('the square of a form reads back as its code', () => {
  const { data, side } = picture(formMark(CODE));
  expect(readFormMark(jsQR(data, side, side)?.data ?? '')).toBe(CODE);
});

test('the square of a receipt is no form', () => {
  const { data, side } = picture('https://phuong.example/11602/xac-nhan?ma=0123456789abcdef0123456789abcdef');
  expect(readFormMark(jsQR(data, side, side)?.data ?? '')).toBeNull();
});
