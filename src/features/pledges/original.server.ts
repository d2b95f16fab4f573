// A pledge opened: the text of the day it was signed, its signature or photos, who recorded it and where the paper is.
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { dayOf, isoOf, timeOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { typesetPdf } from '#platform/typeset/typeset.server.ts';
import { drawingOf, drawingSvg } from '#features/pledges/original.ts';
import type { OriginalReply } from '#features/pledges/original-schema.ts';
import { officialDay } from '#features/pledges/paper-days.ts';
import { PLEDGE_ORIGINAL } from '#features/pledges/sheet-templates.ts';

interface Row {
  household_id: string;
  head_name: string;
  place: string;
  group: string;
  erased: boolean;
  version: number;
  title: string | null;
  body: string | null;
  source: string | null;
  in_force_from: string | null;
  texts: { code: string; text: string }[] | null;
  consents: string[];
  original: 'paper' | 'phone';
  signer: string;
  witness: string | null;
  members_told: number | null;
  strokes: Buffer | null;
  media: number;
  signed_at: Date;
  work_on: string;
  received_at: Date;
  author: string | null;
  enterer: string | null;
  at_place: string | null;
  how: string | null;
  withdrawn_at: Date | null;
  withdrawer: string | null;
  withdrawn_reason: string | null;
  taken_back_at: Date | null;
  has_copy: boolean;
}

async function readRow(call: Call, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select p.household_id, h.head_name, 'số ' || d.house_number || ', ' || l.name as place, g.name as "group",
      h.erased_at is not null as erased, p.text_version as version, t.title, t.body, t.source, t.in_force_from,
      t.consents as texts, p.consents, p.original, p.signer, p.witness, p.members_told, p.strokes,
      coalesce(p.media, 0) as media, p.signed_at, p.work_on, p.received_at, a.name as author, e.name as enterer,
      v.place as at_place, v.how, p.withdrawn_at, w.name as withdrawer, p.withdrawn_reason, p.taken_back_at,
      p.receipt_code is not null and p.withdrawn_at is null and p.taken_back_at is null as has_copy
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = p.ward_id and g.id = p.group_id
    left join pledge_texts t on t.ward_id = p.ward_id and t.campaign_id = p.campaign_id and t.version = p.text_version
    left join visits v on v.ward_id = p.ward_id and v.id = p.visit_id
    left join people a on a.ward_id = p.ward_id and a.id = p.author_id
    left join people e on e.ward_id = p.ward_id and e.id = p.entered_by
    left join people w on w.ward_id = p.ward_id and w.id = p.withdrawn_by
    where p.ward_id = ${call.trx.wardId} and p.id = ${id}`.execute(call.trx);
  return rows[0];
}

/** Photos come with the pledge, or with the visit it was signed in. */
async function readPhotos(call: Call, id: string): Promise<{ hex: string; type: string | null }[]> {
  const { rows } = await sql<{ hex: string; type: string | null }>`
    select distinct encode(r.sha256, 'hex') as hex, m.media_type as type
    from pledges p
    join record_media r on r.ward_id = p.ward_id and (r.record_id = p.id or r.record_id = p.visit_id) and r.of_paper
    left join media m on m.ward_id = r.ward_id and m.sha256 = r.sha256
    where p.ward_id = ${call.trx.wardId} and p.id = ${id} order by 1`.execute(call.trx);
  return rows;
}

async function readCustody(call: Call, id: string): Promise<OriginalReply['custody']> {
  const { rows } = await sql<{
    id: string;
    handed_at: Date;
    giver: string | null;
    taken_at: Date | null;
    taker: string | null;
    filed_at: Date | null;
    filed_where: string | null;
  }>`
    select o.id, o.handed_at, a.name as giver, o.taken_at, b.name as taker, o.filed_at, o.filed_where
    from paper_handover_pledges x
    join paper_handovers o on o.ward_id = x.ward_id and o.id = x.handover_id
    left join people a on a.ward_id = o.ward_id and a.id = o.handed_by
    left join people b on b.ward_id = o.ward_id and b.id = o.taken_by
    where x.ward_id = ${call.trx.wardId} and x.pledge_id = ${id}`.execute(call.trx);
  const [row] = rows;
  return row
    ? {
        handover: row.id,
        handedAt: isoOf(row.handed_at.getTime()),
        handedBy: row.giver,
        takenAt: row.taken_at ? isoOf(row.taken_at.getTime()) : null,
        takenBy: row.taker,
        filedAt: row.filed_at ? isoOf(row.filed_at.getTime()) : null,
        filedWhere: row.filed_where,
      }
    : null;
}

const textOf = (row: Row): OriginalReply['text'] => ({
  version: row.version,
  title: row.title ?? '',
  body: row.body ?? '',
  source: row.source,
  inForceFrom: row.in_force_from ?? row.work_on,
  consents: (row.texts ?? []).map(({ code, text }) => ({ text, ticked: row.consents.includes(code) })),
});

export async function readOriginal(call: Call, id: string): Promise<OriginalReply | Problem> {
  const row = await readRow(call, id);
  if (!row) return problem('pledges.no-such-pledge', { status: 404 });
  const photos = await readPhotos(call, id);
  const here = photos.filter(({ type }) => type !== null).map(({ hex }) => hex);
  return {
    id,
    household: {
      id: row.household_id,
      headName: row.erased ? '' : row.head_name,
      place: row.place,
      group: row.group,
      erased: row.erased,
    },
    text: textOf(row),
    original: row.original,
    signer: row.signer,
    witness: row.witness,
    membersTold: row.members_told,
    signature: mutable(drawingOf(row.strokes)),
    photos: here,
    missing: photos.length - here.length,
    signedAt: isoOf(row.signed_at.getTime()),
    workOn: row.work_on,
    receivedAt: isoOf(row.received_at.getTime()),
    author: row.author,
    enteredBy: row.enterer,
    place: row.at_place,
    how: row.how,
    withdrawn: row.withdrawn_at
      ? { at: isoOf(row.withdrawn_at.getTime()), by: row.withdrawer, reason: row.withdrawn_reason }
      : null,
    takenBackAt: row.taken_back_at ? isoOf(row.taken_back_at.getTime()) : null,
    custody: await readCustody(call, id),
    hasCopy: row.has_copy,
  };
}

const mutable = (drawing: ReturnType<typeof drawingOf>) =>
  drawing && { ...drawing, paths: [...drawing.paths] };

/** A photo of this pledge, for whoever may read the pledge: no other record opens it here. */
export async function readPhoto(call: Call, pledge: string, hex: string): Promise<RawReply | Problem> {
  const photo = (await readPhotos(call, pledge)).find((one) => one.hex === hex);
  const stream = photo?.type ? call.runtime.files.read(call.trx.wardId, Buffer.from(hex, 'hex')) : null;
  if (!photo?.type || !stream) return problem('pledges.no-such-photo', { status: 404 });
  return new RawReply(
    new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': photo.type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, no-store',
      },
    }),
  );
}

const SIGNERS: Readonly<Record<string, string>> = {
  head: 'chủ hộ',
  spouse: 'vợ hoặc chồng của chủ hộ',
  'adult-member': 'người thành niên trong hộ',
  owner: 'chủ nhà trọ',
  'relative-for-signer': 'người thân ký thay',
};

const momentOf = (iso: string): string => {
  const at = Date.parse(iso);
  return `${timeOf(at)} ngày ${officialDay(dayOf(at))}`;
};

/** The same as a paper to put into a file: a Vietnamese act, so in Vietnamese whatever the reader's screen speaks. */
export async function originalPdf(call: Call, id: string): Promise<Buffer | Problem> {
  const one = await readOriginal(call, id);
  if (isProblem(one)) return one;
  const { rows } = await sql<{
    name: string;
  }>`select name from wards where ward_id = ${call.trx.wardId}`.execute(call.trx);
  const { custody, household } = one;
  return typesetPdf({
    template: PLEDGE_ORIGINAL,
    data: {
      ward: rows[0]?.name ?? '',
      title: one.text.title,
      paragraphs: one.text.body.split('\n'),
      version: one.text.version,
      inForceFrom: officialDay(one.text.inForceFrom),
      source: one.text.source ?? '',
      consents: one.text.consents,
      head: household.erased ? '(đã xóa theo yêu cầu)' : household.headName,
      address: `${household.place}, ${household.group}`,
      signer: SIGNERS[one.signer] ?? one.signer,
      witness: one.witness ?? '',
      signature: one.signature ? drawingSvg(one.signature) : '',
      onPaper: one.original === 'paper',
      photos: one.photos.length,
      erased: household.erased,
      signedOn: officialDay(one.workOn),
      author: one.author ?? '',
      enteredBy: one.enteredBy ?? '',
      receivedAt: momentOf(one.receivedAt),
      withdrawn: one.withdrawn
        ? momentOf(one.withdrawn.at)
        : one.takenBackAt
          ? momentOf(one.takenBackAt)
          : '',
      custody: custody
        ? [
            `Giao: ${momentOf(custody.handedAt)}${custody.handedBy ? `, ${custody.handedBy}` : ''}`,
            ...(custody.takenAt
              ? [`Nhận: ${momentOf(custody.takenAt)}${custody.takenBy ? `, ${custody.takenBy}` : ''}`]
              : []),
            ...(custody.filedWhere ? [`Lưu tại: ${custody.filedWhere}`] : []),
          ]
        : [],
      printedAt: momentOf(isoOf(call.now)),
    },
  });
}
