// The household of a signed form, by the square on its photo. The photo is read here and goes nowhere.
import { readFormMark } from '#features/pledges/form-code.ts';
import { readSquare } from '#platform/phone/square.ts';

/** null: no square could be read, or its household is not among those one may see. */
export async function householdOfForm(ward: number, campaign: string, photo: Blob): Promise<string | null> {
  const code = readFormMark((await readSquare(photo).catch(() => null)) ?? '');
  if (code === null) return null;
  const response = await fetch(
    `/api/wards/${ward}/campaigns/${campaign}/forms/${encodeURIComponent(code)}`,
  ).catch(() => null);
  if (!response?.ok) return null;
  const found: unknown = await response.json();
  return typeof found === 'object' &&
    found !== null &&
    'householdId' in found &&
    typeof found.householdId === 'string'
    ? found.householdId
    : null;
}
