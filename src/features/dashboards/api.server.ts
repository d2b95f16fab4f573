// Doors of the dashboards: the ward on one page, one unit's record, and the rows behind each figure.
import { problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { readDashboard } from '#features/dashboards/dashboard.server.ts';
import type { DashboardPorts } from '#features/dashboards/ports.ts';
import { readOwed, readUnit } from '#features/dashboards/record.server.ts';
import * as shape from '#features/dashboards/schema.ts';

export const dashboardEndpoints = (ports: DashboardPorts): readonly Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/dashboard',
    summary:
      'The ward on one page: targets with forecast, three urgent things, units × days, groups compared',
    action: 'dashboards.read',
    params: shape.CampaignPath,
    reply: shape.DashboardReply,
    handle: (call, { params }) => readDashboard(call, ports, params.campaign),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/dashboard/owed',
    summary:
      'The rows behind a figure of the dashboards: what fell due, by unit, group, duty, days and states',
    action: 'dashboards.read',
    params: shape.CampaignPath,
    query: shape.OwedQuery,
    reply: shape.OwedReply,
    handle: (call, { params, query }) => readOwed(call, ports, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/dashboard/units/:unit',
    summary: 'One unit over the campaign: its duties by day, beside the whole ward',
    action: 'dashboards.read-unit',
    target: (_call, { params }) => ({ unitId: params.unit }),
    params: shape.UnitPath,
    reply: shape.UnitReply,
    handle: async (call, { params }) =>
      (await readUnit(call, ports, params.campaign, params.unit)) ??
      problem('dashboards.no-such-unit', { status: 404 }),
  }),
];
