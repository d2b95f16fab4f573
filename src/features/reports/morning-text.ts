/**
 * The text an officer copies at 08:31. Vietnamese only: it goes to Vietnamese superiors, whatever language the screen
 * is in. It says what came, what did not and of which morning a silent group's total is.
 */
import type { DateOn } from '#core/calendar.ts';
import { timeOf, type Instant } from '#core/clock.ts';
import type { Measure } from '#features/reports/figures.ts';
import type { WardFigure, WardLine, WardSum } from '#features/reports/rollup.ts';

export interface MorningTold {
  readonly on: DateOn;
  /** The hour the text speaks of: the hour owed, or now while that is still to come. */
  readonly at: Instant | null;
  readonly sum: WardSum;
  readonly lines: readonly WardLine[];
  readonly nameOf: (areaId: string) => string;
}

/** 4716 → 4.716, as papers write it. */
export const vnNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '.');

/** 96.8 → 96,8%. */
export const vnShare = (share: number): string => `${String(share).replace('.', ',')}%`;

/** Counts below ten carry a zero in administrative writing: 04 TDP. */
export const vnCount = (value: number): string => (value < 10 ? `0${value}` : vnNumber(value));

/** ngày 05/8: days are padded, months only where they could be misread (01, 02). */
export const vnDay = (day: DateOn): string => {
  const month = Number(day.slice(5, 7));
  return `${day.slice(8, 10)}/${month <= 2 ? `0${month}` : month}`;
};

export const vnTime = (at: Instant): string => `${timeOf(at).replace(':', 'h')}'`;

function household(figure: WardFigure | undefined, word: string, households: number | null): string[] {
  if (!figure) return [];
  const day = figure.day === null ? [] : [`trong ngày ${word} ${vnCount(figure.day)} hộ`];
  if (figure.total === null) return day;
  const of = households === null ? '' : `/${vnNumber(households)}`;
  const share =
    figure.share !== null
      ? ` (${vnShare(figure.share)})`
      : figure.exceeds
        ? ' (vượt số hộ, đang đối chiếu)'
        : '';
  return [...day, `lũy kế ${word} ${vnNumber(figure.total)}${of} hộ${share}`];
}

const EVENTS: readonly (readonly [Measure, string, string])[] = [
  ['posts', 'tin, bài', ''],
  ['broadcasts', 'lượt loa truyền thanh', ''],
  ['leaflets', 'tờ rơi', ''],
  ['sessions', 'buổi họp, sinh hoạt', ''],
  ['tips', 'tin báo', ''],
];

/** The silent, by the morning their totals are of. */
export function silentText({ lines, nameOf }: Pick<MorningTold, 'lines' | 'nameOf'>): string {
  const silent = lines.filter(({ told, undivided }) => !told && !undivided);
  if (silent.length === 0) return '';
  const byDay = Map.groupBy(silent, ({ carriedFrom }) => carriedFrom ?? '');
  const parts = [...byDay]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, list]) => {
      const names = list.map(({ areaId }) => nameOf(areaId)).join(', ');
      return day === '' ? `${names} (chưa có số liệu)` : `${names} (lũy kế lấy số đến ${vnDay(day)})`;
    });
  return `${vnCount(silent.length)} TDP chưa báo cáo: ${parts.join('; ')}`;
}

export function morningText(told: MorningTold): string {
  const { sum, on, at } = told;
  const find = (measure: Measure) => sum.figures.find((one) => one.measure === measure);
  const until = at === null ? '' : `${vnTime(at)} `;
  const events = EVENTS.flatMap(([measure, word]) => {
    const day = find(measure)?.day ?? null;
    return day === null ? [] : [`${vnCount(day)} ${word}`];
  });
  const members = find('zaloMembers')?.total ?? null;
  const sentences = [
    [
      `Đến ${until}ngày ${vnDay(on)}: ${vnCount(sum.told)}/${vnCount(sum.groups)} TDP đã báo cáo`,
      ...household(find('reached'), 'tuyên truyền trực tiếp', sum.households),
      ...household(find('pledged'), 'ký cam kết', sum.households),
      ...(members === null ? [] : [`${vnNumber(members)} thành viên nhóm Zalo`]),
    ].join('; '),
    events.length === 0 ? '' : `Trong ngày: ${events.join(', ')}`,
    silentText(told),
  ].filter((sentence) => sentence !== '');
  return `${sentences.join('. ')}.`;
}
