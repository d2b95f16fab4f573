// Doors of campaigns and plans to be read, and the life of a campaign. Drafts: draft-api.server.ts.
import { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/plan/api-schema.ts';
import {
  activateCampaign,
  createCampaign,
  editCampaign,
  noSuchCampaign,
} from '#features/plan/commands.server.ts';
import { draftEndpoints } from '#features/plan/draft-api.server.ts';
import { PlanFile } from '#features/plan/plan-file.ts';
import {
  campaignReply,
  readChanges,
  readPlan,
  readWords,
  rights,
  versionReply,
} from '#features/plan/read-plan.server.ts';
import {
  findCampaign,
  findVersion,
  listCampaigns,
  listUnits,
  listVersions,
} from '#features/plan/store.server.ts';
import { cloneCampaign, exportPlan, takeOverPlan } from '#features/plan/transfer-commands.server.ts';

/** The leading unit answers for its campaign: unknown campaigns belong to no unit, so nobody is told they are none. */
const onCampaign = async (call: Call, { params }: { params: { campaign: string } }) => ({
  unitId: (await findCampaign(call.trx, params.campaign))?.leading_unit_id ?? null,
});

const onWishedUnit = (_call: Call, { body }: { body: { leadingUnitId: string } }) => ({
  unitId: body.leadingUnitId,
});

const campaigns: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns',
    summary: 'Campaigns of the ward, newest first',
    action: 'plan.read',
    params: shape.WardPath,
    reply: shape.CampaignListReply,
    handle: async (call) => {
      const units = await listUnits(call.trx, dayOf(call.now));
      return {
        campaigns: (await listCampaigns(call.trx)).map(campaignReply),
        units,
        mayCreateFor: units.filter(({ id }) => call.may('campaign.edit', { unitId: id })).map(({ id }) => id),
      };
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns',
    summary: 'Begin a campaign',
    action: 'campaign.edit',
    params: shape.WardPath,
    body: shape.CampaignWishShape,
    target: onWishedUnit,
    reply: shape.IdReply,
    status: 201,
    handle: async (call, { body }) => {
      const id = await createCampaign(call.trx, call, body);
      return isProblem(id) ? id : { id };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign',
    summary: 'One campaign with the versions of its plan',
    action: 'plan.read',
    params: shape.CampaignPath,
    reply: shape.CampaignDetailReply,
    handle: async (call, { params }) => {
      const campaign = await findCampaign(call.trx, params.campaign);
      if (!campaign) return noSuchCampaign();
      const heads = await listVersions(call.trx, params.campaign);
      const versions = [];
      for (const head of heads) versions.push(await versionReply(call.trx, head));
      return { ...campaignReply(campaign), versions, may: rights(call, campaign) };
    },
  }),
  guarded({
    method: 'patch',
    path: '/wards/:ward/campaigns/:campaign',
    summary: 'Rename a campaign; before its plan is confirmed also its unit and days',
    action: 'campaign.edit',
    params: shape.CampaignPath,
    body: shape.CampaignEditShape,
    target: onCampaign,
    reply: shape.CampaignReply,
    handle: async (call, { params, body }) => {
      // Handing a campaign to another unit asks for the right there as well.
      if (body.leadingUnitId !== undefined && !call.may('campaign.edit', { unitId: body.leadingUnitId }))
        return problem('people.not-allowed', { status: 403 });
      const row = await editCampaign(call.trx, call, params.campaign, body);
      return isProblem(row) ? row : campaignReply(row);
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/activate',
    summary: 'The campaign begins to run by its confirmed plan',
    action: 'campaign.edit',
    params: shape.CampaignPath,
    target: onCampaign,
    reply: shape.CampaignReply,
    handle: async (call, { params }) => {
      const row = await activateCampaign(call.trx, call, params.campaign);
      return isProblem(row) ? row : campaignReply(row);
    },
  }),
];

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  txt: 'text/plain; charset=utf-8',
};

/** The paper as it came in: saved, never shown by the browser, so that nothing in it can run here. */
async function originalOf(call: Call, campaignId: string, version: number) {
  const row = await findVersion(call.trx, campaignId, version);
  const stream = row?.document_sha256 && call.runtime.files.read(call.trx.wardId, row.document_sha256);
  if (!row || !stream) return problem('plan.no-document', { status: 404 });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  const name = row.document_name ?? 'ke-hoach';
  const type = MEDIA_TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  return new RawReply(
    new Response(Buffer.concat(chunks), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    }),
  );
}

const plans: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan',
    summary: 'The version in force today, beside its words',
    action: 'plan.read',
    params: shape.CampaignPath,
    reply: shape.PlanReply,
    handle: (call, { params }) => readPlan(call, params.campaign, 'current'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan/versions/:version',
    summary: 'One version, beside its words',
    action: 'plan.read',
    params: shape.VersionPath,
    reply: shape.PlanReply,
    handle: (call, { params }) => readPlan(call, params.campaign, params.version),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan/changes',
    summary: 'What one version says otherwise than another',
    action: 'plan.read',
    params: shape.CampaignPath,
    query: z.object({
      from: z.coerce.number().int().positive(),
      to: z.coerce.number().int().positive(),
    }),
    reply: z.object({ changes: z.array(shape.ChangeReply) }),
    handle: async (call, { params, query }) => {
      const changes = await readChanges(call.trx, params.campaign, query.from, query.to);
      return isProblem(changes) ? changes : { changes };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan/items/:item',
    summary: 'One item with the exact words of the plan',
    action: 'plan.read',
    params: shape.ItemPath,
    reply: shape.WordsReply,
    handle: (call, { params }) => readWords(call, params.campaign, params.item),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan/versions/:version/document',
    summary: 'The paper as it was uploaded',
    action: 'plan.read',
    params: shape.VersionPath,
    media: 'application/octet-stream',
    handle: (call, { params }) => originalOf(call, params.campaign, params.version),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/plan/export',
    summary: 'The plan as an open file that another ward can take over',
    action: 'plan.read',
    params: shape.CampaignPath,
    query: z.object({ version: z.coerce.number().int().positive().optional() }),
    media: 'application/json',
    handle: async (call, { params, query }) => {
      const file = await exportPlan(call.trx, call, params.campaign, query.version);
      if (isProblem(file)) return file;
      return new RawReply(
        new Response(`${JSON.stringify(file, null, 2)}\n`, {
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'content-disposition': `attachment; filename="ke-hoach-${file.version}.json"`,
            'cache-control': 'no-store',
          },
        }),
      );
    },
  }),
];

const transfers: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/clone',
    summary: 'The same plan for other days or another campaign, as a draft',
    action: 'campaign.edit',
    params: shape.CampaignPath,
    body: shape.TransferShape,
    target: onWishedUnit,
    reply: shape.FreshReply,
    status: 201,
    handle: (call, { params, body }) => cloneCampaign(call.trx, call, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/take-over',
    summary: 'A plan exported elsewhere becomes a draft here',
    action: 'campaign.edit',
    params: shape.WardPath,
    body: z.strictObject({ ...shape.TransferShape.shape, plan: PlanFile }),
    target: onWishedUnit,
    limit: 16 * 1024 * 1024,
    reply: shape.FreshReply,
    status: 201,
    handle: (call, { body: { plan, ...wish } }) => takeOverPlan(call.trx, call, plan, wish),
  }),
];

export const planEndpoints: readonly Endpoint[] = [...campaigns, ...plans, ...transfers, ...draftEndpoints];
