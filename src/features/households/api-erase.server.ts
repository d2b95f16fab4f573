// The door of erasing, apart because its command needs the roof's parts.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { groupOf } from '#features/households/api.server.ts';
import { askErasure } from '#features/households/erase-command.server.ts';
import type { EraseHousehold } from '#features/households/erase-command.server.ts';
import { Done, EraseWish, HouseholdPath } from '#features/households/office-schema.ts';

export const eraseEndpoints = (parts: { readonly erase: EraseHousehold }): readonly Endpoint[] => [
  guarded({
    method: 'post',
    path: '/wards/:ward/households/:household/erase',
    summary: 'Empties what is kept about a household that asked for it; figures stay',
    action: 'households.erase',
    params: HouseholdPath,
    target: (call, { params }) => groupOf(call, params.household),
    body: EraseWish,
    reply: Done,
    handle: (call, { params, body }) => askErasure(call, parts, params.household, body),
  }),
];
