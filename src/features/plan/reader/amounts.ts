/**
 * How much and how often: "100% hộ dân", "tối thiểu 01 lượt/tuần", "mỗi tuần ít nhất 02 tin, bài", "định kỳ 6 tháng",
 * "ngày 2 lượt", "mở 03 đợt". A number is an obligation only where the words around it make it one; ages, hours,
 * money, sizes, groups that merely exist and last year's results are left alone.
 */
import { type Fact, type Stretch, numberOf } from './facts.ts';
import { bareRx } from './paper-text.ts';
import { type Comparator, type Per, WEEKDAYS, type Weekday } from './reading.ts';

export const N = String.raw`(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{1,2})?|\d{4,6}|MOT|HAI|BA|BON|SAU|BAY|TAM|CHIN|MUOI)`;
const AT_LEAST =
  'it nhat|toi thieu|khong duoi|khong it hon|khong thap hon|tu|tren|dat|tren muc|tu muc|toi thieu la|it nhat la|hon|vuot|phan dau|bao dam|dam bao';
const AT_MOST =
  'khong qua|toi da|khong vuot qua|duoi|it hon|nhieu nhat|thap hon|con duoi|xuong duoi|khong cao hon';
const COMPARE = `(?:(${AT_LEAST}|${AT_MOST}) (?:co |dat |duoc |khoang |moi |la |tu )?)?`;
const P =
  'ngay|dem|tuan|thang|quy(?! (?:dinh|che|mo|trinh|hoach|uoc|luat|tac|dong gop|khuyen hoc|bao tro|bao hiem))|nam hoc|nam|hoc ky|hoc ki|ky|nua nam|nua thang';
const PER: Record<string, Per> = {
  ngay: 'day',
  dem: 'day',
  toi: 'day',
  sang: 'day',
  chieu: 'day',
  tuan: 'week',
  thang: 'month',
  quy: 'quarter',
  nam: 'year',
  'nam hoc': 'year',
  'hoc ky': 'half-year',
  'hoc ki': 'half-year',
  'nua nam': 'half-year',
  'nua thang': 'fortnight',
};

/** "2 tuần", "6 tháng", "15 ngày" as one period; null where the contract has no word for it. */
function periodOf(n: number, unit: string): Per | null {
  const name = unit.replace(/\s+/g, ' ').trim();
  if (n === 1) return PER[name] ?? null;
  const days = name === 'ngay' ? n : name === 'tuan' ? n * 7 : 0;
  if (days === 7) return 'week';
  if (days === 14 || days === 15) return 'fortnight';
  if (days === 30) return 'month';
  if (days === 90) return 'quarter';
  const months = name === 'thang' ? n : name === 'quy' ? n * 3 : name === 'nam' ? n * 12 : 0;
  if (months === 3) return 'quarter';
  if (months === 6) return 'half-year';
  if (months === 12) return 'year';
  return null;
}

export const comparatorOf = (words: string | undefined): Comparator => {
  if (words === undefined) return '=';
  const plain = words.replace(/\s+/g, ' ').trim();
  if (/^(?:tren|hon|vuot)$/.test(plain)) return '>';
  if (/^(?:duoi|it hon|thap hon|con duoi|xuong duoi)$/.test(plain)) return '<';
  return new RegExp(`^(?:${AT_MOST})$`).test(plain) ? '<=' : '>=';
};

const DAY_NAMES: Record<string, Weekday> = {
  hai: 'monday',
  '2': 'monday',
  ba: 'tuesday',
  '3': 'tuesday',
  tu: 'wednesday',
  '4': 'wednesday',
  nam: 'thursday',
  '5': 'thursday',
  sau: 'friday',
  '6': 'friday',
  bay: 'saturday',
  '7': 'saturday',
};
export function weekdaysIn(text: string): Weekday[] {
  const found = new Set<Weekday>();
  const list = bareRx(
    'thu ((?:hai|bay|ba|tu|nam|sau|[2-7])(?![a-z\\d])(?: ?(?:,|va|-) ?(?:thu )?(?:hai|bay|ba|tu|nam|sau|[2-7])(?![a-z\\d]))*)',
  );
  for (const match of text.matchAll(list))
    for (const name of (match[1] ?? '').match(/hai|bay|ba|tu|nam|sau|[2-7]/g) ?? []) {
      const day = DAY_NAMES[name];
      if (day) found.add(day);
    }
  if (/chu +nhat/.test(text)) found.add('sunday');
  return WEEKDAYS.filter((day) => found.has(day));
}

