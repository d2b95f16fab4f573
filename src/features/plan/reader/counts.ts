/**
 * Counted obligations without a period: "mở 03 đợt", "mỗi thôn có 01 tổ", "tờ gấp (5.000 tờ)". A number is one only where a
 * verb of making, a comparison, a share for each or a bracket of products stands by it.
 */
import { N, comparatorOf } from './amounts.ts';
import { type Fact, type Stretch, numberOf } from './facts.ts';
import { bareRx } from './paper-text.ts';
import type { Comparator } from './reading.ts';
import { VERBS, startsWithUnit } from './units.ts';

const MADE =
  'mua sam|mua|sam|dau tu|lap bo sung|lap them|bo sung|lap|huan luyen|kiem dinh|mo|to chuc|xay dung|thanh lap|trong|trong moi|dang ky|in|in an|phat|phat hanh|cap phat|treo|lap dat|dan|ve|ke ve|dang|dang tai|phat song|bien soan|viet|san xuat|ra mat|duy tri|bo tri|cu|phan cong|huy dong|van dong|' +
  'tap huan|kiem tra|tuan tra|thuc hien|hoan thanh|ban hanh|trao|tang|trien khai|tham gia|gioi thieu|ket nap|nhan do dau|nhan|giup do|giup|ho tro|chon|lua chon|nop|gui|co|dat|lap|sua chua|cai tao|chuan bi|tuyen truyen|' +
  'dien tap|mo duoc|to chuc duoc|xay dung duoc|phan dau|bao dam|dam bao|moi|tao|lam|quay|dung|thiet ke|nhan rong|khai truong|kham|tiem|giai quyet|boi duong|dao tao|xuat ban|co it nhat|thi cong|khoi cong|quyen gop|tham|tam soat|thu gom|truyen thong|sinh hoat|hop|du|ban giao|nghiem thu|day|hoc|doi thoai|giam sat|khao sat|phoi hop to chuc|xoa bo|xoa|xu ly|xu ly dut diem|giai quyet dut diem|cam|cam duoc|go bo|thay the|thay|nang cap|phat trien|hinh thanh|cung cap|cap|trang bi|tu van|ra soat|tiep nhan|dong gop|hien|che tac|giam dinh|phuc dung|xay|sua|lap dat moi|thu hut|tuyen|tuyen chon|cu it nhat|xep|dieu dong|gieo|cay|nuoi|san lap|bao ve|phan dau co|de cu|gioi thieu cu|chia|kiem nghiem|lay|xet nghiem|lay mau|cong nhan|chung nhan|quan trac|dan tem|ban hanh moi|thanh lap moi|mo moi|cung co|chi vien|tang cuong|tu sua|phat don|phat quang|dot|dot truoc|dot don|nao vet|khoi thong|don dep|quet don|thao do|xoa|do dau|gop|kiem ke|bieu duong|khen thuong|ung ho|van dong ung ho';
/** Work measured by length, area or weight: "tu sửa 26 km", "đốt trước 35 ha". */
const WORKED =
  /^(?:ke(?: lai| moi)?|son|rai|dap|dao|tu sua|phat don|phat quang|dot|dot truoc|dot don|nao vet|khoi thong|don dep|quet don|thao do|trong|trong moi|xay dung|xay|lam|sua chua|sua|cai tao|nang cap|lap dat|san lap|thu gom|xu ly|gop|quyen gop)$/;
const THINGS =
  'to|to roi|to gap|diem|cuoc|buoi|luot|lan|tin|bai|lop|hoi nghi|hoi thi|pano|pa no|bang ron|cum|chiec|cai|bo|cuon|video|clip|so|ky|chuong trinh|phong su|mo hinh|dot|tiet|ca|cay|suat|phan|cong trinh|ban|tam|khau hieu|chuyen de|chuyen muc|cau lac bo|clb|to chuc|thung|bien|bang|poster|infographic|ap phich|doi|nhom|dien dan|phien|tuyen|san pham|de tai|sang kien|can|ngoi nha|xuat qua|qua|dong chi|nguoi|hoc sinh|dang vien|hoi vien|ho|don vi|mui';
