// Which column means what: by the words at its head as offices write them (with marks, without, shortened), and where
// there is no head, by what stands in it. A guess only; a person sees it and changes it by hand.
import { e164Of } from '#core/telephone.ts';
import { fold } from '#core/vietnamese.ts';

export const FIELDS = [
  'group',
  'lane',
  'house',
  'address',
  'head',
  'relation',
  'members',
  'children',
  'elders',
  'phone',
  'residence',
  'kind',
  'note',
  'order',
  'identity',
] as const;
export type Field = (typeof FIELDS)[number];

/** Fields that are read into the register; the others only help to read the rest. */
export const KEPT: readonly Field[] = [
  'group',
  'lane',
  'house',
  'address',
  'head',
  'members',
  'phone',
  'residence',
];

const HEADS: readonly (readonly [Field, RegExp])[] = [
  ['order', /^(?:so )?(?:stt|tt|thu tu|so tt|so thu tu)$/],
  ['identity', /\b(?:cccd|cmnd|cmt|can cuoc|so dinh danh|dinh danh|chung minh)\b/],
  ['phone', /\b(?:dien thoai|sdt|dt|so dt|di dong|dtdd|dd|mobile|phone|tel|lien he|so may)\b/],
  ['relation', /\b(?:quan he|qh|qhch)\b/],
  ['children', /\b(?:tre em|duoi 1[468]|hoc sinh|<\s*1[468])/],
  ['elders', /\b(?:nguoi cao tuoi|nct|cao tuoi|tren 60|tu 60|>\s*60)/],
  ['members', /\b(?:nhan khau|so khau|so nk|nk|khau|so nguoi|so thanh vien|thanh vien)\b/],
  ['address', /\b(?:dia chi|noi o|cho o|noi thuong tru|noi cu tru|thuong tru tai)\b|^(?:dc|d\/c)$/],
  ['residence', /\b(?:cu tru|thuong tru|tam tru|tinh trang|loai ho|dien ho|hinh thuc)\b|^(?:tt\/tt|kt\d)$/],
  ['kind', /\b(?:loai nha|loai cho o|nha tro|can ho)\b/],
  ['house', /\b(?:so nha|nha so|sn)\b|^(?:so|nha)$/],
  ['group', /\b(?:to dan pho|tdp|to dp|khu pho|thon|ten to|to so)\b|^to$/],
  ['lane', /\b(?:ngo|ngach|hem|kiet|duong|pho|ten duong|xom)\b/],
  ['head', /\b(?:chu ho|ho va ten|ho ten|ten chu ho|hoten|ten ho|ho va ten chu ho|ten)\b/],
  ['note', /\b(?:ghi chu|gc|note)\b/],
];

/** "Địa chỉ / Số nhà": the lower word decides, the upper one where the lower says nothing. */
export function fieldOfHead(head: string): Field | null {
  const parts = head.split(/ \/ /).map((part) =>
    fold(part)
      .replace(/[^a-z0-9/<>\s]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  for (const part of parts.reverse()) {
    if (part === '' || part.length > 60) continue;
    const found = HEADS.find(([, words]) => words.test(part));
    if (found) return found[0];
  }
  return null;
}

/** Column for each field; several may be left without one. */
export type Columns = Readonly<Partial<Record<Field, number>>>;

const share = (cells: readonly string[], test: (cell: string) => boolean): number => {
  const some = cells.filter((cell) => cell !== '');
  return some.length === 0 ? 0 : some.filter(test).length / some.length;
};

const isName = (cell: string): boolean => /^\p{L}+(?: \p{L}+){1,5}$/u.test(cell.trim());
const isPhone = (cell: string): boolean => e164Of(/^[1-9]\d{8}$/.test(cell) ? `0${cell}` : cell) !== null;
const BY_CONTENT: readonly (readonly [Field, (cell: string) => boolean])[] = [
  ['phone', isPhone],
  ['identity', (cell) => /^\d{12}$/.test(cell)],
  ['address', (cell) => /\b(?:ngo|so nha|sn|duong|pho)\b/.test(fold(cell)) && /\d/.test(cell)],
  ['head', isName],
  ['residence', (cell) => /^(?:thuong tru|tam tru|tt|kt\d)$/.test(fold(cell))],
];

export function guessColumns(heads: readonly string[], rows: readonly (readonly string[])[]): Columns {
  const columns: Partial<Record<Field, number>> = {};
  const taken = new Set<number>();
  const take = (field: Field, at: number) => {
    if (columns[field] !== undefined || taken.has(at)) return;
    columns[field] = at;
    taken.add(at);
  };
  // "Họ và tên" beside "Chủ hộ" is a member of the household, not its head: the surer word first.
  for (const [at, head] of heads.entries())
    if (/chu ho/.test(fold(head)) && !/quan he|qh/.test(fold(head))) take('head', at);
  for (const [at, head] of heads.entries()) {
    const field = fieldOfHead(head);
    if (field) take(field, at);
  }
  const sample = rows.slice(0, 200);
  const width = Math.max(heads.length, ...sample.map((row) => row.length), 0);
  for (const [field, test] of BY_CONTENT)
    for (let at = 0; at < width; at++)
      if (
        share(
          sample.map((row) => row[at] ?? ''),
          test,
        ) > 0.7
      )
        take(field, at);
  return columns;
}

/** A choice made by hand replaces what was guessed; null takes a field away. */
export function withChoices(
  guess: Columns,
  chosen: Readonly<Partial<Record<Field, number | null>>>,
): Columns {
  const columns: Partial<Record<Field, number>> = { ...guess };
  for (const field of FIELDS) {
    const at = chosen[field];
    if (at === undefined) continue;
    if (at === null) delete columns[field];
    else columns[field] = at;
  }
  return columns;
}
