/** Who a clause obliges: by assignment ("Giao …"), by its subject, by "do … thực hiện", else by what stands over it. */
import type { Clause } from './clauses.ts';
import type { Actor } from './drafts.ts';
import type { Node } from './outline.ts';
import { type Paper, bareRx } from './paper-text.ts';
import { ASSIGN_RX, nameLength, startsWithUnit, startsWithVerb, subjectLength } from './units.ts';

const tidy = (name: string): string =>
  name
    .replace(/[*\s]+/gu, ' ')
    .replace(/^[-\s"“(]+|[\s,:;.\-–"”]+$/gu, '')
    .replace(/\s+(?:và|hoặc|để|phải|(?<!hậu\s)cần|còn)$/iu, '')
    .replace(/\s*\((?:sau đây|nhiệm kỳ|khóa|khoá|giai đoạn)[^()]*\)$/iu, '')
    .trim();

const INTRO = bareRx(
  '^(?:can cu|nhan duoc|tiep thu|quan triet|ngoai|ben canh|cung voi|tuan (?:dau|cuoi|thu|\\d)|tren co so|hang|hang nam|dinh ky|ket thuc|doi voi|truoc|sau|trong|tu ngay|tu nay|tu thang|khi|de |nham|ngoai ra|cham nhat|vao|den|tai|theo|thuc hien|moi (?:ngay|tuan|thang|quy|nam)|dong thoi|rieng|ngay|cuoi|dau|dip|qua|voi|thoi gian|sang|chieu|toi|trua|thu|chu nhat|\\+|trong thoi gian|dot|sau do|tiep do|quy [ivx\\d]+|thang \\d{1,2}|nam 20|mua (?:mua|kho|bao|dong|he|xuan|thu|le|hanh|vu|khai))(?![a-z])',
  '',
);
/** "Hằng tháng …", "Sáng thứ Hai hằng tuần …": the unit follows without a comma. */
const WHEN_RX = bareRx(
  '^(?:vao )?(?:(?:sang|chieu|toi|trua|dem) )?(?:(?:thu (?:hai|ba|tu|nam|sau|bay|\\d)|chu nhat|ngay \\d{1,2})(?:,? (?:va )?)?){0,4} ?(?:cua )?(?:hang|moi|dinh ky hang|dinh ky) (?:ngay|tuan|thang|quy|nam|dem),? ',
  '',
);
const BY_RX = bareRx(
  '(?<![a-z])do ((?:cac |nhung )?(?:dong chi )?[a-z][^.;:()]{2,90}?) (?:thuc hien|dang|phu trach|chu tri|dam nhan|dam nhiem|chiu trach nhiem|to chuc|tien hanh|lam(?! (?:to |doi |doan )?(?:truong|pho|thanh vien|thu ky|uy vien|chu tich))|bien soan|truc tiep|phat|trien khai|quan ly|cung cap|dan|tong hop|bao cao|cung ung|cap|kiem tra|phoi hop)(?![a-z])',
  '',
);
/** "Việc số hóa … được giao cho công chức tư pháp": the passive names whom it obliges. */
const GIVEN_RX = bareRx('(?<![a-z])duoc (?:giao|phan cong) cho ((?:cac )?[a-z][^.;:(),]{2,90})', '');
const LEADS_RX = bareRx(
  '[(] ?((?:cac )?[a-z][^.;:(),]{2,70}?) (?:chu tri|phu trach|chiu trach nhiem|thuc hien|dau moi|tham muu|la dau moi)(?![a-z])[^();]{0,80}[);.]?',
  '',
);
/** "(Tổ bầu cử; Trung tâm … phối hợp phát thanh)": the one without a verb leads. */
const HELPED_RX = bareRx('[(]([^();]{3,80});[^()]{0,160}phoi hop[^()]*[)]', '');
/** "… (toàn bộ Ban Chấp hành)": a bracket at the end that holds a unit and nothing else. */
const ENDED_RX = bareRx('[(]((?:toan bo |toan the )?[a-z][^();:\\d]{3,60})[)][ .]*$', '');
const LABEL_RX = bareRx(
  '(?:don vi|co quan|bo phan|nguoi)? ?(?:chu tri|thuc hien|phu trach|dau moi)(?: thuc hien)? ?: ?([^.;:()\\n]{3,160})',
  '',
);
const PARTNERS_RX = bareRx(
  '(?<![a-z])(?:phoi hop|ket hop|cung|lien ket)(?: chat che| dong bo| thong nhat)?,?(?: chat che)? (?:voi|cung)(?: voi)? ',
);

export function actorOf(paper: Paper, clause: Clause, node: Node, over: Actor | null): Actor | null {
  const bare = paper.bare.slice(clause.start, clause.end);
  const flat = paper.flat.slice(clause.start, clause.end);
  return (
    assigned(bare, flat, node.owner !== null) ??
    undivided(subject(bare, flat, node.owner?.proposal === true), node, over) ??
    (node.owner ? null : shared(bare, flat)) ??
    afterIntro(bare, flat, node.owner?.proposal === true) ??
    named(bare, flat) ??
    (node.owner ? null : dividing(bare, flat))
  );
}