const MADE_RX = bareRx(
  String.raw`(?<![a-z])(${MADE}) (?:(?:thanh cong|duoc|it nhat|toi thieu|moi|tren|tu|khoang|them|va|dat|mien phi|co kiem soat|thi diem) ){0,3}${N}(?: ?- ?\d{1,3}(?!\d)| den \d{1,3})?((?: [a-z]+(?:, (?=[a-z]))?){1,4})`,
);
const COMPARED_RX = bareRx(
  String.raw`(?<![a-z])(it nhat|toi thieu|khong duoi|khong it hon|tren|tu) (?:co |dat |duoc |la |moi |tu )?${N}(?: ?- ?\d{1,3}(?!\d)| den \d{1,3})?((?: [a-z]+(?:, (?=[a-z]))?){1,4})`,
);
const EACH_RX = bareRx(
  String.raw`(?<![a-z])moi (?!(?:buoi|lan|phien|so|ky|tiet|ngay|tuan|thang|dem)(?![a-z]))((?:[a-z]+[ ,]+){1,6}?)(?:co |it nhat |toi thieu |tu |duoc )*${N}((?: [a-z]+){1,4})`,
);
/** "số hóa 1.500 trang", "nấu 350 suất ăn": at the start of a clause one to three words before a number are an act. */
const OPENING_RX = bareRx(
  String.raw`(?:^|[,;:.]|(?<![a-z])va)[ ]*((?:[a-z]+ ){0,2}[a-z]+) ${N}(?: ?- ?\d{1,3}(?!\d))?((?: [a-z]+(?:, (?=[a-z]))?){1,4})`,
);
/** Behind its subject an act is known by its verb: "Ban Quản lý chợ sắp xếp lại 46 điểm bán". */
const ACTED_RX = bareRx(
  String.raw`(?<![a-z])(?!can cu|dinh ky|thuong xuyen|bao cao|lam viec|theo doi|tong hop|ke khai)(?:${VERBS}|cho muon)(?: (?:lai|them|moi|xong))? ${N}((?: [a-z]+(?:, (?=[a-z]))?){1,4})`,
);
/** What such words may be instead: what is told, a place, an order, a comparison, a stretch of time. */
const NO_ACT =
  /(?<![a-z])(?:tong|toan|quy mo|thanh phan|so|dia diem|dien tich|hien|co|gom|khoang|thoi|binh quan|trung binh|muc|trong|nhu|bao|danh|ket qua|giai|doi tuong|luc luong|quan so|tai|o|tu|den|cua|ngay|thang|thu|lan|dot|giai doan|lop|khoa|khoi|quy|nam|dieu|khoan|muc|phu luc|quyet dinh|hon|duoi|tren|cap|nhom|loai|hang|ca|cac|nhung|moi|tung|voi|theo|truoc|sau|qua|vao|luc|hoi|cach|la|con|chi|khi|neu|du|de|cho|it nhat|toi thieu|khong|gan|duoc|bang|tuoi|phuong|xa|to|tang|giam|thon|khu|ap|doi|tram|phong|ban|he|chiem|du kien|ke hoach|nghi quyet|chi thi|thong tu|nghi dinh|luat|mau|bieu|van ban|cong van|dinh|kinh phi|gia|phi|don gia|quoc lo|duong|ngo|so nha|hotline|dien thoai|tong dai|fax|zalo|bat dau|ket thuc|kem|da|tung|bo phan|lo|goi|ky|tiet|buoi|tuan|gio|phut|thoi luong|thoi gian|dai|rong|cao|nang|sau|ban kinh|suc|cong suat|dung tich|trong luong|khoi luong|ty le|diem|hoc ky|vong|chang|buoc|phan|chuong|trang|hinh|bang|cot|dong|hang|day|nguoi|ho)$/;

