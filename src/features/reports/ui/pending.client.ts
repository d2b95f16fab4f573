/**
 * A report confirmed while there is no network stays on this phone until the ward has answered. It holds counts and the
 * leader's own remark, no household and no name. The id is made once, so sending twice is one report.
 */
import { z } from 'zod';
import { BodyShape } from '#features/reports/schema.ts';

const Pending = z.object({
  id: z.string(),
  campaign: z.string(),
  areaId: z.string().nullable(),
  unitId: z.string().nullable(),
  itemId: z.string(),
  reportOn: z.string(),
  composedAt: z.string(),
  correction: z.string().nullable(),
  body: BodyShape,
});
export type Pending = z.infer<typeof Pending>;

const keyOf = (person: string): string => `tung-nha:reports:${person}`;

export function pendingOf(person: string): Pending[] {
  try {
    const parsed = z.array(Pending).safeParse(JSON.parse(localStorage.getItem(keyOf(person)) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

export function keepPending(person: string, list: readonly Pending[]): void {
  if (list.length === 0) localStorage.removeItem(keyOf(person));
  else localStorage.setItem(keyOf(person), JSON.stringify(list));
}

export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'no-network' }
  | { readonly kind: 'refused'; readonly detail: string };

export async function sendPending(ward: number, one: Pending): Promise<Outcome> {
  const { campaign, ...report } = one;
  let response: Response;
  try {
    response = await fetch(`/api/wards/${ward}/campaigns/${campaign}/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
  } catch {
    return { kind: 'no-network' };
  }
  if (response.ok) return { kind: 'sent' };
  if (response.status >= 500 || response.status === 429) return { kind: 'no-network' };
  const told = (await response.json().catch(() => ({}))) as { detail?: string };
  return { kind: 'refused', detail: told.detail ?? '' };
}