/** Under a unit's own heading "mỗi xã …" only divides the work: the unit keeps it. */
const undivided = (found: Actor | null, node: Node, over: Actor | null): Actor | null =>
  // "các đồng chí Ủy viên …, mỗi đồng chí dự ít nhất 03 chi bộ": who was just named.
  found && over && /^(?:mỗi|từng)\s+(?:đồng chí|người|đơn vị|cá nhân|cơ quan)$/iu.test(found.name)
    ? over
    : divided(found, node, over);

const divided = (found: Actor | null, node: Node, over: Actor | null): Actor | null =>
  found &&
  node.owner &&
  /^(?:(?:mỗi|từng)\s|(?:trưởng|phó)\s+(?:ban|đoàn|tiểu ban)(?!\p{L})|thành viên$|ủy viên$|thường trực)/iu.test(
    found.name,
  )
    ? (over ?? { name: node.owner.name, from: 'heading', proposal: node.owner.proposal })
    : found;

function assigned(bare: string, flat: string, owned = false): Actor | null {
  const match = ASSIGN_RX.exec(bare);
  // A unit that is told to "phân công cán bộ" stays the one who owes it.
  if (!match) return null;
  const verb = match[1] ?? '';
  // A unit that is told to "phân công cán bộ" stays the one who owes it.
  if (owned && !/giao|de nghi/.test(verb)) return null;
  const next = bare.slice(match[0].length);
  if (/phan cong/.test(verb) && !/^\s*\p{Lu}/u.test(flat.slice(match[0].length))) return null;
  // "Ban đại diện: đề nghị phối hợp …": whom it asks stands before it.
  if (startsWithVerb(next) && !startsWithUnit(next, flat.slice(match[0].length))) return null;
  const stranger = !startsWithUnit(next, flat.slice(match[0].length));
  if (stranger) {
    const length = /de nghi/.test(verb) ? subjectLength(next, flat.slice(match[0].length), true) : 0;
    if (length < 4 || length > 80) return null;
    return {
      name: tidy(flat.slice(match[0].length, match[0].length + length)),
      from: 'sentence',
      proposal: true,
    };
  }
  const from = match[0].length;
  const length = nameLength(bare.slice(from), flat.slice(from));
  if (length < 2) return null;
  return {
    name: tidy(flat.slice(from, from + length)),
    from: 'sentence',
    proposal: /de nghi|kien nghi/.test(match[1] ?? ''),
  };
}

function subject(bare: string, flat: string, proposal: boolean): Actor | null {
  const length = subjectLength(bare, flat);
  if (length === 0) return null;
  const rest = bare.slice(length);
  const hand = bareRx(
    '^,? *(?:da |se |can |phai |truc tiep )?(?:giao|yeu cau|de nghi|phan cong|uy quyen) (?:cho |nhiem vu cho )?',
    '',
  ).exec(rest);
  if (hand && startsWithUnit(rest.slice(hand[0].length))) {
    const from = length + hand[0].length;
    const next = nameLength(bare.slice(from), flat.slice(from));
    if (next >= 2)
      return {
        name: tidy(flat.slice(from, from + next)),
        from: 'sentence',
        proposal: /de nghi/.test(hand[0]),
      };
  }
  return { name: tidy(flat.slice(0, length)), from: 'sentence', proposal };
}

/** "100% đảng viên tham gia …": the share's subject is the one who acts. */
function shared(bare: string, flat: string): Actor | null {
  const lead = bareRx(
    '^(?:(?:it nhat|toi thieu|tren|phan dau|bao dam|tu) )?\\d{1,3}(?:,\\d+)? ?% (?:so )?',
    '',
  ).exec(bare);
  return lead ? subject(bare.slice(lead[0].length), flat.slice(lead[0].length), false) : null;
}

/** "Kết thúc đợt cao điểm, các Tổ dân phố …", "từ ngày 02/8 đến 13/8: các Tổ dân phố …". */
function afterIntro(bare: string, flat: string, proposal: boolean): Actor | null {
  if (!INTRO.test(bare)) {
    // "Tuần tra khu vực sông, kênh: Công an xã tuần tra …": what stands before a colon is the topic.
    const colon = /^[^:.;()]{3,90}:(?!\d)\s*/.exec(bare)?.[0].length ?? 0;
    return colon === 0
      ? null
      : (assigned(bare.slice(colon), flat.slice(colon)) ??
          subject(bare.slice(colon), flat.slice(colon), proposal) ??
          (INTRO.test(bare.slice(colon))
            ? afterIntro(bare.slice(colon), flat.slice(colon), proposal)
            : null));
  }
  // "hằng quý phối hợp với …, còn Tổ bảo vệ tuần tra …": what is done at once is done by whom the sentence named before.
  const when = WHEN_RX.exec(bare)?.[0].length ?? 0;
  if (when > 0 && startsWithVerb(bare.slice(when)) && !startsWithUnit(bare.slice(when), flat.slice(when)))
    return null;
  const commas = [...bare.matchAll(/[,:](?!\d)\s*/g)]
    .filter((comma) => !/\([^)]*$/.test(bare.slice(0, comma.index)))
    .slice(0, 5);
  for (const comma of commas) {
    const from = comma.index + comma[0].length;
    const found =
      assigned(bare.slice(from), flat.slice(from)) ?? subject(bare.slice(from), flat.slice(from), proposal);
    if (found) return found;
  }
  const led = WHEN_RX.exec(bare);
  return led ? subject(bare.slice(led[0].length), flat.slice(led[0].length), proposal) : null;
}

