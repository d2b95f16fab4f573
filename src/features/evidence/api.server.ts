// Doors of evidence, excuses and the campaign's acts. The calendar's: calendar-api.server.ts.
import { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { calendarEndpoints } from '#features/evidence/calendar-api.server.ts';
import { listEvidence, readEvidenceList } from '#features/evidence/evidence-reading.server.ts';
import * as excuses from '#features/evidence/excuses.server.ts';
import { actView } from '#features/evidence/overview.server.ts';
import { sendPicture, takePicture } from '#features/evidence/pictures.server.ts';
import { findCampaign } from '#features/evidence/plan-reading.server.ts';
import { recordAll, undo } from '#features/evidence/record.server.ts';
import * as shape from '#features/evidence/schema.ts';
import { findActPicture, findPicture, listActs } from '#features/evidence/store.server.ts';

const WARD = { ward: z.coerce.number().int() };
const CampaignPath = z.object({ ...WARD, campaign: z.uuid() });
const onePath = <K extends string>(name: K) =>
  z.object({ ...WARD, campaign: z.uuid(), [name]: z.uuid() } as {
    ward: typeof WARD.ward;
    campaign: z.ZodUUID;
  } & Record<K, z.ZodUUID>);
const EvidencePath = onePath('evidence');
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const leadingUnit = async (call: Call, { params }: { params: { campaign: string } }) => ({
  unitId: (await findCampaign(call.trx, params.campaign))?.leadingUnitId ?? null,
});

const IdReply = z.object({ id: z.string() });
const notFound = () => problem('evidence.not-found', { status: 404 });

const evidence: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/pictures',
    summary: 'Bring a picture (raw body, or field `picture` of a form) that a record will then name',
    action: 'evidence.bring-picture',
    scoped: true,
    params: z.object(WARD),
    reply: shape.Uploaded,
    status: 201,
    handle: (call) => takePicture(call),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/evidence',
    summary: 'Record what was done: one act for one or several duties, several records at once, all or none',
    action: 'evidence.record',
    scoped: true,
    params: CampaignPath,
    body: shape.RecordBody,
    reply: shape.RecordReply,
    status: 201,
    handle: async (call, { params, body }) => {
      const recorded = await recordAll(call, params.campaign, body.records);
      return isProblem(recorded) ? recorded : { recorded };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/evidence',
    summary: 'Evidence by duty, group, unit, person and days; in the total each act stands once',
    action: 'evidence.read',
    scoped: true,
    params: CampaignPath,
    query: shape.EvidenceQuery,
    reply: shape.EvidenceList,
    handle: (call, { params, query }) => readEvidenceList(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/evidence/:evidence',
    summary: 'One record',
    action: 'evidence.read',
    scoped: true,
    params: EvidencePath,
    reply: shape.EvidenceView,
    handle: async (call, { params }) => {
      const [found] = await listEvidence(call, params.campaign, { ids: [params.evidence], undone: '1' });
      return found ?? notFound();
    },
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/evidence/:evidence/undo',
    summary: 'Take a record back, with a reason; it stays readable as taken back',
    action: 'evidence.undo',
    scoped: true,
    params: EvidencePath,
    body: shape.UndoBody,
    reply: IdReply,
    handle: (call, { params, body }) => undo(call, params.campaign, params.evidence, body.reason),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/evidence/:evidence/pictures/:sha256',
    summary: 'A picture, through the record that names it',
    action: 'evidence.read',
    scoped: true,
    params: EvidencePath.extend({ sha256: Sha256 }),
    media: 'image/*',
    handle: async (call, { params }) => {
      const [record] = await listEvidence(call, params.campaign, { ids: [params.evidence], undone: '1' });
      const sha256 = Buffer.from(params.sha256, 'hex');
      const found = record && (await findPicture(call.trx, params.campaign, record.id, sha256));
      return found ? sendPicture(call, sha256, found) : notFound();
    },
  }),
];

const excuseDoors: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/excuses',
    summary:
      'Say with a reason that one occurrence is not owed: groups by the leading unit, units by the leader',
    action: 'excuse.grant',
    scoped: true,
    params: CampaignPath,
    body: shape.NewExcuse,
    reply: shape.Excused,
    status: 201,
    handle: (call, { params, body }) => excuses.excuse(call, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/excuses/:excuse/revoke',
    summary: 'Take an excuse back',
    action: 'excuse.grant',
    scoped: true,
    params: onePath('excuse'),
    body: shape.UndoBody,
    reply: IdReply,
    handle: (call, { params, body }) => excuses.revoke(call, params.campaign, params.excuse, body.reason),
  }),
];

const ActPath = onePath('act');
const actDoors: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/acts',
    summary: 'Issue of the plan and launch of the peak',
    action: 'campaign.read',
    params: CampaignPath,
    reply: shape.ActList,
    handle: async (call, { params }) => ({
      acts: (await listActs(call.trx, params.campaign)).map(actView),
      mayRecord: call.may('campaign.record-act', await leadingUnit(call, { params })),
    }),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/acts',
    summary: 'Record the issue (number, day) or the launch of the peak',
    action: 'campaign.record-act',
    target: leadingUnit,
    params: CampaignPath,
    body: shape.NewAct,
    reply: shape.ActRecorded,
    status: 201,
    handle: async (call, { params, body }) =>
      (await findCampaign(call.trx, params.campaign))
        ? excuses.recordAct(call, params.campaign, body)
        : problem('evidence.no-such-campaign', { status: 404 }),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/acts/:act/undo',
    summary: 'Take a dated act back, with a reason',
    action: 'campaign.record-act',
    target: leadingUnit,
    params: ActPath,
    body: shape.UndoBody,
    reply: IdReply,
    handle: (call, { params, body }) => excuses.undoAct(call, params.campaign, params.act, body.reason),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/acts/:act/picture',
    summary: 'The picture of a dated act',
    action: 'campaign.read',
    params: ActPath,
    media: 'image/*',
    handle: async (call, { params }) => {
      const found = await findActPicture(call.trx, params.campaign, params.act);
      return found ? sendPicture(call, found.sha256, found) : notFound();
    },
  }),
];

export const evidenceEndpoints: readonly Endpoint[] = [
  ...evidence,
  ...excuseDoors,
  ...actDoors,
  ...calendarEndpoints,
];
