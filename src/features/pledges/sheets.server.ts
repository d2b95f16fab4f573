// The pledge papers of a ward, set for A4: forms with a square of their own, the collective list, the record of handing
// over, slips, cards and the copy of what was signed on glass.
import { sql } from 'kysely';
import { renderSVG } from 'uqr';
import { dayOf, timeOf } from '#core/clock.ts';
import { platformRandom } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { typesetPdf } from '#platform/typeset/typeset.server.ts';
import { formMark, newFormCode, spacedCode } from '#features/pledges/form-code.ts';
import type { PRINT_KINDS } from '#features/pledges/papers-schema.ts';
import { officialDay } from '#features/pledges/paper-days.ts';
import {
  COLLECTIVE,
  HANDOVER_RECORD,
  PLEDGE_COPY,
  PLEDGE_FORM,
  RETURN_SLIPS,
  VISIT_CARDS,
} from '#features/pledges/sheet-templates.ts';

interface Text {
  version: number;
  title: string;
  body: string;
  consents: { code: string; text: string }[];
  source: string | null;
  in_force_from: string;
}

/** Of the day: the newest text in force; a text of tomorrow is printed tomorrow. */
async function readText(
  trx: WardTransaction,
  campaign: string,
  at: { readonly day: string; readonly version?: number },
): Promise<Text | null> {
  const { rows } =
    await sql<Text>`select version, title, body, consents, source, in_force_from from pledge_texts
    where ward_id = ${trx.wardId} and campaign_id = ${campaign}
      and (${at.version ?? null}::int is null or version = ${at.version ?? null}::int)
    order by (in_force_from <= ${at.day}) desc, version desc limit 1`.execute(trx);
  return rows[0] ?? null;
}

interface Ward {
  name: string;
  code: string | null;
}

async function readWard(trx: WardTransaction, day: string): Promise<Ward> {
  const { rows } = await sql<Ward>`select w.name, c.code from wards w
    left join ward_codes c on c.ward_id = w.ward_id and c.valid_from <= ${day}
      and (c.valid_to is null or c.valid_to > ${day})
    where w.ward_id = ${trx.wardId} order by c.valid_from desc nulls last limit 1`.execute(trx);
  return rows[0] ?? { name: '', code: null };
}

