/** How a bar of progress is filled; widths in percent of the whole. */
export interface ProgressShape {
  itemised: number;
  stated: number;
  pace: number | undefined;
  /** More was stated than there is: the bar is full and the words must say so. */
  over: boolean;
}

export function progressShape(
  value: number,
  stated: number,
  max: number,
  pace: number | undefined,
): ProgressShape {
  const share = (amount: number) => (max > 0 ? Math.min(100, Math.max(0, (amount / max) * 100)) : 0);
  const itemised = share(value);
  return {
    itemised,
    stated: Math.min(100 - itemised, share(stated)),
    pace: pace === undefined || max <= 0 ? undefined : share(pace),
    over: max > 0 && value + stated > max,
  };
}
