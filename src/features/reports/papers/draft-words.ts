/**
 * A ward report in administrative Vietnamese, drafted from frozen figures. Nothing is asserted that the data does not
 * hold: what is missing is said to be missing, and no cause, praise or blame is made up. The office edits it afterwards.
 */
import type { DateOn } from '#core/calendar.ts';
import type { Measure } from '#features/reports/figures.ts';
import { vnCount, vnDay, vnNumber, vnShare } from '#features/reports/morning-text.ts';
import type { PaperWords, ReportData } from '#features/reports/papers/report-data.ts';

const vnFullDay = (day: DateOn): string => `${vnDay(day)}/${day.slice(0, 4)}`;
const vnHour = (time: string): string => `${time.replace(':', 'h')}'`;

type Find = (measure: Measure) => ReportData['figures'][number] | undefined;

const names = (list: readonly string[]): string => list.join(', ');

/** "lũy kế 4.716/4.872 hộ (đạt 96,8%)" */
function sum(find: Find, households: number | null, measure: Measure): string {
  const figure = find(measure);
  if (!figure || figure.total === null) return 'chưa có số liệu lũy kế';
  const of = households === null ? '' : `/${vnNumber(households)}`;
  const share =
    figure.share !== null
      ? ` (đạt ${vnShare(figure.share)})`
      : figure.exceeds
        ? ' (vượt số hộ, đang đối chiếu)'
        : '';
  const listed =
    figure.itemisedTotal === null || figure.itemisedTotal === 0
      ? ''
      : `, trong đó ${vnNumber(figure.itemisedTotal)} hộ đã có danh sách`;
  return `lũy kế ${vnNumber(figure.total)}${of} hộ${share}${listed}`;
}

function dayOf(find: Find, measure: Measure, word: string): string {
  const day = find(measure)?.day ?? null;
  return day === null ? '' : `trong ngày ${word} ${vnCount(day)} hộ; `;
}

function arrival(data: ReportData): string[] {
  const daily = data.kind === 'daily-report';
  const morning = data.mornings.at(-1);
  if (!morning) return ['Chưa có số liệu theo dõi việc gửi báo cáo nhanh của các tổ dân phố trong kỳ.'];
  if (!daily) {
    const owed = data.mornings.reduce((all, one) => all + one.owed, 0);
    const sumOf = (count: (one: ReportData['mornings'][number]) => number) =>
      data.mornings.reduce((all, one) => all + count(one), 0);
    const excused = sumOf((one) => one.excused.length);
    return [
      `Trong kỳ có ${vnCount(data.mornings.length)} buổi sáng báo cáo nhanh với ${vnNumber(owed)} lượt báo cáo phải gửi trước ${vnHour(data.dueTime)}; tại thời điểm ${vnHour(data.dueTime)} đã nhận đúng giờ ${vnNumber(sumOf((one) => one.onTime))} lượt, đúng giờ do nhập thay ${vnCount(sumOf((one) => one.forAnother))} lượt, không có số liệu ${vnCount(sumOf((one) => one.noFigures.length))} lượt, chưa nhận được ${vnNumber(sumOf((one) => one.missing.length))} lượt${excused > 0 ? `, được miễn ${vnCount(excused)} lượt` : ''}.`,
    ];
  }
  const parts = [
    `đúng giờ ${vnCount(morning.onTime)} tổ`,
    ...(morning.forAnother > 0 ? [`đúng giờ do nhập thay ${vnCount(morning.forAnother)} tổ`] : []),
    ...(morning.noFigures.length > 0
      ? [`không có số liệu ${vnCount(morning.noFigures.length)} tổ (${names(morning.noFigures)})`]
      : []),
    ...(morning.missing.length > 0
      ? [`chưa nhận được báo cáo của ${vnCount(morning.missing.length)} tổ (${names(morning.missing)})`]
      : []),
    ...(morning.excused.length > 0
      ? [`được miễn ${vnCount(morning.excused.length)} tổ (${names(morning.excused)})`]
      : []),
  ];
  return [
    `Tại thời điểm ${vnHour(data.dueTime)} ngày ${vnFullDay(morning.on)}, trong tổng số ${vnCount(morning.owed)} tổ dân phố: ${parts.join('; ')}.`,
    `Đến thời điểm chốt số liệu, ${vnCount(data.told)}/${vnCount(data.groups)} tổ dân phố đã gửi báo cáo của ngày.`,
  ];
}

