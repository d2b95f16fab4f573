// Doors of the paper reserve: what is kept, one paper, all of an evening in one file, and making it now.
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { zipOf, type ZipPart } from '#platform/zip/zip.server.ts';
import { storedFile } from '#features/reports/papers/kept-files.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { readRegime } from '#features/reports/regime.server.ts';
import { listReserves, makeReserve } from '#features/reports/reserve/reserve.server.ts';
import { ReserveList } from '#features/reports/reserve/schema.ts';
import { DayOn } from '#features/reports/schema.ts';
import { readGroups } from '#features/reports/store.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
/** Absent: the newest, so that a ward PC fetches it by one address every evening. */
const Evening = z.object({ on: DayOn.optional() });
const notFound = () => problem('reports.no-such-reserve', { status: 404 });

async function namesOf(call: Call): Promise<ReadonlyMap<string, string>> {
  return new Map((await readGroups(call.trx)).map(({ id, name }) => [id, name]));
}

async function list(call: Call, campaignId: string): Promise<ReserveList> {
  const names = await namesOf(call);
  const evenings = await listReserves(call.trx, campaignId);
  return {
    evenings: evenings.map(({ madeOn, madeAt, files }) => ({
      madeOn,
      madeAt,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      files: files
        .map(({ placeId, areaId, bytes }) => ({
          placeId,
          name: areaId === null ? null : (names.get(areaId) ?? ''),
          bytes,
        }))
        .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'vi', { numeric: true })),
    })),
  };
}

async function send(call: Call, campaignId: string, wished: string | undefined, place: string | null) {
  const evening = (await listReserves(call.trx, campaignId)).find(
    ({ madeOn }) => wished === undefined || madeOn === wished,
  );
  const on = evening?.madeOn ?? '';
  const wanted = (evening?.files ?? []).filter(({ placeId }) => place === null || placeId === place);
  const names = await namesOf(call);
  const parts: ZipPart[] = [];
  for (const { areaId, sha256 } of wanted) {
    const data = await storedFile(call, sha256);
    const name = areaId === null ? '00 Toàn phường' : (names.get(areaId) ?? areaId);
    if (data) parts.push({ name: `${name.replaceAll(/[\\/:*?"<>|]/g, ' ')}.pdf`, data });
  }
  const [first] = parts;
  if (!first) return notFound();
  await audit(call.trx, call, {
    action: 'reports.reserve-fetched',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { on, papers: parts.length },
  });
  const one = place !== null;
  return new RawReply(
    new Response(new Uint8Array(one ? first.data : zipOf(parts, call.now)), {
      headers: {
        'content-type': one ? 'application/pdf' : 'application/zip',
        'content-disposition': `attachment; filename="du-phong-${on}.${one ? 'pdf' : 'zip'}"`,
        'cache-control': 'no-store',
      },
    }),
  );
}

async function makeNow(call: Call, ports: ReportPorts, campaignId: string) {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const papers = await makeReserve(call, regime);
  await audit(call.trx, call, {
    action: 'reports.reserve-made',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { on: dayOf(call.now), papers },
  });
  return { papers };
}

export function reserveEndpoints(ports: ReportPorts): Endpoint[] {
  const target = async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });
  const shared = { action: 'reports.paper-reserve', target } as const;
  const PATH = '/wards/:ward/campaigns/:campaign/paper-reserves';
  return [
    guarded({
      method: 'get',
      path: PATH,
      summary: 'Paper reserves kept, newest evening first',
      ...shared,
      params: CampaignPath,
      reply: ReserveList,
      handle: (call, { params }) => list(call, params.campaign),
    }),
    guarded({
      method: 'post',
      path: PATH,
      summary: 'Make the paper reserve now',
      ...shared,
      params: CampaignPath,
      reply: z.object({ papers: z.number() }),
      status: 201,
      handle: (call, { params }) => makeNow(call, ports, params.campaign),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/all`,
      summary: 'Every paper of an evening in one file',
      ...shared,
      params: CampaignPath,
      query: Evening,
      media: 'application/zip',
      handle: (call, { params, query }) => send(call, params.campaign, query.on, null),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/places/:place`,
      summary: 'The paper of one group, or of the ward',
      ...shared,
      params: CampaignPath.extend({ place: z.uuid() }),
      query: Evening,
      media: 'application/pdf',
      handle: (call, { params, query }) => send(call, params.campaign, query.on, params.place),
    }),
  ];
}
