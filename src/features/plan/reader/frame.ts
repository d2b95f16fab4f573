/** The frame of a paper: what kind it is, its title, number, day, issuer, and where its body begins and ends. */
import type { NoPlan } from './reading.ts';
import { type Paper, bareRx } from './paper-text.ts';
import { isTitleLine } from './paper-blocks.ts';

export type PaperKind = 'plan' | 'order' | 'letter' | 'other' | 'none';
export interface Frame {
  kind: PaperKind;
  /** The word the paper calls itself by. */
  calls: string | null;
  title: string;
  issuer: string;
  /** Read in the letterhead rather than assumed. */
  issuerKnown: boolean;
  number: string | null;
  issuedOn: string | null;
  bodyStart: number;
  bodyEnd: number;
  annexes: { start: number; end: number }[];
}

const PLAN_KINDS =
  'ke hoach|k[e3] hoach|chuong trinh hanh dong|chuong trinh cong tac|chuong trinh phoi hop|chuong trinh|phuong an|ke hoach lien tich|de an|ke hoach phoi hop';
const ORDER_KINDS = 'chi thi|cong dien|huong dan|nghi quyet|quyet dinh|thong bao|quy che';
const OTHER_KINDS =
  'bao cao|ban cam ket|giay moi|to trinh|bien ban|giay de nghi|don |thu ngo|thu moi|hop dong|ban tin|phieu|giay xac nhan|giay gioi thieu|bai tuyen truyen|tai lieu tuyen truyen|noi quy|quy dinh|de cuong|bai viet|loi keu goi|thong cao|giay uy quyen|danh sach|giao an|so tay|cam nang';

const kindRx = (kinds: string): RegExp => bareRx(`^(?:(?:du thao|phu luc) )?(${kinds})(?![a-z])`, '');

interface TitleLine {
  start: number;
  end: number;
  kind: PaperKind;
  calls: string;
}

function linesIn(paper: Paper): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  for (let at = 0; at <= paper.flat.length; at++)
    if (at === paper.flat.length || paper.flat[at] === '\n') {
      lines.push({ start, end: at });
      start = at + 1;
    }
  return lines;
}

/** Lines that call the paper by its kind: alone on the line, or in capitals. */
function titleLines(paper: Paper): TitleLine[] {
  const found: TitleLine[] = [];
  for (const line of linesIn(paper)) {
    const bare = paper.bare.slice(line.start, line.end).trim();
    const flat = paper.flat.slice(line.start, line.end).trim();
    if (bare.length === 0 || bare.length > 220) continue;
    for (const [kinds, kind] of [
      [PLAN_KINDS, 'plan'],
      [ORDER_KINDS, 'order'],
      [OTHER_KINDS, 'other'],
    ] as const) {
      const match = kindRx(kinds).exec(bare);
      if (!match) continue;
      const alone = bare.length <= match[0].length + 14 && !/[.;:,]$/.test(bare);
      const word = flat.replace(/^[*_\s]+/, '').slice(0, match[0].length);
      if (
        alone
          ? isTitleLine(word) || bare.length <= match[0].length + 2
          : isTitleLine(flat) || (isTitleLine(word) && !/[.;]$/.test(bare))
      )
        found.push({ ...line, kind, calls: match[1] ?? '' });
      break;
    }
  }
  return found;
}

/** Number, day, place and organisation above the title. */
function letterhead(paper: Paper, end: number): { number: string | null; issuedOn: string | null } {
  const head = paper.flat.slice(0, end);
  const number =
    /Số\s*:?\s*([\d…. ]*\s*[/-]\s*[\p{Lu}Đ][\p{L}\d&./-]*)/u.exec(head)?.[1] ??
    /(?:^|\s)Số\s+(\d+\s*-\s*[\p{Lu}Đ]+\/[\p{Lu}Đ]+)/u.exec(head)?.[1] ??
    null;
  const bare = paper.bare.slice(0, end);
  const dated = [...bare.matchAll(bareRx('ngay (\\d{1,2}) ?thang (\\d{1,2}) nam (\\d{4})'))].at(-1) ?? null;
  const issuedOn = dated
    ? `${dated[3] ?? ''}-${(dated[2] ?? '').padStart(2, '0')}-${(dated[1] ?? '').padStart(2, '0')}`
    : null;
  return { number: number?.replace(/\s+/g, '').replace(/^[….]+/, '') ?? null, issuedOn };
}

const ORGAN =
  /^(?:ubnd|uy ban|cong an|truong|hoi|dang uy|dang bo|so |phong |ban |trung tam|tram|doan|bch|chi bo|lien doan|cong doan|benh vien|to dan pho|mttq|btv|thi doan|huyen doan|xa doan|phuong doan|hop tac xa|cong ty|bo |bo chi huy|khu pho|thon |tt |mat tran|chi hoi|vien |hdnd|ban chi dao|cuc |chi cuc|hat kiem lam|lien minh|thanh doan|tinh doan|quan doan|thue |bao hiem xa hoi|thong ke |hat )/;