/** "Thu gom phế liệu gây quỹ, phấn đấu mỗi chi hội tặng 03 thẻ": without a heading each of them owes it. */
function dividing(bare: string, flat: string): Actor | null {
  const lead = bareRx(
    '(?:phan dau|bao dam|dam bao|yeu cau|van dong|huy dong|,) (?=(?:moi|tung) [a-z])',
    '',
  ).exec(bare);
  if (!lead) return null;
  const from = lead.index + lead[0].length;
  return subject(bare.slice(from), flat.slice(from), false);
}

function named(bare: string, flat: string): Actor | null {
  for (const [pattern, from] of [
    [BY_RX, 'sentence'],
    [GIVEN_RX, 'sentence'],
    [LABEL_RX, 'attribute'],
    [LEADS_RX, 'sentence'],
    [HELPED_RX, 'sentence'],
    [ENDED_RX, 'sentence'],
  ] as const) {
    const match = pattern.exec(bare);
    const words = match?.[1];
    if (!match || words === undefined || !startsWithUnit(words.trimStart())) continue;
    const at = match.index + match[0].indexOf(words);
    const name = tidy(
      flat.slice(
        at,
        at + (from === 'attribute' ? nameLength(words, flat.slice(at, at + words.length)) : words.length),
      ),
    );
    if (name.length >= 3) return { name, from, proposal: false };
  }
  return null;
}

/** "…, do Tổ khảo sát thực hiện", "việc này do kiểm lâm địa bàn chủ trì" at the end of a sentence, or its opening words. */
export function doneBy(paper: Paper, { start, end }: Pick<Clause, 'start' | 'end'>): Actor | null {
  const bare = paper.bare.slice(start, end);
  const by = BY_RX.exec(bare);
  const opens =
    by !== null &&
    /^(?:(?:viec|noi dung|nhiem vu|cong viec)(?: nay| tren)? )?$/.test(bare.slice(0, by.index));
  if (!by || !(opens || /[,)] *$/.test(bare.slice(0, by.index)))) return null;
  return named(bare, paper.flat.slice(start, end));
}

/** A part of a clause with a subject of its own: "…, Ban Chỉ đạo cấp xã họp mỗi tháng một lần". */
export function partActor(paper: Paper, start: number, end: number, owned: boolean): Actor | null {
  const lead = /^[\s,;:)(.-]*(?:va +|con +|rieng +)?/.exec(paper.bare.slice(start, end))?.[0].length ?? 0;
  const bare = paper.bare.slice(start + lead, end);
  const found = subject(bare, paper.flat.slice(start + lead, end), false);
  // Without a stop or an "and" before it the name is still the object of what was said: "hướng dẫn | người dân nộp …".
  const stops = /[,;:(]|(?:va|con|rieng) *$/.test(paper.bare.slice(start, start + lead));
  return found &&
    stops &&
    !/^(?:moi|tung) /.test(bare) &&
    (!owned || !/^(?:truong|pho|thanh vien) /.test(bare))
    ? found
    : null;
}

export function partnersOf(paper: Paper, clause: Clause, node: Node): string[] {
  const bare = paper.bare.slice(clause.start, clause.end);
  const flat = paper.flat.slice(clause.start, clause.end);
  const found = [...node.partners];
  for (const match of bare.matchAll(PARTNERS_RX)) {
    const from = match.index + match[0].length;
    if (!startsWithUnit(bare.slice(from), flat.slice(from))) continue;
    const length = nameLength(bare.slice(from), flat.slice(from));
    for (const name of splitUnits(flat.slice(from, from + length))) if (name.length > 2) found.push(name);
  }
  return [...new Set(found)];
}

/** "Trạm Y tế, Hội Nông dân và Chi đoàn": one name each; "Văn hóa, Thể thao" inside a name stays whole. */
export function splitUnits(names: string): string[] {
  const parts: string[] = [];
  for (const part of names.split(/\s*[,;]\s*|\s+và\s+(?=[\p{Lu}c])/u)) {
    const name = tidy(part);
    if (name === '') continue;
    const bare = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
    const last = parts.length - 1;
    if (last >= 0 && !startsWithUnit(bare)) parts[last] = `${parts[last] ?? ''}, ${name}`;
    else parts.push(name);
  }
  return parts;
}

export { tidy as tidyName };
