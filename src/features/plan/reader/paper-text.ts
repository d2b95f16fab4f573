/**
 * A paper made ready for reading. `flat` is the source composed to NFC without invisible characters; `bare` is
 * the same text, unit for unit, in lower case without marks, scan errors in numbers mended. Grammar runs on
 * `bare` (real papers lose and misplace marks), `flat` settles words that only marks tell apart, `at` leads back.
 */
export interface Paper {
  source: string;
  flat: string;
  bare: string;
  /** `bare` with cited laws, papers and telephone numbers blanked: only here are figures looked for. */
  calm: string;
  /** Source offset of each unit of `flat`, and of its end. */
  at: Uint32Array;
}

const INVISIBLE = /^[\u200B-\u200D\u2060\u00AD\uFEFF\u0000-\u0008\u000E-\u001F]/;
const LOOKALIKES: Record<string, string> = { Ð: 'Đ', ð: 'đ', Ɖ: 'Đ', ɖ: 'đ' };
const PLAIN: Record<string, string> = {
  đ: 'd',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '’': "'",
  '‘': "'",
  '′': "'",
  '´': "'",
  '`': "'",
  '″': '"',
  '％': '%',
  '*': ' ',
  _: ' ',
  '∕': '/',
  '⁄': '/',
  '：': ':',
  '；': ';',
};

const known = new Map<string, string>();
function bareUnit(unit: string): string {
  const had = known.get(unit);
  if (had !== undefined) return had;
  const lower = unit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  let plain = PLAIN[lower] ?? lower;
  if (/^[^\S\n]$/u.test(unit) || unit === '\t' || unit === '\r') plain = ' ';
  if (plain.length !== 1) plain = unit;
  if (known.size < 5000) known.set(unit, plain);
  return plain;
}

/** Without marks and capitals; for comparing names, not for offsets. */
export const plainWords = (text: string): string =>
  [...text.normalize('NFC')].map(bareUnit).join('').replace(/\s+/g, ' ').trim();

const digitOf = (unit: string): string =>
  unit === 'o' ? '0' : unit === 'l' || unit === 'i' || unit === '|' ? '1' : unit;

/** `l00%`, `O5 tin`, `2O25`: letters that a scanner took for digits, in tokens that hold a digit. */
function mendDigits(bare: string, flat: string): string {
  return bare
    .replace(
      /(?<![a-z0-9])[0-9oli|]{1,8}(?![a-fj-km-np-z])(?=[^a-z0-9]|[hg]|$)/g,
      (token, offset: number) => {
        if (!/[oli|]/.test(token)) return token;
        const written = flat.slice(offset, offset + token.length);
        if (/\d/.test(token) ? /^(?:[il|o]*\d[\doil|]*)$/.test(token) : /^O[lI1]$/.test(written))
          return [...token].map(digitOf).join('');
        return token;
      },
    )
    .replace(/(?<=\d[hg:])[0-9oli]{1,2}(?![a-z0-9])/g, (token) => [...token].map(digitOf).join(''));
}

const blank = (text: string): string => '\u0001'.repeat(text.length);

const PAPER_KINDS =
  'luat|bo luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu|thong tu lien tich|chi thi|ket luan|quy dinh|ke hoach|cong van|cong dien|' +
  'huong dan|de an|chuong trinh|thong bao|van ban|thong tri|to trinh|bao cao|quy che|giay moi|lenh|du an|phuong an|hien phap';
