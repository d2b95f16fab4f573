// The campaign's file (hồ sơ) as one ZIP: plan, reports, annexes, the list of paper pledges, pictures of proof, and a
// mục lục that names every part, also those that could not be enclosed.
import { sql } from 'kysely';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { workbookOf, type Sheets } from '#platform/sheets.server.ts';
import { typesetPdf } from '#platform/typeset/typeset.server.ts';
import { zipOf } from '#platform/zip/zip.server.ts';
import { CONTENTS } from '#features/reports/closing/contents-template.ts';
import { CHECK_WORDS, OUTCOME_WORDS } from '#features/reports/closing/file-words.ts';
import {
  documentParts,
  minutesParts,
  safe,
  type Part,
} from '#features/reports/closing/document-parts.server.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';
import {
  readDoors,
  readStanding,
  standingDuties,
  type Standing,
} from '#features/reports/closing/reading.server.ts';
import * as store from '#features/reports/closing/store.server.ts';
import { vnDay } from '#features/reports/morning-text.ts';
import { listDocuments } from '#features/reports/papers/documents.server.ts';
import { storedFile } from '#features/reports/papers/kept-files.server.ts';

/** Pictures past it stay where they are and are named: a file of gigabytes opens nowhere. */
const PICTURE_ROOM = 200 * 1024 * 1024;

interface File {
  readonly parts: readonly Part[];
  /** Named, not enclosed. */
  readonly left: readonly string[];
}

const book = async (name: string, title: string, sheets: readonly Sheets[]): Promise<Part> => ({
  name: `${name}.xlsx`,
  title,
  data: new Uint8Array(await workbookOf(sheets)),
});

async function planParts(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
  standing: Standing,
): Promise<File> {
  const left: string[] = [];
  const parts: Part[] = [];
  for (const { version, name, sha256 } of await ports.planPapers(call.trx, campaignId)) {
    const data = await storedFile(call, sha256);
    const title = `Kế hoạch, bản ${version}: ${name}`;
    if (data) parts.push({ name: `01 Kế hoạch/${version} ${safe(name)}`, title, data });
    else left.push(title);
  }
  const items = standing.regime.plan.versions.at(-1)?.items ?? [];
  parts.push(
    await book('01 Kế hoạch/Nội dung kế hoạch', 'Bảng nội dung kế hoạch đang có hiệu lực', [
      {
        name: 'Kế hoạch',
        heads: ['TT', 'Loại', 'Nội dung', 'Cơ quan, đơn vị chủ trì', 'Thường xuyên'],
        rows: items.map((item, n) => [
          n + 1,
          item.kind === 'duty' ? 'Nhiệm vụ' : item.kind === 'report' ? 'Báo cáo' : 'Chỉ tiêu',
          item.title,
          item.kind === 'target' ? '' : item.actor,
          item.kind === 'duty' && item.standing ? 'x' : '',
        ]),
      },
    ]),
  );
  return { parts, left };
}

async function pledgePart(call: Call, campaignId: string): Promise<Part> {
  const { rows } = await sql<{
    group: string;
    lane: string;
    number: string;
    head: string;
    signed_on: string;
    handed_at: Date | null;
    taken_at: Date | null;
    filed_where: string | null;
  }>`select g.short_name as "group", l.name as lane, d.house_number as number, coalesce(h.head_name, '') as head,
      c.signed_on, c.handed_at, c.taken_at, c.filed_where
    from paper_custody c
    join households h on h.ward_id = c.ward_id and h.id = c.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = c.ward_id and g.id = c.group_id
    where c.ward_id = ${call.trx.wardId} and c.campaign_id = ${campaignId}
    order by g.position, g.name, l.position nulls last, l.name, d.house_number, h.n`.execute(call.trx);
  const day = (at: Date | null) => (at === null ? '' : vnDay(dayOf(at.getTime())));
  return book('04 Bản cam kết/Danh sách bản cam kết giấy', 'Danh sách bản cam kết giấy', [
    {
      name: 'Bản cam kết giấy',
      heads: [
        'TT',
        'Tổ dân phố',
        'Ngõ, đường',
        'Số nhà',
        'Chủ hộ',
        'Ngày ký',
        'Ngày nộp',
        'Phường nhận',
        'Nơi lưu',
      ],
      rows: rows.map((row, n) => [
        n + 1,
        row.group,
        row.lane,
        row.number,
        row.head,
        vnDay(row.signed_on),
        day(row.handed_at),
        row.taken_at === null ? 'chưa có bản giấy' : day(row.taken_at),
        row.filed_where ?? '',
      ]),
    },
  ]);
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
};

async function pictureParts(call: Call, campaignId: string): Promise<File> {
  const { rows } = await sql<{
    work_on: string;
    place: string;
    note: string | null;
    sha256: Buffer;
    media_type: string;
    bytes: number;
  }>`select p.work_on, coalesce(a.short_name, u.short_name, '') as place, p.note, p.sha256, p.media_type, p.bytes
    from evidence_pictures p
    left join areas a on a.ward_id = p.ward_id and a.id = p.area_id
    left join units u on u.ward_id = p.ward_id and u.id = p.unit_id
    where p.ward_id = ${call.trx.wardId} and p.campaign_id = ${campaignId}
    order by p.work_on, place, p.evidence_id, p.sha256`.execute(call.trx);
  const parts: Part[] = [];
  const left: string[] = [];
  let room = PICTURE_ROOM;
  for (const row of rows) {
    const hash = row.sha256.toString('hex').slice(0, 8);
    const title = `Ảnh minh chứng ngày ${vnDay(row.work_on)}, ${row.place}`;
    const data = row.bytes <= room ? await storedFile(call, row.sha256) : null;
    if (!data) {
      left.push(`${title} (${hash})`);
      continue;
    }
    room -= data.length;
    const name = `05 Ảnh minh chứng/${safe(`${row.work_on} ${row.place} ${hash}`)}.${ENDINGS[row.media_type] ?? 'bin'}`;
    // The same picture may serve two acts.
    if (!parts.some((part) => part.name === name)) parts.push({ name, title, data });
  }
  return { parts, left };
}

