/**
 * What a leader owes, as our own API answers it (`OwedList` on the server side) and as the phone kept it: here only what
 * the page walks is looked at, so that the phone draws in no second validator.
 */
import * as z from 'zod/mini';
import type { OwedShape } from '#features/reports/schema.ts';

const One = z.custom<OwedShape>(
  (told) =>
    typeof told === 'object' && told !== null && 'itemised' in told && 'versions' in told && 'place' in told,
);
const Owed = z.object({ now: z.string(), owed: z.array(One) });
export type Owed = z.infer<typeof Owed>;

export function readOwed(told: unknown): Owed | null {
  const parsed = Owed.safeParse(told);
  return parsed.success ? parsed.data : null;
}

/** null: no network, or the server wants the PIN first. */
export async function askOwed(
  ward: number,
  campaign: string,
  on: string | null,
  area: string | null = null,
): Promise<Owed | null> {
  const wish = new URLSearchParams({ ...(on === null ? {} : { on }), ...(area === null ? {} : { area }) });
  const query = wish.size === 0 ? '' : `?${wish.toString()}`;
  try {
    const response = await fetch(`/api/wards/${ward}/campaigns/${campaign}/reports/owed${query}`, {
      signal: AbortSignal.timeout(20_000),
    });
    return response.ok ? readOwed(await response.json()) : null;
  } catch {
    return null;
  }
}
