// A signature drawn again from its lines: at any size, as it was written, never a picture of one. Pure.
import { unpackStrokes } from '#protocol/strokes.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** One path for each line; a line of one point is a dot. */
  readonly paths: readonly string[];
}

/** Around the outermost points, so that a thick pen is not cut off; in tenths of a unit, as the lines are kept. */
const MARGIN = 120;
/** Of a field 10,000 wide: about what a pen leaves. */
export const PEN = 55;

/** null: nothing was drawn, or what is kept is no drawing. */
export function drawingOf(strokes: Uint8Array | null): Drawing | null {
  if (!strokes || strokes.byteLength === 0) return null;
  const lines = unpackStrokes(Buffer.from(strokes).toString('base64url'))?.filter((line) => line.length > 0);
  if (!lines || lines.length === 0) return null;
  const points = lines.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity) - MARGIN;
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity) + MARGIN;
  const [left, top] = [least(xs), least(ys)];
  return {
    width: most(xs) - left,
    height: most(ys) - top,
    paths: lines.map((line) =>
      (line.length === 1 ? [...line, ...line] : line)
        .map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${x - left} ${y - top}`)
        .join(''),
    ),
  };
}

/** For the paper. */
export const drawingSvg = ({ width, height, paths }: Drawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" fill="none" stroke="#000" stroke-width="${PEN}"` +
  ` stroke-linecap="round" stroke-linejoin="round">${paths.map((path) => `<path d="${path}"/>`).join('')}</svg>`;