// ---------------------------------------------------------------- percentages

const PERCENT_RX = bareRx(
  String.raw`(?<![\d.,/])${COMPARE}(\d{1,3}(?:[.,]\d{1,2})?)(?: ?- ?(\d{1,3}(?:[.,]\d{1,2})?))? ?(?:%|phan tram)(?: tro len)?`,
);

/** "không quá 01 lần/năm" bounds what may be done and obliges nobody to do it. */
const bounded = (words: string | undefined, text: string, at: number): boolean =>
  (words !== undefined && /^(?:khong qua|toi da|khong vuot qua|nhieu nhat)/.test(words.trim())) ||
  /(?:^|[ ])qua[ ]+$/.test(text.slice(Math.max(0, at - 6), at));

/** In a section of targets: "22/22 xã", "1,5 km đường", "từ 10 khu phố trở lên", "đạt 350 triệu đồng". */
const PART_RX = bareRx(String.raw`(?<![\d/.,a-z])(\d{1,3}) ?/ ?(\d{1,3})((?: [a-z]+){1,4})`);
const MEASURE_RX = bareRx(
  String.raw`(?<![\d/.,a-z])(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)((?: (?:km|m|met|ha|m2|tan|kg|ta|trieu|ty|nghin|lit|m3|ca)(?![a-z0-9]))(?: [a-z]+){0,2})`,
);
const UPWARD_RX = bareRx(String.raw`(?<![a-z])tu ${N}((?: [a-z]+){1,4}?) tro len`);
const NAMED_RX = bareRx(String.raw`: ?${N}((?: [a-z]+){1,3})(?! ?/)`);
export function takeMeasures(stretch: Stretch): void {
  const fact = (match: RegExpExecArray, value: number, noun: string, comparator: Comparator): Fact | null =>
    Number.isNaN(value) || value <= 0
      ? null
      : {
          kind: 'count',
          count: value,
          comparator,
          noun: noun.replace(/\s+/g, ' ').trim(),
          start: match.index,
          end: match.index + match[0].trimEnd().length,
        };
  stretch.take(PART_RX, (match) => {
    const [part, whole] = [Number(match[1]), Number(match[2])];
    if (
      part > whole ||
      NOT_A_THING.test(match[3] ?? '') ||
      (part <= 31 &&
        whole <= 12 &&
        part < whole &&
        /(?:ngay|den|truoc|tu)[ ]*$/.test(stretch.text.slice(Math.max(0, match.index - 6), match.index)))
    )
      return null;
    return fact(match, part, match[3] ?? '', '>=');
  });
  // "Chỉ tiêu giao quân năm 2026: 15 công dân": behind the colon stands what is to be reached.
  stretch.take(NAMED_RX, (match) =>
    NOT_A_THING.test(match[2] ?? '') ? null : fact(match, numberOf(match[1] ?? ''), match[2] ?? '', '>='),
  );
  stretch.take(UPWARD_RX, (match) => fact(match, numberOf(match[1] ?? ''), match[2] ?? '', '>='));
  stretch.take(MEASURE_RX, (match) => {
    const before = stretch.text.slice(Math.max(0, match.index - 14), match.index);
    return fact(
      match,
      numberOf(match[1] ?? ''),
      match[2] ?? '',
      /duoi[ ]*$|khong qua[ ]*$/.test(before) ? '<' : '>=',
    );
  });
}

export function takePercents(stretch: Stretch): void {
  stretch.take(PERCENT_RX, (match) => {
    const value = numberOf(match[2] ?? '');
    const place = { start: match.index, end: match.index + match[0].length };
    if (Number.isNaN(value)) return null;
    const comparator = /tro len/.test(match[0])
      ? '>='
      : value === 100 && match[1] === undefined
        ? '>='
        : comparatorOf(match[1]);
    return { kind: 'percent', value, comparator, ...place };
  });
}

// ---------------------------------------------------------------- cadences

/** Up to five words of the counted thing: "tin, bài", "lượt phát thanh", "cuộc kiểm tra". */
const NOUN = String.raw`((?: ?[a-z]+(?:[,/] ?(?=[a-z]))?){0,6}?)`;
const EVERY = 'moi|hang|tung|dinh ky(?: hang| moi)?|trong(?: moi| 1| 01| MOT)?|MOT|1|01|theo';
const NOT_A_THING =
  /^ ?(?:hang|moi|cua|va|den|ngay|truoc|gio|phut|tuoi|dong(?! chi)|trieu|ty|met|mm|mg|ml|m3|lit|km|cm|ngay|thang|nam|quy|tuan|giay|ha|tan|kg|m2|nghin|muc|cap|do)(?![a-z])|^ ?so (?=[a-z])/;