const DATE = String.raw`(?:ngay *)?\d{1,2} *(?:[/.-] *\d{1,2} *[/.-] *(?:\d{4}|\d{2})|thang *\d{1,2} *(?:nam|,)? *\d{4})`;
/** What is cited, counted elsewhere or dialled: blanked before any figure is looked for. */
const CITED: RegExp[] = [
  // "số 13/2023/NĐ-CP ngày …", "12-KH/ĐU", "210/KH-PGDĐT ngày 09/4/2024"
  new RegExp(
    String.raw`(?:\bso *:? *)?\b\d{1,5}[a-z]? *(?:[/-](?:19|20)\d\d)?(?: */ *|-)(?:qh|ubtvqh|nd|nq|qd|tt|ct|kl|kh|cv|cd|hd|tb|bc|ttr|ctr|da|qc|pa|ubnd|hdnd|tw|gm|dktr|ttlt|pl|l|vbhn|mttq|cp|bca|byt)[a-z]*\d*(?:[-/&][a-z0-9&]+)*(?: *[,;]? *(?:ngay|\() *${DATE})?`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:${PAPER_KINDS})(?: [a-z]+){0,3} so *:? *\d+(?:[-/][a-z0-9]+)*(?: *,? *${DATE})?`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:dieu|khoan|chuong|(?<!(?:chuyen|danh|hang) )muc|phu luc|mau so|mau|bieu so|bieu|phan) +\d+[a-z]?(?:[./]\d+)*(?: *(?:,|va) *\d+)*\b(?! *%)`,
    'g',
  ),
  new RegExp(String.raw`\bde an(?: so)? +0?\d{1,4}\b`, 'g'),
  new RegExp(
    String.raw`\b(?:luat|bo luat|phap lenh|hien phap)(?: [a-z,-]+){1,9}? (?:nam )?(?:19|20)\d\d(?: *\([^)]{0,60}\))?`,
    'g',
  ),
  new RegExp(String.raw`\bnhiem ky +(?:\d{4}|[ivx]+)(?: *- *(?:\d{4}|\d\d))?`, 'g'),
  new RegExp(
    String.raw`\b(?:giai doan|nam hoc|nien khoa|nien do) +(?:19|20)\d\d(?: *- *(?:(?:19|20)\d\d|\d\d\b))?`,
    'g',
  ),
  // Anniversaries: "80 năm Ngày Quốc khánh (02/9/1945 - 02/9/2025)"
  new RegExp(
    String.raw`\b\d{1,3} nam (?:ngay|cach mang|thanh lap|truyen thong|quoc khanh|chien thang)[^.;\n]{0,90}?\(?\d{1,2}/\d{1,2}/(?:19|20)\d\d *- *\d{1,2}/\d{1,2}/(?:19|20)\d\d\)?`,
    'g',
  ),
  new RegExp(
    String.raw`\(? *\d{1,2}/\d{1,2}/(?:19[0-8]\d|19[4-9]\d) *- *\d{1,2}/\d{1,2}/(?:19|20)\d\d *\)?`,
    'g',
  ),
  new RegExp(
    String.raw`\b(?:dien thoai|dien tu|so may|duong day nong|hotline|dt|sdt|fax|lien he|qua so|so)(?: [a-z]+){0,4} *[:.]? *(?:\+?84|0|1[89]00)[\d .-]{6,14}\d`,
    'g',
  ),
  new RegExp(String.raw`(?<![\d/.,])0\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?:[ .-]?\d{1,3})?(?![\d/])`, 'g'),
  new RegExp(String.raw`\b(?:https?://|www\.)[^\s]+`, 'g'),
  // "trực 24/7" is round the clock, "trước 24/7" and "24/7/2025" are days.
  new RegExp(String.raw`\b(?:24/24|365/365)\b`, 'g'),
  new RegExp(
    String.raw`(?<!(?:ngay|sang|chieu|toi|truoc|den|tu|het|nhat|vao|qua|la|va|[-,(:\d]) *)\b(?:24/7|7/7)\b(?! *(?:[/.]\d|-|den|toi) *)`,
    'g',
  ),
];

function calmed(bare: string): string {
  let calm = bare;
  for (const pattern of CITED) calm = calm.replace(pattern, blank);
  // "Hiện toàn xã có 14 thôn với 4.126 hộ; 61% người trưởng thành …": what is told of a place goes on to the full stop.
  calm = calm.replace(
    /\bhien(?: nay)?,? (?:toan )?(?:xa|phuong|huyen|quan|tinh|thanh pho|truong|thi tran|dia ban|benh vien|co quan|hop tac xa|htx) (?:hien )?co \d(?:[^.\n]|\.(?=\d))*/g,
    blank,
  );
  // The name of a programme may sound like a rhythm: chuyên mục "Mỗi ngày một kỹ năng".
  calm = calm.replace(
    /(?<=\b(?:chuyen muc|phong trao|mo hinh|chuong trinh|cuoc van dong|chuyen de|hoi thi|chien dich|cau lac bo|ngay hoi|chu de|khau hieu|thong diep|du an|de an|cong trinh)[ \n]+)"[^"\n]{3,80}"/g,
    blank,
  );
  // Fractions are quorums and shares, never obligations of their own: "ít nhất 2/3 số ủy viên".
  return calm.replace(
    /\b(\d)\/(\d)(?= *(?:so|tong|thanh vien|dai bieu|uy vien|hoi vien|dang vien|cu tri|tro len)\b)/g,
    blank,
  );
}

export function preparePaper(source: string): Paper {
  const units: string[] = [];
  const places: number[] = [];
  for (const match of source.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const piece = match[0].length === 1 ? match[0] : match[0].normalize('NFC');
    if (INVISIBLE.test(piece)) continue;
    for (let unit = 0; unit < piece.length; unit++) {
      // The Icelandic letter looks like "Đ" and is typed for it.
      units.push(LOOKALIKES[piece.charAt(unit)] ?? piece.charAt(unit));
      places.push(match.index);
    }
  }
  places.push(source.length);
  const flat = units.join('');
  // No writer means a run of hundreds of blanks, and patterns that skip blanks would try each of them.
  const bare = mendDigits(units.map(bareUnit).join(''), flat).replace(/ {200,}/g, (run) =>
    '\u0002'.repeat(run.length),
  );
  return { source, flat, bare, calm: calmed(bare), at: Uint32Array.from(places) };
}

/** A regular expression over `bare` in which one blank stands for any run of blanks and line breaks. */
const compiled = new Map<string, RegExp>();
export function bareRx(pattern: string, flags = 'g'): RegExp {
  // Many patterns stand inside the function that uses them: compiled once, they cost nothing there.
  const key = `${flags}:${pattern}`;
  const had = compiled.get(key);
  if (had) {
    had.lastIndex = 0;
    return had;
  }
  let out = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern.charAt(at);
    if (unit === '\\') {
      out += unit + pattern.charAt(++at);
      continue;
    }
    if (unit === '[') inClass = true;
    else if (unit === ']') inClass = false;
    if (unit !== ' ') out += unit;
    else if (inClass) out += ' \\n';
    else {
      const quantifier = pattern[at + 1] ?? '';
      if (quantifier === '?' || quantifier === '*') out += '[ \\n]*';
      else out += '[ \\n]+';
      if (/[?*+]/.test(quantifier)) at++;
    }
  }
  const made = new RegExp(out, flags);
  compiled.set(key, made);
  return made;
}
