/** The line of a sparkline in a box of the given size; `null` is a day without a figure and breaks the line. */
export interface SparkPoint {
  x: number;
  y: number;
}

export function sparkPoints(
  values: readonly (number | null)[],
  width: number,
  height: number,
): (SparkPoint | null)[] {
  const PAD = 3;
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low + 1);
  const step = values.length > 1 ? (width - 2 * PAD) / (values.length - 1) : 0;
  return values.map((value, index) =>
    value === null
      ? null
      : { x: PAD + index * step, y: height - PAD - ((value - low) / (high - low)) * (height - 2 * PAD) },
  );
}

export function sparkPath(points: readonly (SparkPoint | null)[]): string {
  let pen = false;
  return points
    .map((point) => {
      const command = point === null ? '' : `${pen ? 'L' : 'M'}${round(point.x)} ${round(point.y)}`;
      pen = point !== null;
      return command;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