const SLASH_RX = bareRx(
  String.raw`(?<![\d/.,a-z])${COMPARE}${N}(?: ?- ?(\d{1,3})| den (\d{1,3}))?${NOUN}(?: ?\([a-z ,]{2,40}\))? ?/ ?(?:[a-z]+(?: [a-z]+){0,3} ?/ ?)?(?:moi )?(\d{1,2} )?(${P})(?![a-z])`,
);
const EACH_LAN_RX = bareRx(
  String.raw`(?<![\d/.,a-z])${N} (${P}) ?(?:/ ?|(?:moi |it nhat |toi thieu |to chuc |thuc hien )?(?=MOT|1|01|02|HAI))(?:(MOT|1|01|HAI|2|02) )?(lan|luot|ky|buoi|phien|cuoc|so|tin|bai|dot)(?![a-z])`,
);
const LEADING_RX = bareRx(
  String.raw`(?<![a-z\d/])(?:(?:(${EVERY}|vao)? ?(${P})|((?:moi|hang|tung) )(dem|toi|sang|chieu))(?: (?:cuoi|dau|thu \w+))?)(?![a-z/])((?:[ ,:]+(?!hang |moi )[^\d;.()\u0001]{0,70}?)?)[ ,:(]+${COMPARE}${N}(?: ?- ?(\d{1,3})| den (\d{1,3}))?((?: (?:lan|luot|buoi|ky|phien|cuoc|ca)(?![a-z]))|(?: (?:tin|bai|anh|video|phong su)[,/] ?[a-z]+)|(?: [a-z]+){1,2})`,
  'gd',
);
const TRAILING_RX = bareRx(
  String.raw`(?<![\d/.,a-z])${COMPARE}${N}(?: ?- ?(\d{1,3})| den (\d{1,3}))?((?: [a-z]+){1,7}?(?:[,/] ?[a-z]+)?) ?(?:/|\(|,)? ?(?:trong )?(?:moi|hang|MOT|1|01|trong(?! nam(?! hoc))|tren MOT) (${P})(?![a-z/]| (?:\d{4}|dau|cuoi|cao diem|phat dong|hanh dong))`,
);
const ALONE_RX = bareRx(
  String.raw`(?<![a-z])(?:(?:(?:vao|cac|sang|chieu|toi|truoc|trong) )*(?:ngay )?((?:(?:thu (?:hai|bay|ba|tu|nam|sau|[2-7])|chu nhat)(?: ?(?:,|va|-) ?)?)+) ?(?:cua )?|(?:(?:truoc|vao|cham nhat(?: la| vao)?|den|tu) )*(?:cac )?(?:ngay|mung) (\d{1,2}(?:(?:,|,? va|,? hoac) (?:ngay )?\d{1,2}(?![\d/.%]))*)(?: den ngay \d{1,2})? ?(?:cua )?|cuoi |dau )?(?:dinh ky )?(?:hang|moi|tung|dinh ky(?: theo)?|theo(?: dinh ky)?|thuong ky|(?<!thang )cuoi(?= (?:tuan|thang|quy)(?! ?\\d| cao)) ?(?:moi)?) (${P}|6 thang|06 thang|3 thang|03 thang|2 tuan|02 tuan|HAI tuan|SAU thang|15 ngay)(?![a-z]| ?/ ?(?:tuan|thang|nam)| (?:\d{4}|chong|toan dan|thu|phat hanh|phap luat))`,
  'gd',
);
const EACH_WEEKDAY_RX = bareRx(
  '(?<![a-z])(?:moi|hang|tung) (?:sang |chieu |toi |dem |trua |ngay )?((?:(?:thu (?:hai|bay|ba|tu|nam|sau|[2-7])(?![a-z])|chu nhat)(?: ?(?:,|va) ?)?)+)(?! ?(?:hang|moi) )',
);
const LONE_PERIODS: Record<string, Per> = {
  '6 thang': 'half-year',
  '06 thang': 'half-year',
  'SAU thang': 'half-year',
  '3 thang': 'quarter',
  '03 thang': 'quarter',
  '2 tuan': 'fortnight',
  '02 tuan': 'fortnight',
  'HAI tuan': 'fortnight',
  '15 ngay': 'fortnight',
};

