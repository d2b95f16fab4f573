// Reading the register: all groups of a day with their numbers, one group with its whole history, and the register as
// a file for a spreadsheet.
import type { DateOn } from '#core/calendar.ts';
import type { Scope } from '#platform/api/permission.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { byPosition, standing } from '#features/areas/model.ts';
import type { GroupLine, GroupReply, RegisterReply } from '#features/areas/schema.ts';
import * as store from '#features/areas/store.server.ts';
import { readPersonNames, readWard } from '#features/areas/ward.server.ts';

type Register = Omit<RegisterReply, 'may'>;

/** Groups as they stood on a day, by the names they had then; numbers are those confirmed today. */
export async function readRegister(trx: WardTransaction, on: DateOn, scope: Scope): Promise<Register> {
  const [groups, names, lanes, declarations, ward] = [
    await store.readGroups(trx, on),
    await store.readNamesOn(trx, on),
    await store.countLanes(trx, on),
    Map.groupBy(await store.readDeclarations(trx, null), ({ areaId }) => areaId),
    await readWard(trx, on),
  ];
  const lines = groups
    .filter(({ id }) => scope.everything || scope.areaIds.includes(id))
    .map((group): GroupLine => {
      const { inForce, waiting } = standing(declarations.get(group.id) ?? []);
      const named = names.get(group.id);
      return {
        id: group.id,
        name: named?.name ?? group.name,
        shortName: named?.short_name ?? group.shortName,
        position: group.position,
        validFrom: group.validFrom,
        validTo: group.validTo,
        lanes: lanes.get(group.id) ?? 0,
        households: inForce?.households ?? null,
        temporaryHouseholds: inForce?.temporaryHouseholds ?? null,
        waiting: waiting?.households ?? null,
      };
    })
    .toSorted(byPosition);
  return { on, ward, groups: lines };
}

export async function readGroup(trx: WardTransaction, id: string): Promise<Omit<GroupReply, 'may'> | null> {
  const group = await store.readArea(trx, id);
  if (group?.kind !== 'group') return null;
  const declarations = await store.readDeclarations(trx, id);
  const people = await readPersonNames(
    trx,
    declarations.flatMap(({ statedBy, confirmedBy }) => [statedBy, confirmedBy ?? statedBy]),
  );
  const lanes = (await store.readLanes(trx, id)).toSorted(byPosition);
  return {
    id: group.id,
    name: group.name,
    shortName: group.shortName,
    position: group.position,
    validFrom: group.validFrom,
    validTo: group.validTo,
    decision: group.decision,
    decisionOn: group.decisionOn,
    closedBy: group.closedBy,
    closedByOn: group.closedByOn,
    names: await store.readNames(trx, id),
    lanes: lanes.map(({ id: lane, name, validFrom, validTo }) => ({ id: lane, name, validFrom, validTo })),
    declarations: declarations.map(({ areaId: _, ...declaration }) => ({
      ...declaration,
      statedByName: people.get(declaration.statedBy) ?? null,
      confirmedByName: people.get(declaration.confirmedBy ?? '') ?? null,
    })),
    ...(await store.readKin(trx, id)),
  };
}

/** A cell that begins like a formula is text to us and must stay text in a spreadsheet. */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With a byte order mark: without it the office's spreadsheet reads Vietnamese as Latin-1. */
export function registerCsv(register: Register, heads: readonly string[]): string {
  const rows = register.groups.map((group, index) => [
    index + 1,
    group.name,
    group.shortName,
    group.households,
    group.temporaryHouseholds,
    group.waiting,
    group.lanes,
    group.validFrom,
    group.validTo,
    group.id,
  ]);
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