/** In brackets only products are asked for: "(3 người)" tells who a team is. */
const PRODUCTS = THINGS.replace(/\|(?:dong chi|nguoi|hoc sinh|dang vien|hoi vien|ho|don vi)(?=\||$)/g, '');
const BRACKET_RX = bareRx(
  String.raw`[(:] ?(?:(it nhat|toi thieu|du kien|khoang|so luong:?|tong so:?) )?${N} ((?:${PRODUCTS})(?![a-z])(?: [a-z]+){0,3}) ?(?=[);,.]|$)`,
);

const FURTHER_RX = bareRx(String.raw`(?<![a-z])(?:va|,|trong do|them) ?${N}((?: [a-z]+){1,3})`);
const TAUGHT_RX = bareRx(
  String.raw`(?<![a-z])(?:(?:tap huan|boi duong|dao tao|kham|tu van|tang qua|huan luyen|diem tiem|ho tro)[^.;:()\d]{0,50}? cho|(?:tap huan|boi duong|hoi nghi|tuyen truyen|dien dan|mo|to chuc)[^.;:()\d]{0,60}? gom|[,:] gom(?= [^ ]+ (?:lop|buoi|cuoc|dot|hoi nghi|dien dan)(?![a-z]))) ${N}((?: [a-z]+){1,3})`,
);
/** "dạy bơi 12 tiết", "nói chuyện chuyên đề 03 buổi": what is taught stands between. */
const LESSONS_RX = bareRx(
  String.raw`(?<![a-z])(?:day|hoc|tap huan|huan luyen|boi duong|sinh hoat|giang day|on tap|noi chuyen|truyen thong|tuyen truyen)(?: [a-z]+){1,3} ${N}((?: (?:tiet|buoi|lop|khoa|chuyen de))(?![a-z]))(?! ?/| (?:moi|hang|mot) )`,
);
/** What is held or done so many times needs no verb of making: "kiểm tra chuyên đề 02 đợt", "cho tiểu thương, 03 buổi". */
const TIMES_RX = bareRx(
  String.raw`(?<![\d/.,a-z])(?<!(?:thu|moi|lan|gap|tang|giam|qua|hon|giua|sau|het|ca|cua|cac|tung|trong|truoc|ket thuc|xong|nghi|vang|tu|den) )${N} (lan|luot|dot|buoi|lop|cuoc|khoa hoc|phien|hoi nghi|dien dan|toa dam)(?! (?:thu|so voi|hon|dau|cuoi|tren|nay))(?![a-z])(?! ?/)`,
);
/** "niêm yết mã QR tại 12 điểm": places that the act has to reach. */
const PLACES_RX = bareRx(
  String.raw`(?<![a-z])(?:tai|o) ${N}((?: (?:diem|vi tri|dia diem|tuyen|cum|nut giao|noi cong cong|khu vuc)(?![a-z]))(?: [a-z]+){0,2})`,
);
const NO_DUTY_NOUN =
  /^(?:phut|gio|tuoi|dong(?! chi)|trieu|ty|m|m2|m3|lit|met|km|cm|mm|ngay(?! cong)|thang|nam(?! (?:gioi|sinh|cong nhan|thanh nien))|quy|tuan|giay|ha|tan|kg|nghin|ngan|muc|cap|do|noi dung|chi tieu|tieu chi|muc tieu|nhiem vu|ben|mat|khong|phai|chu de|thu doan|hinh thuc|loai|nhom doi tuong|giai phap|buoc|giai doan|so |phan tram|vao|trong|la|va|den|tro len|tro|thuoc|duoi|trang|dau muc|gio sang|yeu to|nguyen tac|tai cho)(?![a-z])/;
const ARTICLE = /^(?:MOT|BA|HAI|BON|SAU|BAY|TAM|CHIN|MUOI)$/;

const MEASURE = /^(?:km|m|m2|m3|ha|met|tan|kg|sao|khoi)(?![a-z\d])/;

