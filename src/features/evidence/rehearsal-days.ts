// Four uneven days of a sample ward, drawn for whatever the plan asks: groups ahead, behind, late and silent; units that
// forgot a channel, entered something twice, were told by Zalo. Pure: the writing is rehearsal.server.ts.
import { instantOf } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { withLinked } from '#features/evidence/model.ts';
import type { Duty, PlanItem, PlanVersion } from '#features/plan/model.ts';

export interface SampleAct {
  readonly itemIds: readonly string[];
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly authorId: string;
  readonly doneAt: Instant;
  readonly receivedAt: Instant;
  readonly channel: string | null;
  readonly note: string | null;
  readonly link: string | null;
  readonly count: number;
  readonly picture: number | null;
  /** Entered by the duty desk for somebody whose message it holds. */
  readonly enteredBy: string | null;
  readonly undone: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
}

export interface SampleExcuse {
  readonly itemId: string;
  readonly areaId: string;
  readonly periodStart: string;
  readonly reason: string;
}

export interface SampleDays {
  readonly acts: readonly SampleAct[];
  readonly excuses: readonly SampleExcuse[];
}

export interface DayCast {
  readonly groups: readonly { readonly id: string; readonly leaderId: string; readonly households: number }[];
  /** Who does the work of a unit. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  readonly dutyDeskId: string;
}

const DAYS = ['2025-08-02', '2025-08-03', '2025-08-04', '2025-08-05'] as const;
const FULL_DAYS = DAYS.slice(0, 3);
const LAST = DAYS[3];
/** Nothing is drawn for a time that has not come when the rehearsal begins. */
const NOW = instantOf(LAST, '07:50');
const MINUTE = 60_000;

type Manner = 'ahead' | 'steady' | 'late' | 'by-hand' | 'behind' | 'silent';
/** Of ten groups: three far ahead, three as they should, one late, one by Zalo, one behind, one silent. */
const MANNERS: readonly Manner[] = [
  ...(['ahead', 'steady', 'late', 'steady', 'by-hand'] as const),
  ...(['ahead', 'behind', 'steady', 'ahead', 'silent'] as const),
];

const isDuty = (item: PlanItem): item is Duty => item.kind === 'duty';

class Drawing {
  readonly acts: SampleAct[] = [];
  readonly excuses: SampleExcuse[] = [];
  readonly #version: PlanVersion;
  readonly #chance: Chance;

  constructor(version: PlanVersion, chance: Chance) {
    this.#version = version;
    this.#chance = chance;
  }

  duties(wanted: (duty: Duty) => boolean): Duty[] {
    return this.#version.items.filter(isDuty).filter(wanted);
  }

