/** How units' reports stood at an instant, for the picture of a morning. Pure. */
import { isoOf, type Instant } from '#core/clock.ts';
import { decidingInstant, standingOf, TROUBLE, type Arrival } from '#features/reports/model.ts';
import type { Owed } from '#features/reports/regime.ts';
import type { UnitCell } from '#features/reports/schema.ts';

export interface UnitReportSeen {
  readonly itemId: string;
  readonly unitId: string;
  readonly arrival: Arrival;
  readonly complete: boolean;
  readonly nothingReason: string | null;
}

export interface UnitsSeen {
  readonly name: (unitId: string) => string;
  /** In the order of their versions. */
  readonly sent: readonly UnitReportSeen[];
  readonly drafts: readonly {
    readonly itemId: string;
    readonly placeId: string;
    readonly savedAt: Instant;
  }[];
}

function cellOf(owed: Owed & { readonly unitId: string }, seen: UnitsSeen, at: Instant): UnitCell {
  const { itemId, unitId, dueAt } = owed;
  const sent = seen.sent.filter(
    (one) => one.itemId === itemId && one.unitId === unitId && decidingInstant(one.arrival) <= at,
  );
  const [first] = sent;
  const drafted = seen.drafts.some(
    (one) => one.itemId === itemId && one.placeId === unitId && one.savedAt <= at,
  );
  return {
    unitId,
    itemId,
    name: seen.name(unitId),
    ...standingOf(dueAt, at, { first: first ?? null, drafted, excused: false }),
    receivedAt: first ? isoOf(first.arrival.receivedAt) : null,
    nothing: sent.at(-1)?.nothingReason ?? null,
  };
}

/** Of those whose hour had come; trouble first. */
export function unitCellsAt(owed: readonly Owed[], seen: UnitsSeen, at: Instant): UnitCell[] {
  return owed
    .flatMap((one) =>
      one.unitId !== null && one.dueAt <= at ? [cellOf({ ...one, unitId: one.unitId }, seen, at)] : [],
    )
    .sort(
      (a, b) => TROUBLE.indexOf(a.state) - TROUBLE.indexOf(b.state) || a.name.localeCompare(b.name, 'vi'),
    );
}