const EVENTS: readonly (readonly [Measure, string])[] = [
  ['posts', 'tin, bài đăng trên các nhóm Zalo, trang mạng xã hội'],
  ['broadcasts', 'lượt phát trên loa truyền thanh'],
  ['leaflets', 'tờ rơi'],
  ['notices', 'pano, băng-rôn, thông báo'],
  ['sessions', 'buổi họp, sinh hoạt'],
];

function results(data: ReportData): string[] {
  const find: Find = (measure) => data.figures.find((one) => one.measure === measure);
  const daily = data.kind === 'daily-report';
  const word = (measure: Measure, text: string) => (daily ? dayOf(find, measure, text) : '');
  const members = find('zaloMembers')?.total ?? null;
  const groups = find('zaloGroups')?.total ?? null;
  const events = EVENTS.flatMap(([measure, text]) => {
    const count = data.events[measure];
    return count === undefined ? [] : [`${vnCount(count)} ${text}`];
  });
  const tips = data.events['tips'];
  const lines = [
    `Tuyên truyền trực tiếp tại hộ: ${word('reached', 'tuyên truyền')}${sum(find, data.households, 'reached')}.`,
    `Ký cam kết: ${word('pledged', 'vận động ký')}${sum(find, data.households, 'pledged')}.`,
    ...(members === null
      ? []
      : [
          `Nhóm Zalo: ${groups === null ? '' : `${vnCount(groups)} nhóm với `}${vnNumber(members)} thành viên.`,
        ]),
    ...(events.length === 0
      ? []
      : [`Hình thức khác ${daily ? 'trong ngày' : 'trong kỳ'}: ${events.join('; ')}.`]),
    ...(tips === undefined
      ? []
      : [
          tips === 0
            ? 'Tin báo: các tổ dân phố báo cáo không có.'
            : `Tin báo: các tổ dân phố báo cáo ${vnCount(tips)} tin.`,
        ]),
    ...data.stated.map(
      ({ figure, value, ofOn, source }) =>
        `${figure}: ${vnNumber(value)} (tính đến ngày ${vnFullDay(ofOn)}, nguồn: ${source}).`,
    ),
  ];
  return lines.map((line, n) => `${n + 1}. ${line}`);
}

function shortcomings(data: ReportData): string[] {
  const silent = data.lines.filter(({ told, undivided }) => !told && !undivided);
  const late = data.mornings.flatMap((one) => one.late);
  const differences = data.figures.flatMap(({ measure, differences: list, itemisedTotal }) =>
    itemisedTotal === null || (measure !== 'reached' && measure !== 'pledged')
      ? []
      : list.map((one) => ({ ...one, what: measure === 'reached' ? 'hộ tuyên truyền' : 'hộ ký cam kết' })),
  );
  const open = differences.filter(({ reason, unstated }) => reason === '' && unstated !== true);
  const unstated = differences.filter((one) => one.unstated === true);
  const lines = [
    ...(silent.length > 0
      ? [
          `${vnCount(silent.length)} tổ dân phố chưa gửi báo cáo của ngày ${vnDay(data.toOn)}; lũy kế của các tổ này được giữ theo báo cáo gần nhất: ${names(
            silent.map(({ name, carriedFrom }) =>
              carriedFrom === null ? `${name} (chưa có số liệu)` : `${name} (số đến ${vnDay(carriedFrom)})`,
            ),
          )}.`,
        ]
      : []),
    ...(late.length > 0
      ? [
          `Có ${vnCount(late.length)} lượt báo cáo gửi sau ${vnHour(data.dueTime)}: ${names(late.slice(0, 20).map(({ name, minutes }) => `${name} (chậm ${minutes} phút)`))}${late.length > 20 ? ' …' : ''}.`,
        ]
      : []),
    ...open.map(
      ({ what, count }) =>
        `Số ${what} do tổ dân phố báo cáo ${count > 0 ? 'nhiều' : 'ít'} hơn số đã có danh sách ${vnNumber(Math.abs(count))} hộ, cần đối chiếu.`,
    ),
    ...unstated.map(
      ({ what, count }) =>
        `Còn tổ dân phố chưa nêu số ${what}, trong khi đã có danh sách ${vnNumber(Math.abs(count))} hộ, cần đối chiếu.`,
    ),
  ];
  return lines.length === 0
    ? ['Qua số liệu trong kỳ, chưa ghi nhận tổ dân phố chậm hoặc thiếu báo cáo.']
    : lines.map((line, n) => `${n + 1}. ${line}`);
}