function countFact(
  match: RegExpExecArray,
  words: string,
  noun: string,
  comparator: Comparator,
  verb = '',
): Fact | null {
  const count = numberOf(words);
  const thing = noun
    .replace(/\s+/g, ' ')
    .replace(/[, ]+(?:va|o|tai|cho)?[, ]*$/, '')
    .trim();
  if (Number.isNaN(count) || count <= 0) return null;
  if (NO_DUTY_NOUN.test(thing) && !(MEASURE.test(thing) && WORKED.test(verb))) return null;
  // "tổ chức một buổi" may be an article; "một số", "một cách", "ba không" are no counts at all.
  if (ARTICLE.test(words) && !new RegExp(`^(?:${THINGS})(?![a-z])`).test(thing)) return null;
  if (/^(?:so|phan|cach|trong|ben|cua|bo phan|cai)(?![a-z])/.test(thing) && ARTICLE.test(words)) return null;
  if (/^nguoi du(?![a-z])/.test(thing)) return null;
  // Quorums: "ít nhất 55 người tham dự" lets a meeting count, it invites nobody.
  if (
    /^(?:nguoi|dai bieu|cu tri|hoi vien|thanh vien|ho|uy vien|dang vien).*(?:tham du|nguoi du(?![a-z])|co mat|bieu quyet|tan thanh|dong y|bo phieu)/.test(
      `${thing} ${match.input.slice(match.index + match[0].length, match.index + match[0].length + 14)}`,
    )
  )
    return null;
  if (count >= 1990 && count <= 2100 && !new RegExp(`^(?:${THINGS})(?![a-z])`).test(thing)) return null;
  const end = match.index + match[0].replace(/(?:[\s,]+(?:va|o|tai|cho))?[\s,]*$/, '').length;
  return { kind: 'count', count, comparator, noun: thing, start: match.index, end };
}

export function takeCounts(stretch: Stretch, flat: string): void {
  stretch.text = stretch.text.replaceAll('"', ' ');
  stretch.take(BRACKET_RX, (match) =>
    countFact(match, match[2] ?? '', match[3] ?? '', match[1] === undefined ? '=' : '>='),
  );
  stretch.take(COMPARED_RX, (match) => {
    const noun = match[3] ?? '';
    // "từ 18 tuổi", "trên 3 tuyến": only a comparison of quantity obliges.
    if (
      /^(?:tu|tren)$/.test(match[1] ?? '') &&
      !/^(?:MOT|HAI)/.test(match[2] ?? '') &&
      !new RegExp(`^ (?:${THINGS})(?![a-z])`).test(noun)
    )
      return null;
    if (
      /^(?:tu|tren)$/.test(match[1] ?? '') &&
      !/(?:dat|co|duoc|phan dau|van dong|to chuc|xay dung|moi)[ a-z]{0,20}$/.test(
        stretch.text.slice(Math.max(0, match.index - 30), match.index),
      )
    )
      return null;
    return countFact(match, match[2] ?? '', noun, comparatorOf(match[1]));
  });
  // "mỗi lớp không quá 50 người" bounds, it asks for nothing.
  stretch.take(EACH_RX, (match) =>
    /(?:khong (?:vuot )?qua|toi da|nhieu nhat|it hon)[ ,]*$/.test(match[1] ?? '')
      ? null
      : countFact(match, match[2] ?? '', match[3] ?? '', '='),
  );
  stretch.take(MADE_RX, (match) => {
    const verb = match[1] ?? '';
    const written = flat.slice(match.index, match.index + verb.length).toLowerCase();
    // "trong" is "in", "trồng" is "plant"; "đã", "tại", "của" before the verb tell a fact, not a duty.
    if (/^trong/.test(verb) && /^trong/.test(written)) return null;
    // "mở" opens, "quy mô" is a size; "đốt" burns, "đợt 2" is the second round.
    if (verb === 'mo' && /^mô/.test(written)) return null;
    if (/^dot/.test(verb) && !/^(?:đốt|dot)/.test(written)) return null;
    if (/^(?:dan|in|ve|cu|tam)$/.test(verb) && /^(?:dân|dần|vê|vế|về|cũ|củ|tâm)/.test(written)) return null;
    const before = stretch.text.slice(Math.max(0, match.index - 14), match.index);
    if (
      verb === 'co' &&
      !/(?:moi|phai|it nhat|bao dam|phan dau|toi thieu)/.test(
        stretch.text.slice(Math.max(0, match.index - 40), match.index),
      )
    )
      return null;
    if (/(?<![a-z])(?:da|hien|tung|viec|tinh hinh) *$/.test(before)) return null;
    return countFact(
      match,
      match[2] ?? '',
      match[3] ?? '',
      /it nhat|toi thieu|tren/.test(match[0]) ? '>=' : '=',
      verb,
    );
  });
  takeFurther(stretch);
  takeActs(stretch, flat);
}
const NO_ACT_START =
  /^(?:tong|toan|quy mo|thanh phan|so (?!hoa)|dia diem|dien tich|hien |co |gom|khoang|thoi|binh quan|trung binh|muc |trong|nhu |bao gom|danh sach|ket qua|giai |doi tuong|luc luong|quan so|tai |o |tu |den |cua |thu |lan |dot |moi |tung |voi |theo |truoc|sau |qua |vao |luc |hoi |la |con |chi |khi |neu |du |cap |nhom |loai |hang |ca |cac |nhung |kinh phi|muc|ngay|thang|nam|tuan|quy |suc chua|nhat la|nhan)/;