const short = (address: string): string => address.replace(/^https?:\/\//, '');

/** The ward's own public page, by its official code: the number inside this system means nothing to anybody. */
const publicPage = (call: Call, ward: Ward): string | null =>
  ward.code === null ? null : `${call.runtime.origin}/${ward.code}`;

/** A module of half a millimetre or more is read by a cheap camera from a hand's breadth. */
const squareOf = (text: string): string => renderSVG(text, { ecc: 'M', border: 2 });

interface Door {
  id: string;
  head: string;
  address: string;
}

async function readDoors(
  trx: WardTransaction,
  area: string,
  only: { readonly lane: string | null; readonly household: string | null },
): Promise<Door[]> {
  const { rows } = await sql<Door>`
    select h.id, h.head_name as head, 'số ' || d.house_number || ', ' || l.name as address
    from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where h.ward_id = ${trx.wardId} and h.group_id = ${area} and h.merged_into is null and h.closed_at is null
      and h.erased_at is null
      and (${only.lane}::uuid is null or d.lane_id = ${only.lane}::uuid)
      and (${only.household}::uuid is null or h.id = ${only.household}::uuid)
    order by l.position, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n
    limit 1500`.execute(trx);
  return rows;
}

export const countDoors = async (
  trx: WardTransaction,
  area: string,
  only: { readonly lane: string | null; readonly household: string | null },
): Promise<number> => (await readDoors(trx, area, only)).length;

/** Each household its code, once in a campaign: a second print carries the same square. */
export async function giveCodes(
  call: Call,
  campaign: string,
  area: string,
  only: { readonly lane: string | null; readonly household: string | null },
): Promise<void> {
  const { trx } = call;
  const doors = await readDoors(trx, area, only);
  const { rows: known } = await sql<{ household_id: string }>`select household_id from form_codes
    where ward_id = ${trx.wardId} and campaign_id = ${campaign}
      and household_id = any(${doors.map(({ id }) => id)}::uuid[])`.execute(trx);
  const has = new Set(known.map(({ household_id }) => household_id));
  const without = doors.filter(({ id }) => !has.has(id));
  if (without.length === 0) return;
  const n = await nextChange(trx, area);
  await sql`insert into form_codes (ward_id, campaign_id, household_id, code, made_at, feed_id, change_n)
    select ${trx.wardId}::int, ${campaign}::uuid, f.id, f.code, ${new Date(call.now)}::timestamptz, ${area}::uuid,
      ${n}::bigint
    from unnest(${without.map(({ id }) => id)}::uuid[], ${without.map(() => newFormCode(platformRandom))}::text[])
      as f (id, code)
    on conflict do nothing`.execute(trx);
}

async function readCodes(trx: WardTransaction, campaign: string, ids: readonly string[]) {
  const { rows } = await sql<{ household_id: string; code: string }>`select household_id, code from form_codes
    where ward_id = ${trx.wardId} and campaign_id = ${campaign} and household_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  return new Map(rows.map(({ household_id, code }) => [household_id, code]));
}

export interface PrintToSet {
  readonly campaign: string;
  readonly area: string;
  readonly kind: (typeof PRINT_KINDS)[number];
  readonly lane: string | null;
  readonly household: string | null;
  readonly extra: number;
}

interface Form {
  readonly group: string;
  readonly head: string;
  readonly address: string;
  readonly copy: string;
  readonly code: string;
  readonly square: string;
}

const COPIES: Readonly<Record<PrintToSet['kind'], readonly string[]>> = {
  pair: ['Bản 1: Công an phường lưu', 'Bản 2: hộ gia đình giữ'],
  blank: [''],
  collective: [],
};

const noText = () => problem('pledges.no-text', { status: 409 });

async function areaName(trx: WardTransaction, id: string): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select name from areas where ward_id = ${trx.wardId} and id = ${id}`.execute(trx);
  return rows[0]?.name ?? '';
}

export async function printPdf(call: Call, print: PrintToSet): Promise<Buffer | Problem> {
  const { trx, now } = call;
  const day = dayOf(now);
  const text = await readText(trx, print.campaign, { day });
  if (!text) return noText();
  const ward = await readWard(trx, day);
  const group = await areaName(trx, print.area);
  const doors = await readDoors(trx, print.area, print);
  const base = {
    ward: ward.name,
    title: text.title,
    version: text.version,
    inForceFrom: officialDay(text.in_force_from),
    source: text.source ?? '',
    year: day.slice(0, 4),
  };
  if (print.kind === 'collective')
    return typesetPdf({
      template: COLLECTIVE,
      data: {
        ...base,
        group,
        place: print.lane === null ? 'tất cả các ngõ' : await areaName(trx, print.lane),
        rows: [...doors, ...Array.from({ length: print.extra }, () => ({ head: '', address: '' }))],
      },
    });
  const codes = await readCodes(
    trx,
    print.campaign,
    doors.map(({ id }) => id),
  );
  const forms: Form[] = doors.flatMap(({ id, head, address }) => {
    const code = codes.get(id) ?? '';
    const square = code === '' ? '' : squareOf(formMark(code));
    return COPIES[print.kind].map((copy) => ({
      group,
      head: print.kind === 'pair' ? head : '',
      address,
      copy,
      code: spacedCode(code),
      square,
    }));
  });
  for (let n = 0; n < print.extra; n++)
    for (const copy of COPIES[print.kind])
      forms.push({ group, head: '', address: '', copy, code: '', square: '' });
  return typesetPdf({
    template: PLEDGE_FORM,
    data: {
      ...base,
      forms,
      paragraphs: text.body.split('\n'),
      consents: text.consents.map(({ text: line }) => line),
    },
  });
}

interface Handed {
  campaign_id: string;
  group_id: string;
  handed_at: Date;
  taken_at: Date | null;
  giver: string;
  giver_title: string | null;
  taker: string | null;
  taker_title: string | null;
  note: string | null;
}

export async function handoverPdf(call: Call, id: string): Promise<Buffer | Problem> {
  const { trx } = call;
  const { rows } = await sql<Handed>`
    select h.campaign_id, h.group_id, h.handed_at, h.taken_at, coalesce(g.name, '') as giver, g.title as giver_title,
      t.name as taker, t.title as taker_title, h.note
    from paper_handovers h
    left join people g on g.ward_id = h.ward_id and g.id = h.handed_by
    left join people t on t.ward_id = h.ward_id and t.id = h.taken_by
    where h.ward_id = ${trx.wardId} and h.id = ${id} and h.undone_at is null`.execute(trx);
  const [handed] = rows;
  if (!handed) return problem('pledges.no-such-handover', { status: 404 });
  const { rows: papers } = await sql<{ head: string; address: string; on: string }>`
    select h.head_name as head, 'số ' || d.house_number || ', ' || l.name as address, p.work_on as "on"
    from paper_handover_pledges o
    join pledges p on p.ward_id = o.ward_id and p.id = o.pledge_id
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where o.ward_id = ${trx.wardId} and o.handover_id = ${id}
    order by l.position, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n`.execute(
    trx,
  );
  const moment = (handed.taken_at ?? handed.handed_at).getTime();
  const ward = await readWard(trx, dayOf(moment));
  const text = await readText(trx, handed.campaign_id, { day: dayOf(moment) });
  return typesetPdf({
    template: HANDOVER_RECORD,
    data: {
      ward: ward.name,
      group: await areaName(trx, handed.group_id),
      time: timeOf(moment).slice(0, 5).replace(':', 'h') + "'",
      day: officialDay(dayOf(moment)),
      place: `Công an ${ward.name.replace(/^P/, 'p')}`,
      giver: handed.giver,
      giverTitle: handed.giver_title ?? '',
      taker: handed.taker ?? '',
      takerTitle: handed.taker_title ?? '',
      title: text?.title ?? '',
      note: handed.note ?? '',
      rows: papers.map(({ head, address, on }) => ({ head, address, signedOn: officialDay(on) })),
    },
  });
}

export async function slipsPdf(call: Call, area: string): Promise<Buffer> {
  const { trx, now } = call;
  const ward = await readWard(trx, dayOf(now));
  const page = publicPage(call, ward);
  return typesetPdf({
    template: RETURN_SLIPS,
    data: {
      ward: ward.name,
      group: await areaName(trx, area),
      address: page === null ? '' : short(page),
      square: page === null ? '' : squareOf(page),
    },
  });
}

const TASKS: Readonly<Record<string, string>> = {
  'group-leader': 'Tổ trưởng tổ dân phố',
  'deputy-leader': 'Tổ phó tổ dân phố',
  'field-member': 'Thành viên tổ công tác',
  'area-officer': 'Cảnh sát khu vực',
};

export async function cardsPdf(call: Call, campaign: string, area: string): Promise<Buffer | Problem> {
  const { trx, now } = call;
  const { rows } = await sql<{ name: string; role: string }>`
    select p.name, g.role from people p
    join grants g on g.ward_id = p.ward_id and g.person_id = p.id
    where p.ward_id = ${trx.wardId} and g.area_id = ${area} and g.role = any(${Object.keys(TASKS)})
      and g.from_at <= ${new Date(now)} and (g.to_at is null or g.to_at > ${new Date(now)})
    group by p.id, p.name, g.role order by array_position(${Object.keys(TASKS)}, g.role), p.name`.execute(
    trx,
  );
  const { rows: campaigns } = await sql<{ from: string; to: string }>`select from_on as "from", to_on as "to"
    from campaigns where ward_id = ${trx.wardId} and id = ${campaign}`.execute(trx);
  const [span] = campaigns;
  if (!span) return problem('plan.no-such-campaign', { status: 404 });
  if (rows.length === 0) return problem('pledges.nobody-to-print', { status: 409 });
  const ward = await readWard(trx, dayOf(now));
  const page = publicPage(call, ward);
  const group = await areaName(trx, area);
  return typesetPdf({
    template: VISIT_CARDS,
    data: {
      ward: ward.name,
      address: page === null ? '' : short(page),
      square: page === null ? '' : squareOf(page),
      from: officialDay(span.from),
      to: officialDay(span.to),
      cards: rows.map(({ name, role }) => ({ name, group, task: TASKS[role] ?? '' })),
    },
  });
}

/** What the household keeps of a pledge signed on glass. No name stands on it: whoever finds it learns of no person. */
export async function copyPdf(call: Call, pledge: string): Promise<Buffer | Problem> {
  const { trx, now } = call;
  const { rows } = await sql<{ campaign_id: string; version: number; on: string; code: Buffer | null }>`
    select campaign_id, text_version as version, work_on as "on", receipt_code as code from pledges
    where ward_id = ${trx.wardId} and id = ${pledge} and withdrawn_at is null and taken_back_at is null`.execute(
    trx,
  );
  const [found] = rows;
  if (!found?.code) return problem('pledges.no-copy', { status: 404 });
  const text = await readText(trx, found.campaign_id, { day: found.on, version: found.version });
  const ward = await readWard(trx, dayOf(now));
  const page = publicPage(call, ward);
  if (!text || page === null) return noText();
  const code = found.code.toString('hex');
  return typesetPdf({
    template: PLEDGE_COPY,
    data: {
      ward: ward.name,
      title: text.title,
      paragraphs: text.body.split('\n'),
      version: text.version,
      inForceFrom: officialDay(text.in_force_from),
      signedOn: officialDay(found.on),
      code: code.toUpperCase().replace(/(.{4})(?=.)/g, '$1 '),
      address: short(`${page}/xac-nhan`),
      square: squareOf(`${page}/xac-nhan?ma=${code}`),
    },
  });
}
