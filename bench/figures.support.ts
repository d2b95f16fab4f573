// Repeating something and telling what it took.
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds of each of `times` runs, sorted; the first `warm` are not counted. */
export async function time(times: number, work: () => unknown, warm = 2): Promise<number[]> {
  const taken: number[] = [];
  for (let n = -warm; n < times; n++) {
    const began = performance.now();
    await work();
    if (n >= 0) taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}

/** One line: what, the median and the 95th percentile, and the limit it is held against. */
export function tell(what: string, sorted: readonly number[], limit?: number): void {
  const p50 = quantile(sorted, 0.5);
  const p95 = quantile(sorted, 0.95);
  const held = limit === undefined ? '' : `   limit ${limit} ms, ratio ${(p95 / limit).toFixed(2)}`;
  process.stdout.write(
    `${what.padEnd(48)} p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   n ${sorted.length}${held}\n`,
  );
}
