// Doors of the areas feature: the register of groups on any day, decisions about them, lanes, declared numbers.
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { z } from 'zod';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import * as commands from '#features/areas/commands.server.ts';
import { readGroup, readRegister, registerCsv } from '#features/areas/register.server.ts';
import * as shape from '#features/areas/schema.ts';
import { areaPath } from '#features/areas/store.server.ts';

const onArea = async (call: Call, { params }: { params: { area: string } }) => ({
  areaPath: await areaPath(call.trx, params.area),
});

const RegisterQuery = z.object({ on: shape.Day.optional() });

const registers: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/areas',
    summary: 'Residential groups that stand on a day, with their declared households',
    action: 'areas.read',
    scoped: true,
    params: shape.WardPath,
    query: RegisterQuery,
    reply: shape.RegisterReply,
    handle: async (call, { query }) => ({
      ...(await readRegister(call.trx, query.on ?? dayOf(call.now), call.scope('areas.read'))),
      may: { change: call.may('areas.change'), export: call.may('areas.export') },
    }),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/areas.csv',
    summary: 'The same register for a spreadsheet',
    action: 'areas.export',
    params: shape.WardPath,
    query: RegisterQuery,
    media: 'text/csv',
    handle: async (call, { query }) => {
      const on = query.on ?? dayOf(call.now);
      const everything = { everything: true, areaIds: [], unitIds: [], self: false };
      const register = await readRegister(call.trx, on, everything);
      await audit(call.trx, call, {
        action: 'areas.exported',
        subjectKind: 'ward',
        subjectId: String(call.trx.wardId),
        after: { on, groups: register.groups.length },
      });
      return new RawReply(
        new Response(registerCsv(register, CSV_HEADS), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="to-dan-pho-${on}.csv"`,
            'cache-control': 'no-store',
          },
        }),
      );
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/areas/:area',
    summary: 'One group: names, lanes, declared numbers, what it came from and what follows it',
    action: 'areas.read',
    params: shape.AreaPath,
    target: onArea,
    reply: shape.GroupReply,
    handle: async (call, { params }) => {
      const group = await readGroup(call.trx, params.area);
      if (!group) return problem('areas.no-such-group', { status: 404 });
      const target = { areaPath: [group.id] };
      return {
        ...group,
        may: {
          change: call.may('areas.change', target),
          lanes: call.may('areas.change-lanes', target),
          declare: call.may('areas.declare', target),
          confirm: call.may('areas.confirm', target),
        },
      };
    },
  }),
];

/** Column names of the file are part of its format and stay Vietnamese in both languages. */
const CSV_HEADS = [
  'TT',
  'Tên tổ dân phố',
  'Tên viết gọn',
  'Số hộ',
  'Trong đó tạm trú',
  'Số hộ chờ xác nhận',
  'Số ngõ',
  'Từ ngày',
  'Đến hết trước ngày',
  'Mã',
];

const decisions: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/groups',
    summary: 'Add a group',
    action: 'areas.change',
    params: shape.WardPath,
    body: shape.GroupWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => commands.addGroup(call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/groups/merge',
    summary: 'Several groups go on as one',
    action: 'areas.change',
    params: shape.WardPath,
    body: shape.MergeWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => commands.mergeGroups(call, body),
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/groups/order',
    summary: 'The order in which the ward lists its groups',
    action: 'areas.change',
    params: shape.WardPath,
    body: shape.OrderWish,
    reply: shape.Done,
    handle: (call, { body }) => commands.orderGroups(call, body.groups),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/rename',
    summary: 'A new name by a decision',
    action: 'areas.change',
    params: shape.AreaPath,
    body: shape.RenameWish,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.renameGroup(call, params.area, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/split',
    summary: 'One group goes on as several',
    action: 'areas.change',
    params: shape.AreaPath,
    body: shape.SplitWish,
    reply: shape.IdsReply,
    status: 201,
    handle: (call, { params, body }) => commands.splitGroup(call, params.area, body),
  }),
];

const lanes: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/lanes',
    summary: 'Add a lane to a group',
    action: 'areas.change-lanes',
    params: shape.AreaPath,
    target: onArea,
    body: shape.LaneWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.addLane(call, params.area, body.name),
  }),
  guarded({
    method: 'patch',
    path: '/wards/:ward/lanes/:area',
    summary: 'Rename a lane; its id stays',
    action: 'areas.change-lanes',
    params: shape.AreaPath,
    target: onArea,
    body: shape.LaneWish,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.renameLane(call, params.area, body.name),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/lanes/:area/close',
    summary: 'A lane no longer counts from a day on',
    action: 'areas.change-lanes',
    params: shape.AreaPath,
    target: onArea,
    body: shape.LaneClosing,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.closeLane(call, params.area, body.on),
  }),
];

const declarations: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/declarations',
    summary: 'State a group’s number of households',
    action: 'areas.declare',
    params: shape.AreaPath,
    target: onArea,
    body: shape.DeclarationWish,
    reply: shape.VersionReply,
    status: 201,
    handle: (call, { params, body }) => commands.declareHouseholds(call, params.area, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/declarations/:version/confirm',
    summary: 'A second person confirms the stated number',
    action: 'areas.confirm',
    params: shape.DeclarationPath,
    target: onArea,
    reply: shape.VersionReply,
    handle: (call, { params }) => commands.confirmHouseholds(call, params.area, params.version),
  }),
];

export const areasEndpoints: readonly Endpoint[] = [...registers, ...decisions, ...lanes, ...declarations];