async function listParts(call: Call, campaignId: string, standing: Standing): Promise<Part[]> {
  const doors = (await readDoors(call, campaignId)).filter(({ listed }) => listed);
  const kept = (await store.listCommendations(call.trx, campaignId)).filter(({ state }) => state === 'kept');
  return [
    await book('06 Danh sách hộ vận động bổ sung', 'Danh sách hộ vận động bổ sung', [doorsSheet(doors)]),
    await book('07 Đề nghị khen thưởng', 'Danh sách đề nghị khen thưởng', [
      {
        name: 'Khen thưởng',
        heads: ['TT', 'Tập thể, cá nhân', 'Tên', 'Thành tích'],
        rows: kept.map(({ kind, name, words }, n) => [
          n + 1,
          kind === 'group' ? 'Tập thể' : 'Cá nhân',
          name,
          words,
        ]),
      },
    ]),
    await book('08 Nhiệm vụ tiếp tục thực hiện', 'Nhiệm vụ thường xuyên tiếp tục thực hiện', [
      {
        name: 'Nhiệm vụ',
        heads: ['TT', 'Nhiệm vụ', 'Chủ trì'],
        rows: standingDuties(standing.regime).map(({ title, actor }, n) => [n + 1, title, actor]),
      },
    ]),
    await book('09 Bảng kiểm kết thúc đợt', 'Bảng kiểm kết thúc đợt', [
      {
        name: 'Bảng kiểm',
        heads: ['Mục', 'Kết quả', 'Còn thiếu', 'Giải trình'],
        rows: standing.rows.flatMap(({ key, open, missing }) =>
          missing.length === 0
            ? [[CHECK_WORDS[key], 'xong', '', '']]
            : missing.map((one) => [
                CHECK_WORDS[key],
                open ? 'còn việc' : 'đã giải trình',
                [
                  one.name,
                  key === 'differences' && one.counts.length === 1
                    ? `chưa nêu/${one.counts[0]}`
                    : one.counts.join('/'),
                ]
                  .filter((part) => part !== '')
                  .join(': '),
                one.remark ?? '',
              ]),
        ),
      },
    ]),
  ];
}

export function doorsSheet(doors: Awaited<ReturnType<typeof readDoors>>): Sheets {
  return {
    name: 'Hộ vận động bổ sung',
    heads: [
      'TT',
      'Tổ dân phố',
      'Ngõ, đường',
      'Số nhà',
      'Chủ hộ',
      'Điện thoại',
      'Lần đến gần nhất',
      'Kết quả',
      'Ghi chú',
    ],
    rows: doors.map((door, n) => [
      n + 1,
      door.group,
      door.lane,
      door.number,
      door.head,
      door.phone ?? '',
      door.lastAt === null ? '' : vnDay(door.lastAt.slice(0, 10)),
      door.lastOutcome === null ? 'chưa đến' : (OUTCOME_WORDS[door.lastOutcome] ?? ''),
      '',
    ]),
  };
}

async function contentsOf(call: Call, standing: Standing, file: File): Promise<Uint8Array> {
  const { campaign } = standing.regime.plan;
  const { issuer } = standing.regime.settings;
  return typesetPdf({
    template: CONTENTS,
    data: {
      issuer: issuer.name,
      superior: issuer.superior,
      campaign: campaign.name,
      from: vnDay(campaign.fromOn),
      to: vnDay(campaign.toOn),
      made: vnDay(dayOf(call.now)),
      rows: file.parts.map((part, n) => ({
        n: String(n + 1),
        number: part.number ?? '',
        on: part.on ? vnDay(part.on) : '',
        title: part.title,
        name: part.name,
      })),
      left: file.left,
    },
  });
}

export async function fileOf(
  call: Call,
  ports: ClosingPorts,
  campaignId: string,
): Promise<{ name: string; data: Uint8Array } | Problem> {
  const standing = await readStanding(call, ports, campaignId);
  if (!standing) return problem('reports.no-such-campaign', { status: 404 });
  const plan = await planParts(call, ports, campaignId, standing);
  const documents: Part[] = [];
  for (const row of (await listDocuments(call.trx, campaignId)).toReversed())
    documents.push(...(await documentParts(call, row)));
  const pictures = await pictureParts(call, campaignId);
  const parts = [
    ...plan.parts,
    ...documents.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    await pledgePart(call, campaignId),
    ...pictures.parts,
    ...(await listParts(call, campaignId, standing)),
    ...(await minutesParts(call, standing.regime)),
  ];
  const file = { parts, left: [...plan.left, ...pictures.left] };
  const contents = { name: '00 Mục lục.pdf', data: await contentsOf(call, standing, file) };
  await store.addAct(call.trx, campaignId, {
    act: 'exported',
    at: new Date(call.now),
    by: call.actor.personId,
    note: `${parts.length}`,
    data: { parts: parts.length, left: file.left.length, at: isoOf(call.now) },
  });
  await audit(call.trx, call, {
    action: 'closing.exported',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { parts: parts.length, left: file.left.length },
  });
  return { name: `ho-so-${dayOf(call.now)}.zip`, data: zipOf([contents, ...parts], call.now) };
}