  add(
    items: readonly PlanItem[],
    place: { areaId?: string; unitId?: string; authorId: string },
    when: { day: string; time: string; toldAfter?: number },
    what: Partial<SampleAct> = {},
  ): void {
    const doneAt = instantOf(when.day, when.time) + this.#chance.int(0, 40_000);
    const receivedAt = doneAt + (when.toldAfter ?? this.#chance.int(1, 6)) * MINUTE;
    if (items.length === 0 || receivedAt > NOW) return;
    this.acts.push({
      itemIds: withLinked(
        this.#version,
        items.map(({ id }) => id),
      ),
      areaId: place.areaId ?? null,
      unitId: place.unitId ?? null,
      authorId: place.authorId,
      doneAt,
      receivedAt,
      channel: null,
      note: null,
      link: null,
      count: 1,
      picture: null,
      enteredBy: null,
      undone: null,
      ...what,
    });
  }

  time(from: string, to: string): string {
    const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    const at = this.#chance.int(minutes(from), minutes(to));
    return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  }
}

/** The quick report of each morning. */
function drawReports(draw: Drawing, version: PlanVersion, cast: DayCast, mannerOf: (n: number) => Manner) {
  const daily = version.items.find(
    (item) => item.kind === 'report' && item.scope === 'group' && item.cadence?.per === 'day',
  );
  if (!daily) return;
  cast.groups.forEach((group, n) => {
    const manner = mannerOf(n);
    const place = { areaId: group.id, authorId: group.leaderId };
    DAYS.forEach((day, d) => {
      if (manner === 'silent' || (manner === 'behind' && d !== 1)) return;
      const late = manner === 'late' && d % 2 === 0;
      const at = late ? draw.time('08:36', '10:40') : draw.time('06:20', day === LAST ? '08:10' : '08:20');
      const note = d === 0 ? 'Bắt đầu đợt cao điểm, chưa phát sinh' : null;
      const told =
        manner === 'by-hand'
          ? { enteredBy: cast.dutyDeskId, note: 'Tổ trưởng gửi ảnh báo cáo qua Zalo', channel: 'zalo' }
          : { note };
      draw.add([daily], place, { day, time: at }, told);
    });
  });
  const silent = cast.groups.find((_, n) => mannerOf(n) === 'silent');
  if (silent) {
    const reason = 'Tổ trưởng nằm viện, tổ phó nhận việc từ 04/8';
    draw.excuses.push({ itemId: daily.id, areaId: silent.id, periodStart: DAYS[0], reason });
    draw.excuses.push({ itemId: daily.id, areaId: silent.id, periodStart: DAYS[1], reason });
  }
  const excused = cast.groups.filter((_, n) => mannerOf(n) === 'silent')[1];
  if (excused) {
    const reason = 'Tổ tổ chức tang lễ, đã xin phép Công an phường';
    draw.excuses.push({ itemId: daily.id, areaId: excused.id, periodStart: LAST, reason });
  }
}

/** The group's chat: made once, posted to every week. */
function drawChats(draw: Drawing, cast: DayCast, mannerOf: (n: number) => Manner): void {
  const chats = draw.duties((duty) => duty.scope === 'group' && duty.channels.includes('zalo-group'));
  const made = chats.filter((duty) => duty.cadence?.per !== 'week');
  const weekly = chats.filter((duty) => duty.cadence?.per === 'week');
  cast.groups.forEach((group, n) => {
    const manner = mannerOf(n);
    const place = { areaId: group.id, authorId: group.leaderId };
    const post = { channel: 'zalo-group', note: 'Đăng thủ đoạn giả danh công an, cách phòng tránh' };
    if (manner === 'silent') return;
    draw.add(
      made,
      place,
      { day: DAYS[n % 3] ?? LAST, time: draw.time('19:00', '21:00') },
      { channel: 'zalo-group' },
    );
    if (manner !== 'behind')
      draw.add(weekly, place, { day: DAYS[n % 2] ?? LAST, time: draw.time('18:30', '21:30') }, post);
    if (manner === 'ahead')
      draw.add(weekly, place, { day: DAYS[2], time: draw.time('18:30', '21:30') }, post);
  });
}

/** From door to door: so many homes a day, most of which sign. */
function drawVisits(draw: Drawing, cast: DayCast, chance: Chance, mannerOf: (n: number) => Manner): void {
  const visits = draw.duties(
    ({ scope, cadence, activity }) => scope === 'group' && cadence === null && activity === 'visit',
  );
  const pledges = draw.duties(
    ({ scope, cadence, activity }) => scope === 'group' && cadence === null && activity === 'pledge',
  );
  const share: Readonly<Record<Manner, number>> = {
    ahead: 0.12,
    steady: 0.075,
    late: 0.06,
    'by-hand': 0.05,
    behind: 0.015,
    silent: 0,
  };
  cast.groups.forEach((group, n) => {
    const place = { areaId: group.id, authorId: group.leaderId };
    for (const day of FULL_DAYS) {
      const met = Math.round(group.households * share[mannerOf(n)] * (0.6 + chance.next() * 0.8));
      if (met === 0) continue;
      const signed = Math.max(1, met - chance.int(0, Math.ceil(met / 8)));
      const time = draw.time('17:30', '20:45');
      draw.add(visits, place, { day, time }, { count: met, note: `Đã đến ${met} hộ` });
      draw.add(pledges, place, { day, time }, { count: signed, note: `${signed} hộ ký cam kết` });
    }
  });
}

const workers = (cast: DayCast, unitId: string | null): readonly string[] =>
  cast.units.get(unitId ?? '') ?? [];

/** The ward's loudspeakers: morning and evening, one day told too late, one entry taken back. */
function drawBroadcasts(draw: Drawing, cast: DayCast): void {
  const [loud] = draw
    .duties(
      (duty) => duty.scope === 'ward' && duty.cadence?.per === 'day' && duty.channels.includes('loudspeaker'),
    )
    .toReversed();
  const [authorId] = workers(cast, loud?.accountable ?? null);
  if (!loud || loud.accountable === null || authorId === undefined) return;
  const place = { unitId: loud.accountable, authorId };
  const spoken = { channel: 'loudspeaker', note: 'Bài số 1: nhận biết cuộc gọi giả danh, 4 phút' };
  draw.add([loud], place, { day: DAYS[0], time: '05:30' }, spoken);
  draw.add([loud], place, { day: DAYS[0], time: '17:10' }, spoken);
  // Played on Sunday, written down on Tuesday: too late to show it was in time.
  draw.add([loud], place, { day: DAYS[1], time: '17:05', toldAfter: 38 * 60 }, spoken);
  draw.add([loud], place, { day: DAYS[2], time: '05:30' }, spoken);
  const undone = { at: instantOf(DAYS[2], '08:20'), by: authorId, reason: 'Ghi trùng lượt phát buổi sáng' };
  draw.add([loud], place, { day: DAYS[2], time: '05:31', toldAfter: 130 }, { ...spoken, undone });
  draw.add([loud], place, { day: LAST, time: '05:30' }, spoken);
}

/** Pages, portal, guidance: one channel of two forgotten, one week without an item. */
function drawPosts(draw: Drawing, version: PlanVersion, cast: DayCast): void {
  const weekly = draw.duties((duty) => duty.scope === 'ward' && duty.cadence?.per === 'week');
  for (const duty of weekly) {
    const [authorId] = workers(cast, duty.accountable);
    if (duty.accountable === null || authorId === undefined) continue;
    const place = { unitId: duty.accountable, authorId };
    if (duty.channels.includes('facebook')) {
      const note = 'Cảnh báo lừa đảo cập nhật VNeID';
      draw.add([duty], place, { day: DAYS[0], time: '09:15' }, { channel: 'zalo', note });
      draw.add([duty], place, { day: DAYS[2], time: '15:40' }, { channel: 'zalo', note, picture: 1 });
    } else if (duty.channels.includes('website')) {
      draw.add(
        [duty],
        place,
        { day: DAYS[2], time: '10:05' },
        { channel: 'website', note: 'Tin cảnh báo số 1' },
      );
    } else if (duty.channels.includes('social')) {
      draw.add([duty], place, { day: DAYS[1], time: '20:10' }, { channel: 'social', note: 'Gửi bộ bài mẫu' });
    }
  }
  const monthly = version.items.find((item) => item.kind === 'target' && item.per === 'month');
  const [authorId] = workers(cast, monthly?.accountable ?? null);
  if (!monthly?.accountable || authorId === undefined) return;
  const place = { unitId: monthly.accountable, authorId };
  draw.add(
    [monthly],
    place,
    { day: DAYS[0], time: '10:30' },
    { channel: 'website', note: 'Tin: phát động đợt cao điểm' },
  );
  draw.add(
    [monthly],
    place,
    { day: DAYS[2], time: '10:06' },
    { channel: 'website', note: 'Tin cảnh báo số 1' },
  );
}

/** The first unit writes down each place it hangs a poster at, the others what they did in all. */
function drawPosters(draw: Drawing, cast: DayCast): void {
  const duties = draw.duties(
    (one) => one.scope === 'ward' && one.cadence === null && one.channels.includes('poster'),
  );
  duties.forEach((duty, n) => {
    const authorId = workers(cast, duty.accountable).at(-1);
    if (duty.accountable === null || authorId === undefined) return;
    const place = { unitId: duty.accountable, authorId };
    const hang = (day: string, time: string, what: string, copies: number, picture: number) => {
      if (n > 0)
        draw.add(
          [duty],
          place,
          { day, time },
          { channel: 'poster', count: copies, note: `${copies} ${what}`, picture },
        );
      else
        for (let one = 0; one < copies; one++)
          draw.add(
            [duty],
            place,
            { day, time },
            {
              ...{ channel: 'poster', note: `Áp phích ${what} (${one + 1}/${copies})` },
              picture: one === 0 ? picture : null,
            },
          );
    };
    hang(DAYS[0], '16:20', 'nhà văn hóa', 6, 2);
    hang(DAYS[2], '11:10', 'trường học', 3, 3);
  });
}

/** Work without a rhythm: notices put up, lists begun, premises checked, money asked for. */
function drawOthers(draw: Drawing, cast: DayCast): void {
  const say = (wanted: (duty: Duty) => boolean, day: string, time: string, what: Partial<SampleAct>) => {
    for (const duty of draw.duties((one) => one.scope === 'ward' && one.cadence === null && wanted(one))) {
      const people = workers(cast, duty.accountable);
      const authorId = people.at(-1);
      if (duty.accountable !== null && authorId !== undefined)
        draw.add([duty], { unitId: duty.accountable, authorId }, { day, time }, what);
    }
  };
  drawPosters(draw, cast);
  say(({ activity }) => activity === 'list', DAYS[2], '16:45', {
    count: 4,
    note: '4 hộ kinh doanh cần xác minh',
  });
  say(({ activity }) => activity === 'check', DAYS[0], '21:30', { count: 12, note: '12 nhà trọ' });
  say(({ activity }) => activity === 'check', DAYS[2], '21:10', {
    count: 9,
    note: '9 nhà trọ, 1 cơ sở lưu trú',
  });
  say(({ activity }) => activity === 'fund', DAYS[2], '14:30', { note: 'Tờ trình dự toán đã gửi' });
}

export function drawDays(version: PlanVersion, cast: DayCast, chance: Chance): SampleDays {
  const draw = new Drawing(version, chance.branch('times'));
  const mannerOf = (n: number): Manner => MANNERS[n % MANNERS.length] ?? 'steady';
  drawReports(draw, version, cast, mannerOf);
  drawChats(draw, cast, mannerOf);
  drawVisits(draw, cast, chance.branch('visits'), mannerOf);
  drawBroadcasts(draw, cast);
  drawPosts(draw, version, cast);
  drawOthers(draw, cast);
  return draw;
}
