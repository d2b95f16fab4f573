/**
 * Days, stretches of days and hours: "trước 8h30' ngày 02/8", "từ 15/12 đến 14/02/2021", "quý III/2020",
 * "đến hết tháng 6". A day without a year takes the paper's; "before the 14th" is the 14th.
 */
import { bareRx } from './paper-text.ts';
import { weekdaysIn } from './amounts.ts';
import { type Fact, type Stretch, numberOf } from './facts.ts';
import { DAY_ONLY, type Span, addDays, dayOf, daySpan, spanAt, two } from './spans.ts';

export interface DateSense {
  /** Year of dates that leave it out. */
  year: number;
  /** Day of the event that "95 ngày trước ngày bầu cử" counts from, where the paper gives one. */
  events: { words: string; on: string; before?: boolean }[];
}

const TIME = String.raw`(?<![\d/])(\d{1,2}) ?(?:h|g|gio|:) ?(\d{2})?(?![\d/])(?: ?(?:'|phut))?(?: (?:sang|chieu|toi|trua))?(?![a-z])`;
const clock = (hours: string | undefined, minutes: string | undefined, half = ''): string | null => {
  let hour = Number(hours);
  if (/chieu|toi/.test(half) && hour < 12) hour += 12;
  if (hour > 24 || Number(minutes ?? 0) > 59) return null;
  return `${two(hour)}:${minutes ?? '00'}`;
};

const TO = '(?: ?(?:-|>) ?| ?,? (?:cho )?(?:den|toi)(?: het| truoc| cuoi)? )(?:het )?';
const RANGE_RX = bareRx(
  String.raw`(?<![a-z\d/.])(?:(?:ke )?tu |bat dau tu |giua |dip )?(?=(?:ngay )?\d{1,2}\b|thang \d|quy [ivl1-4]|nam 20)`,
);
const OPEN_RANGE = bareRx(
  String.raw`(?<![a-z])(?:ke )?tu (?:nay|khi [^,;.]{3,60}?|ngay (?:ban hanh|ky|phat dong)[^,;.]{0,40}?)${TO}`,
);

/** "từ 02/8 đến 13/8/2025", "15/7 - 15/9/2020", "từ tháng 10/2024 đến tháng 3/2025". */
function takeRanges(stretch: Stretch, sense: DateSense): void {
  const joiner = bareRx(`^(?:${TO})`, '');
  stretch.take(OPEN_RANGE, (match) => {
    const end = match.index + match[0].length;
    const span = spanAt(stretch.text.slice(end, end + 60));
    const last = span?.last(span.year ?? sense.year);
    if (!span || !last) return null;
    return { kind: 'end', date: last, time: null, before: false, start: match.index, end: end + span.length };
  });
  stretch.take(RANGE_RX, (match) => rangeAt(stretch.text, match, joiner, sense));
  // The lead of the pattern may be empty, which `take` skips: look at bare starts by hand.
  const bareStart = /(?<![a-z\d/.,])(?=(?:ngay +)?\d{1,2} ?[/.]|thang +\d|quy +[ivl1-4])/g;
  for (let match = bareStart.exec(stretch.text); match; match = bareStart.exec(stretch.text)) {
    const found = rangeAt(stretch.text, match, joiner, sense);
    if (found) {
      stretch.facts.push(found);
      stretch.hide(found.start, found.end);
    }
    bareStart.lastIndex = match.index + 1;
  }
}

