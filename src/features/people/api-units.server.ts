// The doors of the ward's units.
import { dayOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import { WardParams } from '#features/people/schema.ts';
import * as shape from '#features/people/schema-register.ts';
import { insertUnit, listUnits, updateUnit } from '#features/people/store-people.server.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

const note = (call: Call, action: string, unitId: string, after: unknown, before?: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'unit', subjectId: unitId, before, after });

const list = guarded({
  method: 'get',
  path: '/wards/:ward/units',
  summary: 'Units of the ward with their heads',
  action: 'people.read-units',
  params: WardParams,
  reply: shape.UnitsReply,
  handle: async (call) => ({
    units: await listUnits(call.trx, call.now),
    mayEdit: call.may('people.edit-units'),
  }),
});

const add = guarded({
  method: 'post',
  path: '/wards/:ward/units',
  summary: 'Add a unit',
  action: 'people.edit-units',
  params: WardParams,
  body: shape.EditUnit,
  reply: shape.Created,
  status: 201,
  async handle(call, { body }) {
    const id = newId();
    await insertUnit(call.trx, id, body, dayOf(call.now));
    await note(call, 'people.unit-added', id, body);
    return { id };
  },
});

const find = async (call: Call, id: string) =>
  (await listUnits(call.trx, call.now)).find((unit) => unit.id === id && unit.closedOn === null);

const edit = guarded({
  method: 'put',
  path: '/wards/:ward/units/:unit',
  summary: 'Rename a unit or change its kind',
  action: 'people.edit-units',
  params: shape.UnitParams,
  body: shape.EditUnit,
  reply: shape.Done,
  async handle(call, { params, body }) {
    const before = await find(call, params.unit);
    if (!before) return problem('people.no-such-unit', { status: 404 });
    await updateUnit(call.trx, params.unit, body);
    const { kind, name, shortName } = before;
    await note(call, 'people.unit-changed', params.unit, body, { kind, name, shortName });
    return { done: true as const };
  },
});

const close = guarded({
  method: 'post',
  path: '/wards/:ward/units/:unit/close',
  summary: 'Close a unit in which nobody holds a role any more',
  action: 'people.edit-units',
  params: shape.UnitParams,
  body: shape.CloseUnit,
  reply: shape.Done,
  async handle(call, { params, body }) {
    const unit = await find(call, params.unit);
    if (!unit) return problem('people.no-such-unit', { status: 404 });
    if (unit.people > 0)
      return problem('people.unit-in-use', { status: 409, params: { count: unit.people } });
    await updateUnit(call.trx, params.unit, { closedOn: dayOf(call.now) });
    await note(call, 'people.unit-closed', params.unit, body);
    return { done: true as const };
  },
});

export const unitEndpoints: readonly Endpoint[] = [list, add, edit, close];
