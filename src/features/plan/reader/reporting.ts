/** What a clause says about reporting: whether it does, how often, to whom, and which kind of report is owed. */
import type { Stretch } from './facts.ts';
import { bareRx, type Paper } from './paper-text.ts';
import type { Per, ReportKind } from './reading.ts';
import { nameLength, startsWithUnit } from './units.ts';

const REPORT_RX = bareRx(
  '(?<![a-z])bao cao(?! (?:vien|chuyen de|dien hinh|chinh tri|tham luan|so \\d|tai chinh))',
  '',
);
const NOT_REPORT = bareRx(
  // "Tổ bảo vệ báo cáo", "cá nhân báo cáo" end a name, they do not speak of a report.
  '(?<![a-z])(?:theo|trong|tai|mau|cac|che do|tiep nhan|(?<!(?:ca|cong|tu) )nhan|xem xet|nghe|so lieu|thoi han|noi dung|hoi nghi|(?<!(?:bao|tu|hau|quan|phao) )ve) bao cao',
);
const SEND_RX = bareRx(
  '(?<![a-z])(?:gui|nop)(?: [a-z(]+){0,14}? (?:ve|cho|qua|van phong|truoc)(?![a-z])',
  '',
);

/** What is paid is no report: "nộp phí thu gom rác trước ngày 10 hằng tháng". */
const PAYS_RX = bareRx(
  '(?<![a-z])(?:nop|thu nop|dong) (?:du |cac |khoan |tien ){0,2}(?:phi|tien|thue|le phi|hoc phi|dang phi|doan phi|hoi phi|quy|bao hiem|lai|kinh phi|dich vu phi)(?![a-z])',
  '',
);

export function isReport(bare: string): boolean {
  const rest = bare.replace(NOT_REPORT, ' ');
  return (
    REPORT_RX.test(rest) ||
    (SEND_RX.test(rest) &&
      /(?:truoc|hang|cham nhat|dinh ky)/.test(rest) &&
      !/giay moi|thu moi|thong bao|tin nhan/.test(rest) &&
      !PAYS_RX.test(rest))
  );
}

const PERIOD_RX = bareRx(
  '(?<![a-z])(?:bao cao(?: nhanh| so ket| dinh ky| ket qua(?: thuc hien)?| tien do| tong ket)?|dinh ky|ket qua|so ket|tong ket|theo|va|,|/|:|-|\\+|\\(|^) ?(?:cong tac )?(ngay|tuan|thang|quy|6 thang(?: dau nam| cuoi nam)?|06 thang(?: dau nam| cuoi nam)?|sau thang(?: dau nam)?|ca nam|nam|1 nam|01 nam)(?! ?(?:\\d|hoc(?![a-z])|sau|truoc(?! (?:ngay|\\d|\\u0001))|truong|chinh|dinh|quoc))(?![a-z])',
  'gd',
);
const NAMES: [RegExp, Per][] = [
  [/6 thang|06 thang|sau thang/, 'half-year'],
  [/nam/, 'year'],
  [/quy/, 'quarter'],
  [/thang/, 'month'],
  [/tuan/, 'week'],
  [/ngay/, 'day'],
];
const MARKED: Record<string, RegExp> = {
  ngay: /^ngày/iu,
  quy: /^(?:quý|quí)/iu,
  nam: /^năm/iu,
  tuan: /^tuần/iu,
};

/** "báo cáo Sở Y tế 6 tháng trước 15/6": whom it goes to stands between the word and the period. */
const ADDRESSED_RX = bareRx(
  '(?<![a-z])bao cao(?: [a-z-]+){1,8}? ((?:6|06|sau) thang(?: dau nam| cuoi nam)?|ca nam|quy|thang|nam|tuan)(?= *(?:\u0001|truoc))',
  'gd',
);

const QUARTER_END_RX = bareRx(
  '(?<![a-z])ngay (\\d{1,2}) (?:cua )?(?:thang cuoi(?: cung)?(?: cua)?|cuoi) quy(?! \\d| [ivx]+(?![a-z]))',
);

function takeAddressed(stretch: Stretch, flat: string): void {
  stretch.take(ADDRESSED_RX, (match) => {
    const words = (match[1] ?? '').replace(/\s+/g, ' ');
    const per = NAMES.find(([name]) => name.test(words))?.[1];
    const at = match.indices?.[1]?.[0] ?? match.index;
    const marked = MARKED[words];
    if (!per || (marked && !marked.test(flat.slice(at, at + 5)))) return null;
    const place = { start: at, end: match.index + match[0].length };
    return { kind: 'cadence', count: 1, per, noun: '', stated: false, weekdays: [], day: null, ...place };
  });
}

