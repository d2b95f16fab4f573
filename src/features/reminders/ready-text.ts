/**
 * A reminder as a polite letter, ready to be pasted into Zalo or sent as a text message. Always Vietnamese, whatever the
 * language of the screen: it goes to people of the ward, in the plan's own words. Hours are written as papers write them
 * (07h30').
 */
import type { Role } from '#platform/api/actor.ts';
import { addDays } from '#core/calendar.ts';
import { dayOf, timeOf, type Instant } from '#core/clock.ts';

export interface Addressee {
  readonly role: Role;
  readonly name: string;
  /** "Trưởng Công an phường"; null: none is known. */
  readonly title: string | null;
  /** Short name of the group or unit: "TDP 7", "Công an phường". */
  readonly place: string;
}

export interface Matter {
  readonly what: 'duty' | 'report' | 'target';
  /** The plan's own words. */
  readonly title: string;
  /** To whom a report goes; null: to the unit that leads the campaign. */
  readonly to: string | null;
  /** Short name of the group it is owed in; null: owed by the unit itself. */
  readonly place: string | null;
  readonly dueAt: Instant;
}

/** "07h30'" */
export const hour = (at: Instant): string => timeOf(at).replace(':', 'h') + "'";

/** "08h30'", "08h30' ngày 06/8", "hết ngày 05/8" for a midnight; the day is named where it is not today's. */
export function deadline(dueAt: Instant, now: Instant): string {
  const day = (text: string) => `${text.slice(8, 10)}/${Number(text.slice(5, 7))}`;
  const dueOn = dayOf(dueAt);
  if (timeOf(dueAt) === '00:00') {
    const last = addDays(dueOn, -1);
    return last === dayOf(now) ? 'hết ngày hôm nay' : `hết ngày ${day(last)}`;
  }
  return dueOn === dayOf(now) ? hour(dueAt) : `${hour(dueAt)} ngày ${day(dueOn)}`;
}

interface Form {
  readonly greeting: string;
  readonly you: 'ông/bà' | 'đồng chí';
  /** Does it themselves, or sees to it that others do. */
  readonly does: boolean;
}

/** Citizens and leaders of groups are "ông/bà", police and officials "đồng chí". */
export function formOf({ role, name, title, place }: Addressee): Form {
  switch (role) {
    case 'group-leader':
      return { greeting: `ông/bà Tổ trưởng ${place}`, you: 'ông/bà', does: true };
    case 'deputy-leader':
      return { greeting: `ông/bà Tổ phó ${place}`, you: 'ông/bà', does: true };
    case 'field-member':
      return { greeting: `ông/bà ${name}`, you: 'ông/bà', does: true };
    case 'area-officer':
      return { greeting: `đồng chí ${name}, Cảnh sát khu vực`, you: 'đồng chí', does: false };
    case 'unit-head':
    case 'leader':
      return { greeting: `đồng chí ${title ?? `lãnh đạo ${place}`}`, you: 'đồng chí', does: true };
    default:
      return { greeting: `đồng chí ${name}`, you: 'đồng chí', does: true };
  }
}

const lower = (text: string): string => (/^Báo cáo\b/.test(text) ? text.replace(/^B/, 'b') : text);

/** "báo cáo nhanh", 'minh chứng về việc "Đăng bài lên nhóm Zalo"' */
function lacking({ what, title }: Matter): string {
  const words = title.trim().replace(/[.;,]+$/, '');
  return what === 'report' ? lower(words) : `minh chứng về việc “${words}”`;
}

/** @param sender who reminds, such as "Công an phường" */
export function readyText(
  addressee: Addressee,
  matters: readonly Matter[],
  sender: string,
  now: Instant,
): string {
  const [first, ...more] = matters;
  const { greeting, you, does } = formOf(addressee);
  if (!first) throw new Error('a reminder of nothing');
  // An officer looks after several groups, so each matter says where.
  const where = (matter: Matter) => (does || matter.place === null ? '' : ` của ${matter.place}`);
  const opening = `Kính gửi ${greeting}: đến ${hour(now)}`;
  if (more.length === 0) {
    const receiver = first.to ?? sender;
    const isLate = now >= first.dueAt;
    const lack = `${receiver} chưa nhận được ${lacking(first)}${where(first)}`;
    const until = deadline(first.dueAt, now);
    const verb = !does ? 'đôn đốc để có' : first.what === 'report' ? 'gửi' : 'hoàn thành và ghi nhận';
    return isLate
      ? `${opening} ${lack} (hạn ${until}). Kính mong ${you} ${does ? verb : 'đôn đốc giúp'} sớm. Trân trọng.`
      : `${opening} ${lack}. Kính mong ${you} ${verb} ${before(until)}. Trân trọng.`;
  }
  const list = matters
    .map((matter, n) => `(${n + 1}) ${lacking(matter)}${where(matter)}, hạn ${deadline(matter.dueAt, now)}`)
    .join('; ');
  const ask = does ? 'hoàn thành' : 'đôn đốc';
  const late = matters.some(({ dueAt }) => now >= dueAt);
  return `${opening} ${sender} chưa nhận được: ${list}. Kính mong ${you} ${ask} ${late ? 'sớm' : 'đúng hạn'}. Trân trọng.`;
}

/** "trước 08h30'", but "trong hết ngày" is no Vietnamese: "trước khi hết ngày 05/8". */
const before = (until: string): string => (until.startsWith('hết') ? `trước khi ${until}` : `trước ${until}`);

/** `sms:` with the text, as RFC 5724 writes it; both Android and iOS read `?body=`. */
export const smsLink = (phone: string, text: string): string =>
  `sms:${phone}?body=${encodeURIComponent(text)}`;

export const telLink = (phone: string): string => `tel:${phone}`;