function cadence(match: RegExpExecArray, count: number, per: Per, noun: string, context: string): Fact {
  return {
    kind: 'cadence',
    count,
    per,
    noun: noun.replace(/\s+/g, ' ').trim(),
    stated: true,
    weekdays: weekdaysIn(context),
    day: null,
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  };
}

const WRITTEN: Record<string, string[]> = {
  ngay: ['ngày', 'ngay', 'ngảy', 'ngáy'],
  tuan: ['tuần', 'tuan', 'tuân', 'tuẩn'],
  thang: ['tháng', 'thang'],
  quy: ['quý', 'quy', 'qúy', 'quí'],
  nam: ['năm', 'nam', 'nàm'],
  dem: ['đêm', 'dem', 'ðêm'],
};
/** "mỗi" and "hằng" tell how often; "mới" is new and "mời" invites. */
function everyRight(flat: string, start: number, words: string): boolean {
  const at = words.search(/(?<![a-z])(?:moi|hang)(?![a-z])/);
  if (at < 0) return true;
  const written =
    flat
      .slice(start + at)
      .match(/^\p{L}+/u)?.[0]
      .toLowerCase() ?? '';
  return /^(?:mỗi|mổi|môi|moi|hằng|hàng|hang|hẳng|hắng)$/.test(written);
}

/** "Năm" is a year, "nắm" to hold; "quý" a quarter, "quỹ" a fund: where marks stand, they tell. */
function markedRight(flat: string, start: number, name: string): boolean {
  const first = name.replace(/^\d+ +/, '').split(' ')[0] ?? '';
  const at = start + name.indexOf(first);
  const allowed = WRITTEN[first];
  return !allowed || allowed.includes(flat.slice(at, at + first.length).toLowerCase());
}

/** "mỗi tuần ít nhất 02 tin, bài", "ngày 2 lượt": the period first, the number behind it. */
function leading(match: RegExpExecArray, text: string, flat: string): Fact | null {
  const led = match[1] !== undefined || match[3] !== undefined;
  if (!everyRight(flat, match.index, match[1] ?? match[3] ?? '')) return null;
  if (
    match[4] !== undefined &&
    !/^(?:đêm|tối|sáng|chiều|dem|toi)$/iu.test(
      flat.slice(match.indices?.[4]?.[0] ?? 0, match.indices?.[4]?.[1]),
    )
  )
    return null;
  const name = match[2] ?? match[4] ?? '';
  const between = match[5] ?? '';
  // "mỗi tối thứ Năm" comes once a week.
  const onDay = /(?:toi|sang|chieu|dem|ngay)\s+(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)/.test(
    match[0],
  );
  const per = onDay ? 'week' : PER[name.replace(/\s+/g, ' ')];
  const noun = match[10] ?? '';
  const count = numberOf(match[7] ?? '');
  const written = flat.slice(...(match.indices?.[5] ?? [0, 0]));
  // "hằng ngày tại 18 cơ sở", "trong năm, trong đó 400 mẫu", "hằng tuần, mỗi buổi 15 phút" count something else.
  if (
    /(?:^|\s)(?:tại|ở|của|cho|với|trên|đến|qua|số|gồm|do|mỗi|từng|thuộc|tai|cua|voi|tren|den|thuoc|tung)\s*$/iu.test(
      written,
    ) ||
    /\bmoi /.test(between)
  )
    return null;
  // "trong năm" says until when, not how often.
  if (/^trong$/.test((match[1] ?? '').trim()) && per === 'year') return null;
  if (match[1]?.startsWith('trong') && (/,/.test(between) || between.length > 30)) return null;
  // "ngày 2 lượt" needs nothing between; "trong tháng" needs the number soon after.
  if (!per || (!led && between.trim().length > 0) || NOT_A_THING.test(noun) || Number.isNaN(count))
    return null;
  if (!markedRight(flat, match.indices?.[2]?.[0] ?? match.index, match[2] ?? '')) return null;
  // "ngày 2 lượt", "tuần 03 buổi": without a word before it the period needs a thing that is counted by it.
  if (!led && !/^ (?:lan|luot|buoi|ca|ky|tin|bai|cuoc|dot|lop|tiet|phien)(?![a-z])/.test(noun)) return null;
  if (/^(?:tu|tren|den|hon)$/.test((match[6] ?? '').trim()) && /[:h]|gio/.test(noun)) return null;
  const numberEnd = match[0].length - (match[10]?.length ?? 0);
  const whole = { ...match, index: match.index } as RegExpExecArray;
  whole[0] = match[0].slice(0, numberEnd + noun.replace(/[ ,]+$/, '').length);
  return cadence(whole, count, per, noun, text.slice(match.index, match.index + match[0].length + 50));
}