function rangeAt(text: string, match: RegExpExecArray, joiner: RegExp, sense: DateSense): Fact | null {
  const led = match[0].trim() !== '';
  const at = match.index + match[0].length;
  const rest = text.slice(at, at + 140);
  let first = spanAt(rest);
  let joined = first ? joiner.exec(rest.slice(first.length)) : null;
  if (!joined) {
    // "từ ngày 05 đến ngày 15/8": the first day waits for the second's month.
    const only = led ? DAY_ONLY.exec(rest) : null;
    joined = only ? joiner.exec(rest.slice(only[0].length)) : null;
    if (!only || !joined) return openEnded(text, match, first, rest, sense);
    const day = Number(only[1]);
    first = {
      length: only[0].length,
      year: null,
      first: () => null,
      last: () => null,
      exact: true,
      month: 0,
      dayOnly: day,
    };
  }
  if (!first) return null;
  const after = first.length + joined[0].length;
  const second = spanAt(rest.slice(after));
  const from = (year: number): string | null =>
    first.dayOnly === undefined ? first.first(year) : dayOf(year, second?.month ?? 0, first.dayOnly);
  if (!second) {
    const start = led ? from(first.year ?? sense.year) : null;
    return start
      ? { kind: 'window', from: start, to: null, start: match.index, end: at + first.length }
      : null;
  }
  if (!led && !first.exact && !/thang|quy/.test(rest.slice(0, 6))) return null;
  const endYear =
    second.year ??
    (first.year !== null && first.month > second.month ? first.year + 1 : (first.year ?? sense.year));
  const startYear =
    first.year ?? (first.dayOnly === undefined && first.month > second.month ? endYear - 1 : endYear);
  const rolled =
    second.year === null && first.year === null && first.month > second.month && first.dayOnly === undefined;
  const to = second.last(rolled ? endYear + 1 : endYear);
  const start = from(rolled ? endYear : startYear);
  if (!start || !to || start > to) return null;
  return { kind: 'window', from: start, to, start: match.index, end: at + after + second.length };
}

/** "từ ngày 16/4/2024" without an end the calendar knows. */
function openEnded(
  text: string,
  match: RegExpExecArray,
  first: Span | null,
  rest: string,
  sense: DateSense,
): Fact | null {
  if (!first?.exact || !/\btu\b/.test(match[0])) return null;
  if (/^ ?(?:ve truoc|tro ve truoc)/.test(rest.slice(first.length))) return null;
  const from = first.first(first.year ?? sense.year);
  return from
    ? {
        kind: 'window',
        from,
        to: null,
        start: match.index,
        end: match.index + match[0].length + first.length,
      }
    : null;
}

const BEFORE =
  '(?:xong |hoan thanh |gui |nop )?(?:truoc|cham nhat|muon nhat|khong muon hon|khong qua|khong cham qua|han cuoi|han chot|thoi han|han nop|deadline)(?: la| vao| den| trong)?(?: het)?(?: ngay)?:?';
const UNTIL =
  '(?:den|toi|cho den)(?: het| cuoi)?|het|truoc khi ket thuc|hoan thanh(?: xong)?(?: vao| trong)?(?: het)?|xong(?: vao| trong)?';
const WITHIN =
  'trong(?: ca| vong)?|vao(?: cuoi| trong| khoang)?|thoi gian(?: thuc hien| hoan thanh| trien khai)?(?: la)?:?|thoi diem:?|dip|cuoi|ngay|sang|chieu|toi|luc|du kien(?: vao)?|lan \\d:?|dot \\d:?|phien \\w+:?|ky \\w+:?';
const LED_RX = bareRx(
  String.raw`(?<![a-z])(?:(${BEFORE})|(${UNTIL})|(${WITHIN})) ?(?:(?:vao )?(?:luc )?${TIME} ?,? ?(?:cua )?(?:sang|chieu|thu (?:hai|ba|tu|nam|sau|bay|2|3|4|5|6|7)|chu nhat)?,? ?(?:\(?ngay |ngay )?)?(?=ngay|cuoi|het|trong|thang|quy|nam|\d|sau thang|6|06)`,
);

