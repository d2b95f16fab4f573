// Doors of the end of a campaign.
import { z } from 'zod';
import { isoOf } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { workbookOf } from '#platform/sheets.server.ts';
import * as commands from '#features/reports/closing/commands.server.ts';
import { doorsSheet, fileOf } from '#features/reports/closing/file.server.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';
import { readClosing, readDoors } from '#features/reports/closing/reading.server.ts';
import * as shape from '#features/reports/closing/schema.ts';
import * as store from '#features/reports/closing/store.server.ts';
import { peopleNames } from '#features/reports/store.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const PATH = '/wards/:ward/campaigns/:campaign/closing';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const download = (bytes: Uint8Array, type: string, name: string): RawReply =>
  new RawReply(
    new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    }),
  );

const leading =
  (ports: ClosingPorts) =>
  async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });

async function listOf(call: Call, campaignId: string): Promise<RawReply> {
  const doors = (await readDoors(call, campaignId)).filter(({ listed }) => listed);
  await audit(call.trx, call, {
    action: 'closing.list-exported',
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: { households: doors.length },
  });
  return download(await workbookOf([doorsSheet(doors)]), XLSX, 'ho-van-dong-bo-sung.xlsx');
}

async function commendationsOf(call: Call, campaignId: string, unitId: string | null) {
  const rows = await store.listCommendations(call.trx, campaignId);
  const names = await peopleNames(
    call.trx,
    rows.map(({ changed_by }) => changed_by),
  );
  return {
    commendations: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      words: row.words,
      state: row.state,
      fromFigures: row.figures !== null,
      revision: row.revision,
      changedAt: isoOf(row.changed_at.getTime()),
      changedBy: names.get(row.changed_by)?.name ?? '',
    })),
    may: { prepare: call.may('closing.prepare', { unitId }) },
  };
}

function readings(ports: ClosingPorts): Endpoint[] {
  const shared = { target: leading(ports), params: CampaignPath } as const;
  return [
    guarded({
      method: 'get',
      path: PATH,
      summary: 'What is to be done before the campaign is closed, row by row, with what is missing',
      action: 'closing.read',
      params: CampaignPath,
      reply: shape.ClosingReply,
      handle: (call, { params }) => readClosing(call, ports, params.campaign),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/supplementary`,
      summary: 'Households nobody reached, and which of them are on the supplementary list',
      action: 'closing.read',
      params: CampaignPath,
      reply: shape.ListReply,
      handle: async (call, { params }) => ({
        doors: await readDoors(call, params.campaign),
        mayPrepare: call.may('closing.prepare', await leading(ports)(call, { params })),
      }),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/supplementary.xlsx`,
      summary: 'The supplementary list as a workbook',
      action: 'closing.export',
      ...shared,
      media: XLSX,
      handle: (call, { params }) => listOf(call, params.campaign),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/commendations`,
      summary: 'Commendations proposed from figures, as people left them',
      action: 'closing.read',
      params: CampaignPath,
      reply: shape.CommendationList,
      handle: async (call, { params }) =>
        commendationsOf(call, params.campaign, (await leading(ports)(call, { params })).unitId),
    }),
    guarded({
      method: 'get',
      path: `${PATH}/file`,
      summary: 'The campaign’s file in one ZIP with its list of contents',
      action: 'closing.export',
      ...shared,
      media: 'application/zip',
      handle: async (call, { params }) => {
        const file = await fileOf(call, ports, params.campaign);
        return isProblem(file) ? file : download(file.data, 'application/zip', file.name);
      },
    }),
  ];
}

function changes(ports: ClosingPorts): Endpoint[] {
  const prepare = { action: 'closing.prepare', target: leading(ports) } as const;
  return [
    guarded({
      method: 'post',
      path: `${PATH}/supplementary`,
      summary: 'Put every household nobody reached on the supplementary list',
      ...prepare,
      params: CampaignPath,
      reply: z.object({ added: z.number() }),
      handle: (call, { params }) => commands.makeList(call, params.campaign),
    }),
    guarded({
      method: 'post',
      path: `${PATH}/remarks`,
      summary: 'Explain something that is missing',
      ...prepare,
      params: CampaignPath,
      body: shape.RemarkWish,
      reply: z.object({ id: z.string() }),
      status: 201,
      handle: (call, { params, body }) => commands.explain(call, params.campaign, body),
    }),
    guarded({
      method: 'put',
      path: `${PATH}/deletion`,
      summary: 'Set the day on which signatures, photos and telephone numbers are deleted',
      action: 'closing.decide',
      target: leading(ports),
      params: CampaignPath,
      body: shape.DeletionWish,
      reply: z.object({ on: z.string() }),
      handle: (call, { params, body }) => commands.setDeletion(call, ports, params.campaign, body.on),
    }),
    guarded({
      method: 'post',
      path: `${PATH}/decisions`,
      summary: 'Close the campaign, or open it again; with a reason where something is left open',
      action: 'closing.decide',
      target: leading(ports),
      params: CampaignPath,
      body: shape.DecisionWish,
      reply: z.object({ state: z.string() }),
      status: 201,
      handle: (call, { params, body }) =>
        commands.decide(call, ports, params.campaign, { act: body.act, reason: body.reason || null }),
    }),
  ];
}

const commending = (ports: ClosingPorts): Endpoint[] => {
  const prepare = { action: 'closing.prepare', target: leading(ports) } as const;
  return [
    guarded({
      method: 'post',
      path: `${PATH}/commendations`,
      summary: 'Propose commendations from the figures; whoever is on the list is not proposed again',
      ...prepare,
      params: CampaignPath,
      reply: z.object({ proposed: z.number() }),
      handle: (call, { params }) => commands.propose(call, ports, params.campaign),
    }),
    guarded({
      method: 'put',
      path: `${PATH}/commendations/:commendation`,
      summary: 'Write a commendation: its words are a person’s; revision 0 adds one',
      ...prepare,
      params: CampaignPath.extend({ commendation: z.uuid() }),
      body: shape.CommendationWish,
      reply: z.object({ id: z.string() }),
      handle: (call, { params, body }) =>
        commands.writeCommendation(call, params.campaign, params.commendation, body),
    }),
  ];
};

export const closingEndpoints = (ports: ClosingPorts): Endpoint[] => [
  ...readings(ports),
  ...changes(ports),
  ...commending(ports),
];