/** "báo cáo tháng", "định kỳ 6 tháng, năm": kinds of report that name their period without "hằng". */
export function takeReportPeriods(stretch: Stretch, flat: string): void {
  takeAddressed(stretch, flat);
  stretch.take(PERIOD_RX, (match) => {
    const words = (match[1] ?? '').replace(/\s+/g, ' ');
    const per = NAMES.find(([name]) => name.test(words))?.[1];
    const at = match.indices?.[1]?.[0] ?? match.index;
    const marked = MARKED[words];
    if (!per || (marked && !marked.test(flat.slice(at, at + 5)))) return null;
    // "Báo cáo kết quả Tháng hành động", "Ngày hội": a capital makes it a name.
    if (at > match.index && /^\p{Lu}\p{Ll}/u.test(flat.slice(at)) && /^[\s\p{P}]*\p{Lu}\p{Ll}/u.test(flat))
      return null;
    // A comma alone joins a period only to another one, or to its own day: "hằng tháng, quý", ", năm trước ngày 15/11".
    const joined = /^(?:va|,|\/|:|-|\+|\(| ?(?:ngay|tuan|thang|quy|nam|ca nam|\d))/.test(match[0]);
    const dated = /^ *(?:\u0001|truoc)/.test(stretch.text.slice(match.index + match[0].length));
    if (
      joined &&
      !dated &&
      !stretch.facts.some(
        (fact) => fact.kind === 'cadence' && match.index - fact.end < 4 && match.index >= fact.end,
      )
    )
      return null;
    // "báo cáo tháng trước ngày 20 hằng tháng" tells its month twice.
    const end = match.index + match[0].length;
    if (
      stretch.facts.some(
        (fact) => fact.kind === 'cadence' && fact.per === per && fact.start >= end && fact.start - end < 3,
      )
    )
      return null;
    const later = bareRx(
      '^[ ,]*(?:\\()?(?:truoc |vao |cham nhat |la |den |gui )*(?:ngay |mung )(\\d{1,2})(?![\\d/.]| thang)',
      '',
    ).exec(stretch.text.slice(match.index + match[0].length, match.index + match[0].length + 40));
    return {
      kind: 'cadence',
      count: 1,
      per,
      noun: '',
      stated: false,
      weekdays: [],
      day: later?.[1] === undefined ? null : Number(later[1]),
      start: at,
      end: match.index + match[0].length + (later?.[0].length ?? 0),
    };
  });
  // "trước ngày 25 tháng cuối quý" comes each quarter, said or not.
  stretch.take(QUARTER_END_RX, (match) => {
    if (stretch.facts.some((fact) => fact.kind === 'cadence' && fact.per === 'quarter')) return null;
    const place = { start: match.index, end: match.index + match[0].length };
    return {
      kind: 'cadence',
      count: 1,
      per: 'quarter',
      noun: '',
      stated: false,
      weekdays: [],
      day: Number(match[1]),
      ...place,
    };
  });
}

export function reportKindOf(bare: string, per: Per | null): ReportKind {
  if (/bao cao nhanh|dot xuat/.test(bare)) return 'quick';
  if (
    /tong ket|ket thuc|cuoi dot|ket qua (?:thuc hien )?(?:chien dich|dot|cao diem)|tong hop ket qua/.test(
      bare,
    )
  )
    return 'final';
  return per === null ? (/bao cao/.test(bare) ? 'final' : 'ad-hoc') : 'periodic';
}

/** What follows a receiver and is no part of its name. */
const NO_NAME =
  /,? (?:trước|hằng|hàng|định kỳ|theo|qua|bằng|kết quả|tình hình|tiến độ|số liệu|danh sách|kèm|thông qua|trong|vào|các nội dung|những|khi|nếu|chậm nhất|muộn nhất|ngay|mỗi|từ ngày|đúng|sau|cùng với|một lần)(?!\p{L}).*$/iu;

/** "về Công an phường", "báo cáo UBND phường (qua Văn phòng)". */
export function reportReceiver(paper: Paper, place: { start: number; end: number }): string | null {
  const bare = paper.bare.slice(place.start, place.end);
  const flat = paper.flat.slice(place.start, place.end);
  // "cho học sinh ký cam kết, nộp về Đoàn - Đội": the words that only send come first.
  for (const way of ['ve|len|bao cao|gui|nop', 'cho|voi|qua'])
    for (const match of bare.matchAll(bareRx(`(?<![a-z])(?:${way}) `))) {
      const from = match.index + match[0].length;
      if (!startsWithUnit(bare.slice(from), flat.slice(from))) continue;
      const length = nameLength(bare.slice(from), flat.slice(from));
      const name = flat
        .slice(from, from + length)
        .replace(/[*\s]+/gu, ' ')
        .replace(NO_NAME, '')
        .trim();
      if (name.length > 2 && !/^(?:mỗi|từng|một|hai)\s/iu.test(name)) return name;
    }
  return null;
}
