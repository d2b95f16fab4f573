/**
 * Ids that two phones must make alike without talking: a lane from its group and name, a dwelling from its lane and
 * house number, the first household from its dwelling. Marks, case and spaces make no difference, so "Ngõ 12" laid out
 * on two phones in one evening is one lane. A later change of name or number keeps the id.
 */
import { fold } from '#core/vietnamese.ts';
import { derivedId, type Id } from '#core/ids.ts';

/** "Ngõ  12/5 " and "ngo 12/5" are one lane. */
export const laneId = (groupId: string, name: string): Id<'lane'> =>
  derivedId<'lane'>(groupId, 'lane', fold(name));

/** "12 A", "12a" and "12A" are one door; leading zeros and inner spaces do not count. */
export const foldHouseNumber = (houseNumber: string): string =>
  fold(houseNumber)
    .replaceAll(/\s+/g, '')
    .replaceAll(/(^|[^0-9])0+(?=[0-9])/g, '$1');

export const dwellingId = (lane: string, houseNumber: string): Id<'dwelling'> =>
  derivedId<'dwelling'>(lane, 'dwelling', foldHouseNumber(houseNumber));

export const firstHouseholdId = (dwelling: string): Id<'household'> =>
  derivedId<'household'>(dwelling, 'household-1');

/** A pledge signed within a visit: one tap, one record, two things. */
export const pledgeIdOfVisit = (visit: string): Id<'pledge'> => derivedId<'pledge'>(visit, 'pledge');