function next(data: ReportData): string[] {
  const reached = data.figures.find(({ measure }) => measure === 'reached')?.total ?? null;
  const left = data.households !== null && reached !== null ? data.households - reached : null;
  const lines = [
    left !== null && left > 0
      ? `Tiếp tục tuyên truyền trực tiếp, vận động ký cam kết đối với ${vnNumber(left)} hộ chưa tiếp cận.`
      : 'Tiếp tục duy trì công tác tuyên truyền theo kế hoạch.',
    ...(data.lines.some(({ told }) => !told)
      ? [`Đôn đốc các tổ dân phố chưa báo cáo gửi báo cáo nhanh trước ${vnHour(data.dueTime)} hằng ngày.`]
      : []),
    ...(data.figures.some(({ differences }) => differences.some(({ reason }) => reason === ''))
      ? ['Đối chiếu số liệu báo cáo với danh sách hộ trước khi tổng hợp báo cáo kết quả của đợt.']
      : []),
  ];
  return lines.map((line, n) => `${n + 1}. ${line}`);
}

function subjectOf(data: ReportData): string {
  const name = data.campaign.name.charAt(0).toLocaleLowerCase('vi') + data.campaign.name.slice(1);
  const period = `từ ngày ${vnDay(data.fromOn)} đến ngày ${vnFullDay(data.toOn)}`;
  switch (data.kind) {
    case 'daily-report':
      return `Kết quả thực hiện ${name} (số liệu báo cáo nhanh ngày ${vnFullDay(data.toOn)})`;
    case 'final-report':
      return `Kết quả thực hiện ${name} (${period})`;
    default:
      return `Tình hình, kết quả thực hiện ${name} (${period})`;
  }
}

const windowText = (data: ReportData): string =>
  data.window === 'day-before'
    ? 'số liệu ngày tính từ 00h00 đến 24h00 của ngày liền trước ngày báo cáo'
    : `số liệu ngày tính từ ${vnHour(data.dueTime)} hôm trước đến ${vnHour(data.dueTime)} ngày báo cáo`;

export function draftWords(data: ReportData, basis: string, issuer: string): PaperWords {
  const ground = basis === '' ? '' : `Thực hiện ${basis}, `;
  const who = ground === '' ? issuer : issuer.charAt(0) + issuer.slice(1);
  return {
    kind: 'BÁO CÁO',
    subject: subjectOf(data),
    intro: `${ground}${who} báo cáo kết quả như sau (${windowText(data)}; giờ hạn gửi báo cáo nhanh ${vnHour(data.dueTime)}):`,
    sections: [
      { title: 'I. CHẾ ĐỘ BÁO CÁO CỦA CÁC TỔ DÂN PHỐ', paragraphs: arrival(data) },
      { title: 'II. KẾT QUẢ', paragraphs: results(data) },
      { title: 'III. TỒN TẠI, HẠN CHẾ', paragraphs: shortcomings(data) },
      { title: 'IV. PHƯƠNG HƯỚNG', paragraphs: next(data) },
    ],
  };
}
