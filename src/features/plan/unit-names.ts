/**
 * Papers call units by habit: "CAP", "Phòng VH-XH", "Các tổ dân phố trên địa bàn phường". This suggests which unit of
 * the ward (or every group) a name means. It only suggests: a person confirms, and what was confirmed is remembered.
 */
import { fold } from '#core/vietnamese.ts';

export interface UnitName {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
}

/** Who a name of the text stands for. `outside`: somebody of no unit here, such as the city police. */
export type ActorMeaning =
  | { readonly kind: 'unit'; readonly unitId: string }
  | { readonly kind: 'groups' }
  | { readonly kind: 'outside' };

/** The form under which a name is remembered and compared. */
export const nameKey = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Abbreviations of administrative prose, spelt out. Longer ones first where one begins another. */
const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bubmttq(?: ?vn)?\b|\bmttq(?: ?vn)?\b|\bctmt\b/g, 'mat tran to quoc'],
  [/\bubnd\b/g, 'uy ban nhan dan'],
  [/\bhdnd\b/g, 'hoi dong nhan dan'],
  [/\bcskv\b|\bcanh sat khu vuc\b/g, 'cong an'],
  [/\bca[px]\b/g, 'cong an'],
  [/\bvh ?xh\b|\bvhxh\b/g, 'van hoa xa hoi'],
  [/\bkt ?ht ?dt\b|\bkthtdt\b/g, 'kinh te ha tang do thi'],
  [/\btt ?dvc\b|\bttcudvc\b/g, 'trung tam dich vu cong'],
  [/\bttpvhcc\b/g, 'trung tam phuc vu hanh chinh cong'],
  [/\blhpn\b|\bhoi phu nu\b/g, 'hoi lien hiep phu nu'],
  [
    /\bdtn\b|\bdoan tncs(?: ho chi minh)?\b|\bdoan thanh nien(?: cong san ho chi minh)?\b/g,
    'doan thanh nien',
  ],
  [/\bccb\b/g, 'cuu chien binh'],
  [/\bbchqs\b|\bban chqs\b/g, 'ban chi huy quan su'],
  [/\btdp\b/g, 'to dan pho'],
];

/** Words that tell no unit from another. */
const WEAK = new Set([
  ...[
    'cac',
    'cua',
    'va',
    'o',
    'tai',
    'tren',
    'dia',
    'ban',
    'thuoc',
    'tung',
    'moi',
    'cap',
    'co',
    'so',
    'nhung',
  ],
  ...['phuong', 'xa', 'dac', 'khu', 'viet', 'nam', 'luc', 'luong', 'de', 'nghi', 'giao'],
]);
/** "ban", "cơ sở", "địa bàn" are weak only in a phrase; a unit's own head word counts. */
const STRONG_AGAIN = /\bban (?:chi huy|chi dao|cong tac|dan van|to chuc|tuyen giao)\b/;

function words(name: string): string[] {
  let text = nameKey(name);
  for (const [short, long] of ABBREVIATIONS) text = text.replace(short, long);
  const keepBan = STRONG_AGAIN.test(text);
  return text.split(' ').filter((word) => word !== '' && (!WEAK.has(word) || (keepBan && word === 'ban')));
}

const GROUPS =
  /^(?:(?:cac|moi|tung|toan bo|tat ca|de nghi|giao|dai dien|lanh dao|ban lanh dao|can bo|luc luong can bo|bi thu chi bo) )*(?:to truong |to pho |truong )?(?:cac |moi |tung )?(?:to dan pho|tdp|khu pho|khu dan cu|thon|ap|xom|buon|to dan cu|to nhan dan|to truong dan pho)\b/;

/** Whether a name means each residential group rather than a unit of the ward. */
export const meansGroups = (name: string): boolean => GROUPS.test(nameKey(name));

/** 0 nothing in common … 1 the same words; a short name matched exactly counts as the same. */
export function nameSimilarity(name: string, unit: UnitName): number {
  const key = nameKey(name);
  if (key === '') return 0;
  if (key === nameKey(unit.name) || key === nameKey(unit.shortName)) return 1;
  return Math.max(overlap(words(name), words(unit.name)), overlap(words(name), words(unit.shortName)));
}

function overlap(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const other = new Map<string, number>();
  for (const word of b) other.set(word, (other.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of a) {
    const left = other.get(word) ?? 0;
    if (left === 0) continue;
    other.set(word, left - 1);
    common += 1;
  }
  return (2 * common) / (a.length + b.length);
}

export interface ActorSuggestion {
  readonly meaning: ActorMeaning;
  /** 1 where the name is exactly the unit's. */
  readonly score: number;
}

/** Below this a suggestion misleads more than it helps; found on the ways 20 papers name their units. */
const LEAST = 0.6;

/** The best guess, or null where none is good enough or two are equally good. */
export function suggestActor(name: string, units: readonly UnitName[]): ActorSuggestion | null {
  const ranked = units
    .map((unit) => ({ unit, score: nameSimilarity(name, unit) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (best && best.score === 1) return { meaning: { kind: 'unit', unitId: best.unit.id }, score: 1 };
  if (meansGroups(name)) return { meaning: { kind: 'groups' }, score: 0.95 };
  if (!best || best.score < LEAST || (second && second.score === best.score)) return null;
  return { meaning: { kind: 'unit', unitId: best.unit.id }, score: best.score };
}
