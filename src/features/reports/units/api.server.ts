// Doors of units' reports. They are sent and begun through the doors of all reports.
import { z } from 'zod';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { DayOn } from '#features/reports/schema.ts';
import { readUnitBoard, readUnitReports } from '#features/reports/units/reading.server.ts';
import { UnitBoard, UnitReports } from '#features/reports/units/schema.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const OnQuery = z.object({ on: DayOn.optional() });

export const unitReportEndpoints = (ports: ReportPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/reports/units',
    summary: 'Reports units owe on a day, or on the next one they owe any: how each stands, and whom to call',
    action: 'reports.read-ward',
    params: CampaignPath,
    query: OnQuery,
    reply: UnitBoard,
    handle: (call, { params, query }) => readUnitBoard(call, ports, params.campaign, query.on),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/reports/units/:unit',
    summary: 'What one unit owes, filled from the evidence of its duties, with what it has sent',
    action: 'reports.read-ward',
    params: CampaignPath.extend({ unit: z.uuid() }),
    query: OnQuery,
    reply: UnitReports,
    handle: (call, { params, query }) => readUnitReports(call, ports, params.campaign, params.unit, query.on),
  }),
];