function takeActs(stretch: Stretch, flat: string): void {
  stretch.take(ACTED_RX, (match) => countFact(match, match[1] ?? '', match[2] ?? '', '='));
  stretch.take(OPENING_RX, (match) => {
    const act = (match[1] ?? '').replace(/\s+/g, ' ');
    const at = match.index + match[0].indexOf(match[1] ?? '');
    // Names are written with capitals: "Khu phố 4", "Hội Phụ nữ 2".
    if (NO_ACT.test(act) || NO_ACT_START.test(act) || startsWithUnit(act, flat.slice(at))) return null;
    if (/\s\p{Lu}/u.test(flat.slice(at, at + act.length))) return null;
    const fact = countFact(match, match[2] ?? '', match[3] ?? '', '=', act);
    return fact && { ...fact, start: at };
  });
}

function takeFurther(stretch: Stretch): void {
  // "20.000 tờ gấp và 500 áp phích"; "tập huấn cho 600 tình nguyện viên"; "tập huấn …, gồm 05 lớp".
  stretch.take(FURTHER_RX, (match) => {
    const near = stretch.facts.some(
      (fact) => fact.kind === 'count' && match.index >= fact.end - 4 && match.index - fact.end < 30,
    );
    return near ? countFact(match, match[1] ?? '', match[2] ?? '', '=') : null;
  });
  stretch.take(TAUGHT_RX, (match) => countFact(match, match[1] ?? '', match[2] ?? '', '='));
  stretch.take(LESSONS_RX, (match) => countFact(match, match[1] ?? '', match[2] ?? '', '='));
  // "họp dân 01 lần trong tháng 9": times need no verb of making.
  stretch.take(TIMES_RX, (match) => {
    const before = stretch.text.slice(Math.max(0, match.index - 18), match.index);
    const rhythm = stretch.facts.some((fact) => fact.kind === 'cadence' || fact.kind === 'count');
    return rhythm || /(?:moi|tung)[ ][a-z ]*$/.test(before)
      ? null
      : countFact(match, match[1] ?? '', match[2] ?? '', '=');
  });
  stretch.take(PLACES_RX, (match) =>
    stretch.facts.some((fact) => fact.kind === 'cadence' || fact.kind === 'count')
      ? null
      : countFact(match, match[1] ?? '', match[2] ?? '', '='),
  );
}
