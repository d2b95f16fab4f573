// Doors of assigning: the board, giving and taking posts, absences and stand-ins, and who was responsible when.
import { dayOf, parseInstant } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { addStandIns, endAbsence, noteAbsence } from '#features/assignment/absences.server.ts';
import { readBoard, readHistory } from '#features/assignment/board.server.ts';
import { end, give } from '#features/assignment/commands.server.ts';
import {
  HandedReply,
  HandShape,
  UnitDutiesPath,
  UnitDutiesReply,
} from '#features/assignment/hands-schema.ts';
import { handDuty, readUnitDuties } from '#features/assignment/hands.server.ts';
import type { AssignmentPorts } from '#features/assignment/ports.ts';
import { readReadiness } from '#features/assignment/readiness.server.ts';
import * as shape from '#features/assignment/schema.ts';
import { findCampaign } from '#features/assignment/store.server.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';

const CAMPAIGN = '/wards/:ward/campaigns/:campaign';

const leadingUnit = async (call: Call, campaignId: string) => ({
  unitId: (await findCampaign(call.trx, campaignId))?.leading_unit_id ?? null,
});
const onCampaign = (call: Call, { params }: { params: { campaign: string } }) =>
  leadingUnit(call, params.campaign);

const readings: Endpoint[] = [
  guarded({
    method: 'get',
    path: `${CAMPAIGN}/assignment`,
    summary: 'Groups, who holds which post on a day, where somebody is missing, who is away',
    action: 'assignment.read',
    scoped: true,
    params: shape.CampaignPath,
    query: shape.BoardQuery,
    reply: shape.BoardReply,
    async handle(call, { params, query }) {
      const campaign = await findCampaign(call.trx, params.campaign);
      if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
      const board = await readBoard(call, query.on ?? dayOf(call.now), call.scope('assignment.read'));
      const assign =
        campaign.state === 'active' && call.may('assignment.assign', { unitId: campaign.leading_unit_id });
      return { ...board, may: { assign } };
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/areas/:area/responsibility',
    summary:
      'Everybody who ever held a post of a group, and who answered at an instant (`at`, with its offset)',
    action: 'assignment.read-history',
    params: shape.AreaPath,
    query: shape.HistoryQuery,
    target: (_call, { params }) => ({ areaPath: [params.area] }),
    reply: shape.HistoryReply,
    async handle(call, { params, query }) {
      const at = query.at === undefined ? call.now : parseInstant(query.at);
      if (at === undefined) return problem('assignment.no-instant');
      return (await readHistory(call, params.area, at)) ?? problem('areas.no-such-group', { status: 404 });
    },
  }),
];

const readiness = (ports: AssignmentPorts): Endpoint =>
  guarded({
    method: 'get',
    path: `${CAMPAIGN}/readiness`,
    summary: 'What each group still lacks before the campaign begins, the unready first',
    action: 'assignment.read-readiness',
    scoped: true,
    params: shape.CampaignPath,
    reply: shape.ReadinessReply,
    async handle(call, { params }) {
      const campaign = await findCampaign(call.trx, params.campaign);
      if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
      const head = { shortName: campaign.short_name, fromOn: campaign.from_on };
      return readReadiness(call, ports.readiness, head, call.scope('assignment.read-readiness'));
    },
  });

const changes = (ports: AssignmentPorts): Endpoint[] => [
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/assignment/give`,
    summary: 'Give posts in groups, several at once; a post one person holds is handed over',
    action: 'assignment.assign',
    target: onCampaign,
    params: shape.CampaignPath,
    body: shape.GiveShape,
    reply: shape.GivenReply,
    status: 201,
    handle: (call, { params, body }) => give(call, ports, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/assignment/end`,
    summary: 'Take posts back now, with a reason; they stay in the history',
    action: 'assignment.assign',
    target: onCampaign,
    params: shape.CampaignPath,
    body: shape.EndShape,
    reply: shape.Done,
    handle: (call, { params, body }) => end(call, ports, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/absences`,
    summary: 'Note that somebody is away from a day to a day, and who stands in for which of their roles',
    action: 'assignment.assign',
    target: onCampaign,
    params: shape.CampaignPath,
    body: shape.AbsenceShape,
    reply: shape.AbsenceReply,
    status: 201,
    handle: (call, { params, body }) => noteAbsence(call, ports, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/absences/:absence/stand-ins`,
    summary: 'Give an absence its stand-ins',
    action: 'assignment.assign',
    target: onCampaign,
    params: shape.AbsencePath,
    body: shape.StandInsShape,
    reply: shape.AbsenceReply,
    handle: (call, { params, body }) =>
      addStandIns(call, ports, params.campaign, params.absence, body.standIns),
  }),
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/absences/:absence/end`,
    summary: 'Back early: the stand-ins’ roles end now',
    action: 'assignment.assign',
    target: onCampaign,
    params: shape.AbsencePath,
    reply: shape.Done,
    handle: (call, { params }) => endAbsence(call, ports, params.campaign, params.absence),
  }),
];

const handing: Endpoint[] = [
  guarded({
    method: 'get',
    path: `${CAMPAIGN}/units/:unit/duties`,
    summary: 'What a unit answers for, and in which of its members’ hands each duty is and was',
    action: 'assignment.read-duties',
    params: UnitDutiesPath,
    target: (_call, { params }) => ({ unitId: params.unit }),
    reply: UnitDutiesReply,
    handle: async (call, { params }) =>
      (await readUnitDuties(call, params.campaign, params.unit)) ??
      problem('assignment.no-such-unit', { status: 404 }),
  }),
  guarded({
    method: 'post',
    path: `${CAMPAIGN}/units/:unit/duties/hand`,
    summary: 'Put a duty of the unit into the hands of one of its members, or take it back',
    action: 'assignment.hand',
    params: UnitDutiesPath,
    target: (_call, { params }) => ({ unitId: params.unit }),
    body: HandShape,
    reply: HandedReply,
    handle: (call, { params, body }) => handDuty(call, params, body),
  }),
];

export const assignmentEndpoints = (ports: AssignmentPorts): readonly Endpoint[] => [
  ...readings,
  readiness(ports),
  ...changes(ports),
  ...handing,
];
