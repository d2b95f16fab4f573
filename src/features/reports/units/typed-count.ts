/** A count as somebody types it into a box: "12", "1.234", " 7 ". Never guessed from letters. */
const MOST = 1_000_000;

export type TypedCount = { readonly ok: true; readonly count: number | null } | { readonly ok: false };

/** `count` null: the box was left empty. */
export function typedCount(text: string): TypedCount {
  const bare = text.trim();
  if (bare === '') return { ok: true, count: null };
  if (!/^(?:\d+|\d{1,3}(?:[. \u00A0]\d{3})+)$/.test(bare)) return { ok: false };
  const count = Number(bare.replaceAll(/\D/g, ''));
  return count <= MOST ? { ok: true, count } : { ok: false };
}