function takeDeadlines(stretch: Stretch, sense: DateSense): void {
  stretch.take(LED_RX, (match) => {
    const at = match.index + match[0].length;
    const span = spanAt(stretch.text.slice(at, at + 60));
    if (!span) return null;
    const led = match[1] !== undefined || match[2] !== undefined;
    // A year alone is a deadline only when something says so: "đến năm 2025", not "trong năm 2025".
    if (
      !span.exact &&
      /^(?:trong +)?nam/.test(stretch.text.slice(at)) &&
      !led &&
      !/(?:cuoi|het) *$/.test(match[0])
    )
      return null;
    const date = span.last(span.year ?? sense.year);
    if (!date) return null;
    // "trước tháng 6" ends before June begins; the contract writes a day as itself, a month by its last day.
    const first =
      match[1] !== undefined && !span.exact && /truoc/.test(match[1])
        ? span.first(span.year ?? sense.year)
        : null;
    const time = match[4] === undefined ? null : clock(match[4], match[5], match[0]);
    return {
      kind: 'end',
      date: first ?? date,
      time,
      before: match[1] !== undefined,
      start: match.index,
      end: at + span.length,
    };
  });
  // "17 giờ 00 ngày 05/9", "(ngày 15/3/2025)", "15/3/2025" on its own: a day named is a day meant.
  takeNamedMonths(stretch, sense);
  const loose = bareRx(
    String.raw`(?<![a-z\d/.,-])(?:(?:truoc |luc |vao )?${TIME} ?,? ?)?(?:ngay )?(?=\d{1,2} ?[/.] ?\d{1,2} ?[/.] ?(?:20)\d\d(?!\d)|\d{1,2} thang \d{1,2}(?! (?:lan|luot|buoi|ky|cuoc|dot|phien)(?![a-z])))`,
  );
  const bare = new RegExp(loose.source.replace(/\(\?<!/, '(?<!'), 'g');
  for (let match = bare.exec(stretch.text); match; match = bare.exec(stretch.text)) {
    const at = match.index + match[0].length;
    const span = daySpan(stretch.text.slice(at, at + 60));
    const date = span?.last(span.year ?? sense.year);
    if (span && date) {
      const time = match[1] === undefined ? null : clock(match[1], match[2], match[0]);
      stretch.facts.push({
        kind: 'end',
        date,
        time,
        before: false,
        start: match.index,
        end: at + span.length,
      });
      stretch.hide(match.index, at + span.length);
    }
    bare.lastIndex = Math.max(at, match.index + 1);
  }
}

/** "(tháng 8/2025)", ": quý II năm 2019", "kỳ sinh hoạt chi bộ tháng 10/2026": a month or quarter told with its year, or alone behind a colon. */
function takeNamedMonths(stretch: Stretch, sense: DateSense): void {
  const named = bareRx('(?<![a-z])(?=(?:thang \\d|quy [ivl1-4]))');
  for (let match = named.exec(stretch.text); match; match = named.exec(stretch.text)) {
    named.lastIndex = match.index + 1;
    const span = spanAt(stretch.text.slice(match.index, match.index + 40));
    if (!span) continue;
    const before = stretch.text.slice(Math.max(0, match.index - 24), match.index);
    const alone =
      /[(:] *$/.test(before) && /^ *(?:[);,.]|$)/.test(stretch.text.slice(match.index + span.length));
    if (span.year === null ? !alone : span.year < sense.year || /(?:tu|so|ky|dau|giua|hoc) *$/.test(before))
      continue;
    const date = span.last(span.year ?? sense.year);
    if (!date) continue;
    stretch.facts.push({
      kind: 'end',
      date,
      time: null,
      before: false,
      start: match.index,
      end: match.index + span.length,
    });
    stretch.hide(match.index, match.index + span.length);
  }
}

const MORNING = { name: 'early-morning', from: '05:00', to: '07:30' };
const HALVES: [RegExp, { name: string; from: string; to: string }][] = [
  [/sang som/, MORNING],
  [/(?:buoi )?chieu toi/, { name: 'late-afternoon', from: '16:30', to: '19:00' }],
  [/buoi trua/, { name: 'noon', from: '11:00', to: '13:00' }],
];

function takeHours(stretch: Stretch): void {
  const range = bareRx(String.raw`(?:(?:tu|khoang) )?${TIME} ?(?:-|den|toi) ?${TIME}`);
  stretch.take(range, (match) => {
    const from = clock(
      match[1],
      match[2],
      /chieu|toi/.test(match[0]) ? match[0].slice(0, match[0].length / 2) : '',
    );
    const to = clock(match[3], match[4], match[0].slice(match[0].length / 2));
    if (!from || !to) return null;
    const name =
      from < '10:00' ? 'morning' : from < '13:00' ? 'noon' : from < '18:00' ? 'afternoon' : 'evening';
    return {
      kind: 'hours',
      windows: [{ name, from, to }],
      start: match.index,
      end: match.index + match[0].length,
    };
  });
  stretch.take(
    bareRx('(?:cac |vao )*(?:khung gio|buoi|thoi diem)(?: (?!hang|moi|tung|tu|tren|tai)[a-z]+,?){0,8}'),
    (match) => {
      const windows = HALVES.flatMap(([words, window]) => (words.test(match[0]) ? [window] : []));
      if (windows.length === 0) return null;
      return { kind: 'hours', windows, start: match.index, end: match.index + match[0].trimEnd().length };
    },
  );
}

/** "trước 10h00 thứ Sáu": the weekday belongs to the hour, unless a rhythm behind it takes it. */
const TIME_LEFT = bareRx(
  String.raw`(?<![a-z])(truoc|cham nhat(?: la| vao| luc)?|muon nhat(?: la| vao)?|khong muon hon|luc|vao luc|vao|den) ${TIME}(?:,? (?:cac )?(?:ngay )?((?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?![a-z\d/]))(?! ?(?:,|va|-)? ?(?:cua )?(?:thu|chu nhat|hang|moi|dinh ky|trong)(?![a-z])))?`,
);
export function takeTimes(stretch: Stretch): void {
  stretch.take(TIME_LEFT, (match) => {
    const time = clock(match[2], match[3], match[0]);
    if (!time) return null;
    const before = !/^(?:luc|vao|den)/.test(match[1] ?? '');
    const place = { start: match.index, end: match.index + match[0].length };
    return { kind: 'time', time, before, weekdays: weekdaysIn(match[4] ?? ''), ...place };
  });
}

const RELATIVE_RX = bareRx(
  String.raw`(?<![a-z])(?:(?:cham nhat|trong vong|trong thoi han|trong thoi gian|trong|sau|khong qua|truoc|it nhat|toi thieu|dung)(?: la| khong qua)? ){0,2}(\d{1,3}|MOT|HAI|BA|BAY|MUOI) (ngay|gio|tuan)( lam viec)?(?: \(\d+\))?,? (?:(ke tu|tinh tu|tu|sau|truoc|truoc khi|sau khi)(?: khi| thoi diem)? )([^.;,()\n]{3,70})`,
);
const REVERSED_RX = bareRx(
  String.raw`(?<![a-z])(truoc|sau)(?: khi| ngay)? ([^.;,()\n\d]{3,40}?) (?:it nhat|toi thieu|cham nhat|khong qua|trong vong)(?: la)? (\d{1,3}|MOT|HAI|BA|BAY|MUOI) (ngay|gio|phut|tuan)( lam viec)?`,
);
const PLAIN_TERM = bareRx(
  String.raw`(?<![a-z])(?:trong vong|trong thoi han|cham nhat(?: la| sau)?|khong qua) (\d{1,3}) (ngay|gio)( lam viec)?(?![a-z/ ]*(?:/|lan))`,
);
const daysIn = (n: number, unit: string): number => (unit === 'tuan' ? n * 7 : unit === 'ngay' ? n : 0);

/** The day a term counts from: its own ("10 ngày kể từ ngày 05/9"), or that of an event the paper dates. */
function firstDay(event: string, before: boolean, sense: DateSense): string | undefined {
  const named = daySpan(event);
  if (named) return named.last(named.year ?? sense.year) ?? undefined;
  return sense.events.find(
    (one) => (one.before === undefined || one.before === before) && event.includes(one.words),
  )?.on;
}

function takeRelative(stretch: Stretch, sense: DateSense): void {
  const fact = (
    start: number,
    end: number,
    days: number,
    working: boolean,
    before: boolean,
    event: string,
  ): Fact => {
    const direction = before ? 'before' : 'after';
    // "sau mỗi đợt" happens several times; "trong vòng 10 ngày trước" is a stretch, not a day.
    const several = /(?:moi|tung|sau cac) |dot \d/.test(
      `${event} ${/(?:moi|tung|sau cac) (?:dot|vong|ky|buoi|lan)/.test(stretch.text) ? 'moi dot' : ''} `,
    );
    const vague =
      working ||
      several ||
      days === 0 ||
      (before && /trong vong/.test(stretch.text.slice(start, start + 12)));
    const on = vague ? undefined : firstDay(event, before, sense);
    if (on)
      return { kind: 'end', date: addDays(on, before ? -days : days), time: null, before: false, start, end };
    return { kind: 'relative', relative: { days, working, direction, event: event.trim() }, start, end };
  };
  stretch.take(RELATIVE_RX, (match) => {
    const days = daysIn(numberOf(match[1] ?? ''), match[2] ?? '');
    // "trong 02 ngày, từ 27/10 đến 28/10" gives the days themselves; "tự kiểm tra" is no "từ".
    if (/^tu (?:nam|thang|ngay \d|\d|nay)/.test(`${match[4] ?? ''} ${match[5] ?? ''}`)) return null;
    return fact(
      match.index,
      match.index + match[0].length,
      days,
      match[3] !== undefined,
      /^truoc/.test(match[4] ?? ''),
      match[5] ?? '',
    );
  });
  stretch.take(REVERSED_RX, (match) =>
    fact(
      match.index,
      match.index + match[0].length,
      daysIn(numberOf(match[3] ?? ''), match[4] ?? ''),
      match[5] !== undefined,
      match[1] === 'truoc',
      match[2] ?? '',
    ),
  );
  stretch.take(PLAIN_TERM, (match) =>
    fact(
      match.index,
      match.index + match[0].length,
      daysIn(numberOf(match[1] ?? ''), match[2] ?? ''),
      match[3] !== undefined,
      false,
      '',
    ),
  );
}

/** "các tháng 6, 7 và 8/2025" runs from the first to the last of them. */
function takeMonthList(stretch: Stretch, sense: DateSense): void {
  stretch.take(
    bareRx(
      '(?<![a-z])(?:cac )?thang (\\d{1,2})(?:, ?\\d{1,2})*(?:,| va) ?(\\d{1,2})(?: ?/ ?(20\\d\\d)| nam (20\\d\\d))?(?![\\d/.%]|,\\d| ?(?:ngay|[a-z]+/))',
    ),
    (match) => {
      const [first, last] = [Number(match[1]), Number(match[2])];
      const year = Number(match[3] ?? match[4] ?? sense.year);
      if (first >= last || last > 12 || first < 1) return null;
      const to = addDays(
        dayOf(last === 12 ? year + 1 : year, last === 12 ? 1 : last + 1, 1) ?? `${year}-12-31`,
        -1,
      );
      return {
        kind: 'window',
        from: dayOf(year, first, 1),
        to,
        start: match.index,
        end: match.index + match[0].length,
      };
    },
  );
}

export function takeDates(stretch: Stretch, sense: DateSense): void {
  // "tuần 3 tháng 5" is a week, not the third of May.
  stretch.take(
    bareRx('(?<![a-z])tuan (?:thu )?\\d(?: ?- ?\\d)? (?:cua )?thang \\d{1,2}(?: ?/ ?\\d{4}| nam \\d{4})?'),
    (match) => ({
      kind: 'odd',
      what: 'deadline',
      start: match.index,
      end: match.index + match[0].length,
    }),
  );
  takeMonthList(stretch, sense);
  takeHours(stretch);
  takeRelative(stretch, sense);
  takeRanges(stretch, sense);
  takeDeadlines(stretch, sense);
}