export function takeCadences(stretch: Stretch, flat: string): void {
  stretch.take(EACH_LAN_RX, (match) => {
    const per = periodOf(numberOf(match[1] ?? ''), match[2] ?? '');
    if (!per) return { kind: 'odd', what: 'cadence', start: match.index, end: match.index + match[0].length };
    return cadence(match, match[3] === undefined ? 1 : numberOf(match[3]), per, match[4] ?? '', '');
  });
  stretch.take(SLASH_RX, (match) => {
    const per = periodOf(match[6] === undefined ? 1 : Number(match[6]), match[7] ?? '');
    const noun = match[5] ?? '';
    // "dành 15 phút/ngày" is once a day.
    const length = /^ ?phut$/.test(noun);
    // "xuống thôn 02 ngày/tuần" counts days of the week.
    const days = /^ ?ngay$/.test(noun) && per !== 'day';
    if (!per || (!length && !days && NOT_A_THING.test(noun)) || bounded(match[1], stretch.text, match.index))
      return null;
    return cadence(
      match,
      length ? 1 : numberOf(match[2] ?? ''),
      per,
      length ? 'lan' : noun,
      stretch.text.slice(match.index, match.index + match[0].length + 60),
    );
  });
  stretch.take(LEADING_RX, (match) => leading(match, stretch.text, flat));
  stretch.take(TRAILING_RX, (match) => {
    const per = PER[(match[6] ?? '').replace(/\s+/g, ' ')];
    if (!per || NOT_A_THING.test(match[5] ?? '') || bounded(match[1], stretch.text, match.index)) return null;
    return cadence(
      match,
      numberOf(match[2] ?? ''),
      per,
      match[5] ?? '',
      stretch.text.slice(match.index, match.index + match[0].length + 60),
    );
  });
  // "mỗi thứ Hai", "mỗi chiều Chủ nhật".
  stretch.take(EACH_WEEKDAY_RX, (match) => {
    if (!everyRight(flat, match.index, match[0])) return null;
    const weekdays = weekdaysIn(match[1] ?? '');
    const end = match.index + match[0].trimEnd().length;
    const base = { kind: 'cadence', count: Math.max(1, weekdays.length), per: 'week', noun: '' } as const;
    return { ...base, stated: false, weekdays, day: null, start: match.index, end };
  });
  takeLonePeriods(stretch, flat);
}

function takeLonePeriods(stretch: Stretch, flat: string): void {
  stretch.take(ALONE_RX, (match) => {
    const name = (match[3] ?? '').replace(/\s+/g, ' ');
    if (!everyRight(flat, match.index, match[0])) return null;
    const per = LONE_PERIODS[name] ?? PER[name];
    if (!per || !markedRight(flat, match.indices?.[3]?.[0] ?? match.index, name)) return null;
    if (name === 'ngay' && /^ \d/.test(stretch.text.slice(match.index + match[0].length))) return null;
    const after = stretch.text.slice(match.index + match[0].length, match.index + match[0].length + 60);
    const later = bareRx(
      '^[ ,]*(?:\\()?(?:truoc |vao |cham nhat |la |den )*(?:ngay |mung )(\\d{1,2})(?![\\d/.]| thang)|^[ ,]*\\(?(?:vao |truoc |sang |chieu |cac )*(?:ngay )?((?:(?:thu (?:hai|bay|ba|tu|nam|sau|[2-7])|chu nhat)(?: ?(?:,|va) ?)?)+)',
      '',
    ).exec(after);
    const weekdays = per === 'week' ? weekdaysIn(`${match[1] ?? ''} ${later?.[2] ?? ''}`) : [];
    const day = match[2] ?? later?.[1];
    // "ngày 05 và ngày 20 hằng tháng" comes twice a month.
    const days = (per === 'month' && match[2]?.match(/\d+/g)?.length) || 0;
    return {
      kind: 'cadence',
      count: Math.max(1, weekdays.length, days),
      per,
      noun: '',
      stated: false,
      weekdays,
      day: days > 1 || day === undefined || !(Number(day) <= 31) ? null : Number(day),
      start: match.index,
      end: match.index + match[0].length + (later?.[0].length ?? 0),
    };
  });
}
