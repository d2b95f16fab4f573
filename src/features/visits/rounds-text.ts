// The schedule in the words of three channels: a message for the group's chat, a text for the loudspeaker, a slip for the
// door. No telephone number of anybody stands in any of them. Vietnamese in both languages: these are the ward's own
// announcements. Pure.
import { weekday } from '#core/calendar.ts';

export interface Round {
  readonly lane: string;
  readonly onDay: string;
  readonly fromTime: string;
  readonly toTime: string;
  readonly team: readonly string[];
}
export interface Announcement {
  readonly ward: string;
  readonly group: string;
  readonly rounds: readonly Round[];
}

const DAYS = ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'];
const parts = (day: string) => day.split('-').map(Number);

/** "Thứ Ba 05/8". */
export function shownDay(day: string): string {
  const [, month = 0, date = 0] = parts(day);
  return `${DAYS[weekday(day) % 7] ?? ''} ${String(date).padStart(2, '0')}/${month}`;
}

/** "19h30" as written; whole hours without noughts when spoken: "19 giờ 30". */
const shownTime = (time: string): string => time.replace(':', 'h');
const spokenTime = (time: string): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return minute === 0 ? `${hour} giờ` : `${hour} giờ ${minute}`;
};

/** Lanes walked by the same people at the same hours are one line. */
function lines(rounds: readonly Round[]): { round: Round; lanes: string[] }[] {
  const keyed = Map.groupBy(
    rounds,
    ({ onDay, fromTime, toTime, team }) => `${onDay} ${fromTime} ${toTime} ${team.join()}`,
  );
  return [...keyed]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, list]) => (list[0] ? [{ round: list[0], lanes: list.map(({ lane }) => lane) }] : []));
}

export const PROMISE = 'Tổ công tác không hỏi mã OTP, số tài khoản, không thu tiền.';

export const zaloText = ({ ward, group, rounds }: Announcement): string =>
  [
    `LỊCH ĐẾN NHÀ · ${group}, ${ward}`,
    ...lines(rounds).map(
      ({ round, lanes }) =>
        `• ${shownDay(round.onDay)}, ${shownTime(round.fromTime)} đến ${shownTime(round.toTime)}: ${lanes.join(', ')} (${round.team.join(', ')})`,
    ),
    `Kính mong ông/bà có mặt ở nhà. ${PROMISE}`,
  ].join('\n');

export function loudspeakerText({ ward, group, rounds }: Announcement): string {
  const said = lines(rounds).map(({ round, lanes }) => {
    const [, month = 0, date = 0] = parts(round.onDay);
    const day = `${DAYS[weekday(round.onDay) % 7] ?? ''} ngày ${date} tháng ${month}`;
    return `${day}, từ ${spokenTime(round.fromTime)} đến ${spokenTime(round.toTime)}, tổ công tác đến ${lanes.join(', ')}. Đi cùng có ${round.team.join(', ')}.`;
  });
  return [
    `${group}, ${ward} xin thông báo lịch tổ công tác đến từng nhà.`,
    ...said,
    'Kính mong bà con có mặt ở nhà.',
    PROMISE,
    'Xin trân trọng cảm ơn.',
  ].join('\n');
}