function issuerOf(paper: Paper, titleAt: number, bodyEnd: number): { name: string; known: boolean } {
  const written: string[] = [];
  for (const line of linesIn(paper)) {
    if (line.start >= titleAt) break;
    for (const cell of paper.flat.slice(line.start, line.end).split(/\s*\|\s*|\t+|\s{3,}/)) {
      const name = cell.replace(/[*_]+/g, '').trim();
      const bare = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
      if (
        name.length > 3 &&
        name.length < 90 &&
        ORGAN.test(bare) &&
        isTitleLine(name) &&
        !/^Số\s*:?\s*[\d./]/u.test(name)
      )
        written.push(name);
    }
  }
  // "UBND phường Hồng An ban hành Kế hoạch": the preamble names the issuer in full.
  const told = paper.bare.slice(titleAt, Math.min(bodyEnd, titleAt + 6000));
  // Behind the first heading others make plans of their own: "Ban Quản lý rừng xây dựng phương án riêng".
  const preamble = /\n\s*(?:phan )?(?:i|1|1\.1|a|thu nhat)[.:)/]/.exec(told)?.index;
  const bare = written.length > 0 && preamble !== undefined ? told.slice(0, preamble) : told;
  const said = [
    ...bare.matchAll(
      bareRx(
        '(?<=[,.;\\n] ?)((?:ubnd|uy ban nhan dan|cong an|truong|hoi|dang uy|ban|so|phong|trung tam|tram|doan|chi bo|lien doan|cong doan|benh vien|uy ban|chi doan|nha truong|bch|thue|bao hiem xa hoi|hat|chi cuc|cuc)[^,.;:\\n]{2,70}?) (?:ban hanh|xay dung|lap|de ra)(?: noi dung)? ?(?:cac )?(?:ke hoach|chuong trinh|phuong an)?',
      ),
    ),
  ][0];
  if (said?.[1] !== undefined) {
    const at = titleAt + said.index;
    return {
      name: paper.flat
        .slice(at, at + said[1].length)
        .replace(/\s+/g, ' ')
        .replace(/\s*\((?:sau đây|gọi tắt|viết tắt)[^()]*\)?/iu, '')
        .replace(/,? (?:phối hợp|căn cứ|theo|trên cơ sở|thống nhất)(?!\p{L}).*$/iu, '')
        .trim(),
      known: true,
    };
  }
  const last = written.at(-1);
  if (last !== undefined) {
    const place = [...paper.flat.slice(0, titleAt).matchAll(/([\p{Lu}][\p{L} ]{1,30}), ngày/gu)]
      .at(-1)?.[1]
      ?.trim();
    const name = sentenceCase(
      written.filter((one) => !/^(?:BAN (?:THƯỜNG VỤ|CHẤP HÀNH))$/u.test(one)).at(-1) ?? last,
    );
    return {
      name: place !== undefined && /^(?:Ủy ban nhân dân|UBND)$/iu.test(name) ? `${name} ${place}` : name,
      known: true,
    };
  }
  return { name: 'Đơn vị ban hành kế hoạch', known: false };
}

const KEPT = /^(?:UBND|HĐND|MTTQ|LHPN|THPT|THCS|TP|TNCS|BCH|BTV|CCB|TTYT|CNTT|[IVX]+|\d.*)$/u;
/** "TRƯỜNG MẦM NON SƠN CA 3" → "Trường Mầm Non Sơn Ca 3": names stay readable and comparable. */
function sentenceCase(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => (KEPT.test(word) ? word : word.charAt(0) + word.slice(1).toLowerCase()))
    .join(' ')
    .replace(ORGAN_WORDS, (words) => words.charAt(0) + words.slice(1).toLowerCase())
    .replace(/ (?:Xã|Phường|Huyện|Quận|Tỉnh|Thành Phố|Thị Trấn|Thị Xã|Đặc Khu)(?= )/gu, (word) =>
      word.toLowerCase(),
    );
}
/** Words of an organ that take one capital: "Công an", "Ủy ban nhân dân". */
const ORGAN_WORDS =
  /(?<!\p{L})(?:Ủy Ban Nhân Dân|Uỷ Ban Nhân Dân|Hội Đồng Nhân Dân|Công An|Đảng Ủy|Đảng Uỷ|Chi Bộ|Đảng Bộ|Ban Quản Lý|Ban Chỉ Đạo|Chỉ Huy|Quân Sự|Trung Tâm|Mặt Trận|Hợp Tác Xã|Bệnh Viện|Công Đoàn|Chi Đoàn|Chi Hội|Tổ Dân Phố|Khu Phố|Trường Tiểu Học|Trường Mầm Non|Quản Lý|Thường Vụ|Thường Trực|Chấp Hành)(?!\p{L})/gu;

/** MẬT, TỐI MẬT, TUYỆT MẬT as a stamp: alone on a line or in a cell of the letterhead, never in running text. */
export function secrecyOf(paper: Paper): NoPlan | null {
  const cells = paper.flat
    .slice(0, 1500)
    .split(/[\n\t|]| {3}/)
    .map((cell) =>
      cell
        .replace(/[\s*_()[\]]+/g, ' ')
        .trim()
        .replace(/^độ mật ?: ?/iu, ''),
    );
  const level = cells.find((cell) => /^(?:TUYỆT MẬT|TỐI MẬT|MẬT)$/u.test(cell));
  if (level === undefined) return null;
  return {
    code: 'plan.secret',
    why: `Văn bản đóng dấu ${level}: tài liệu bí mật nhà nước không được soạn thảo, lưu giữ trên thiết bị nối mạng, nên không đọc và không lưu.`,
  };
}

function bodyEndOf(paper: Paper, from: number): number {
  const rest = paper.bare.slice(from);
  const recipients = /(?:^|\n)[ ]*n[o0]i nhan *:?/.exec(rest)?.index;
  if (recipients !== undefined) return from + recipients;
  const closing = rest.lastIndexOf('./.');
  if (closing >= 0) return from + closing + 3;
  const signed = /\n[ |]*(?:tm\.|t\/m|kt\.|tl\.|tuq\.|q\.) ?[a-z]/.exec(rest)?.index;
  if (signed !== undefined) return from + signed;
  // Signed without "TM.", as on web pages: the office alone on a line, in capitals.
  const office =
    /\n[ |]*(?:PHÓ |P\. ?)?(?:CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC|BÍ THƯ|TRẠM TRƯỞNG|TRƯỞNG (?:BAN|PHÒNG|CÔNG AN|THÔN|TRẠM)|TỔ TRƯỞNG|CHỦ NHIỆM|ĐỘI TRƯỞNG)[^\n.:;]{0,40}(?=\n|$)/u.exec(
      paper.flat.slice(from),
    )?.index;
  return office === undefined ? paper.bare.length : from + office;
}

export function frameOf(paper: Paper): Frame {
  const titles = titleLines(paper);
  const first = titles[0];
  // A web page repeats the title above the letterhead; the last one above the body is the paper's own.
  const plans = titles.filter((title) => title.kind === 'plan');
  const headEnd = firstHeading(paper, plans[0]?.end ?? first?.end ?? 0);
  const own = plans.filter((title) => title.start < headEnd).at(-1) ?? plans[0];
  const decisive =
    own &&
    first &&
    first.kind === 'other' &&
    first.start < own.start &&
    !/(?:kem theo|ban hanh)/.test(paper.bare.slice(first.start, own.start))
      ? first
      : (own ?? first);
  const kind =
    decisive?.kind ??
    (/(?:^|\n)[ |]*(?:v\/v|ve viec)/.test(paper.bare) && /kinh gui/.test(paper.bare) ? 'letter' : 'none');
  const titleAt = decisive?.start ?? 0;
  const bodyStart = decisive?.end ?? 0;
  const bodyEnd = bodyEndOf(paper, bodyStart);
  const issuer = issuerOf(paper, decisive ? titleAt : 0, bodyEnd);
  const head = letterhead(paper, decisive ? decisive.start : Math.min(paper.flat.length, 1500));
  return {
    kind,
    calls: decisive?.calls ?? null,
    title: titleText(paper, decisive),
    issuer: issuer.name,
    issuerKnown: issuer.known,
    ...head,
    bodyStart,
    bodyEnd,
    annexes: annexesOf(paper, bodyEnd),
  };
}

function firstHeading(paper: Paper, from: number): number {
  const match = /\n *(?:i|1|a|l) *[.)-]+ *\S/.exec(paper.bare.slice(from));
  return match ? from + match.index : paper.bare.length;
}

function titleText(paper: Paper, at: TitleLine | undefined): string {
  if (!at) return (paper.flat.trim().split('\n')[0] ?? '').slice(0, 200).trim();
  const words: string[] = [];
  for (const line of paper.flat.slice(at.start).split('\n').slice(0, 9)) {
    const text = line
      .replace(/[*_|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (/^[-=\s]*$/.test(text)) {
      if (words.length > 1) break;
      continue;
    }
    if (
      words.length > 0 &&
      (/^(?:I|1|A)\s*[.)-]|^(?:Căn cứ|Thực hiện (?:Kế|Chỉ|Quyết|Nghị|Công)|Để |Kính gửi|Thời gian qua)/u.test(
        text,
      ) ||
        /[.;]$/.test(text) ||
        text.length > 260)
    )
      break;
    words.push(text);
    if (words.join(' ').length > 320) break;
  }
  return words.join(' ').trim();
}

/** "PHỤ LỤC …" behind the signature goes on with the plan: task tables mostly stand there. */
function annexesOf(paper: Paper, from: number): { start: number; end: number }[] {
  const starts = [
    ...paper.bare
      .slice(from)
      .matchAll(
        /\n[ *]*(?:phu luc|bieu phan cong|bang phan cong|lich (?:cong tac|phat|trien khai))[^\n]{0,120}(?=\n)/g,
      ),
  ].map((match) => from + match.index);
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? paper.flat.length }));
}
