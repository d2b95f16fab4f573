// What a unit's duties have of evidence in a window, duty by duty: its own whoever did them, shared ones where it did them
// itself; beside it what the plan asks for up to now.
import { dayOf, type Instant } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { calendarOf, occurrences } from '#features/plan/engine/calendar.ts';
import { DAYS_OFF } from '#features/plan/engine/days-off.ts';
import type { Window } from '#features/reports/model.ts';
import type { PlanOfReports, ReportPorts } from '#features/reports/ports.ts';
import type { Owed } from '#features/reports/regime.ts';
import { windowFor, type Regime } from '#features/reports/regime.server.ts';
import { dutiesOf, type CountedWork } from '#features/reports/units/unit-owed.ts';

function askedIn(plan: PlanOfReports, itemIds: ReadonlySet<string>, window: Window, now: Instant) {
  const [from, to] = [dayOf(window.from), dayOf(Math.min(window.to - 1, now))];
  const asked = new Map<string, number>();
  if (to < from) return asked;
  const calendar = calendarOf({ versions: plan.versions, areas: plan.areas, daysOff: DAYS_OFF }, to);
  for (const { itemId, required } of occurrences(calendar, { from, to }, 'due', { itemIds }))
    asked.set(itemId, (asked.get(itemId) ?? 0) + required);
  return asked;
}

export async function workOf(
  trx: WardTransaction,
  ports: ReportPorts,
  regime: Regime,
  owed: Owed & { readonly unitId: string },
  now: Instant,
): Promise<CountedWork[]> {
  const { plan } = regime;
  const { own, shared } = dutiesOf(plan, owed.unitId, owed.reportOn);
  const window = windowFor(regime, owed);
  const rows = await ports.recorded(
    trx,
    plan.campaign.id,
    {
      unitId: owed.unitId,
      own: own.map(({ id }) => id),
      shared: shared.map(({ id }) => id),
    },
    window,
  );
  const asked = askedIn(plan, new Set(own.map(({ id }) => id)), window, now);
  return [...own, ...shared].map(({ id, title }) => {
    const row = rows.find(({ itemId }) => itemId === id);
    return {
      itemId: id,
      title,
      counted: row?.day ?? 0,
      total: row?.total ?? 0,
      owed: asked.get(id) ?? null,
    };
  });
}

export const isOfUnit = (owed: Owed): owed is Owed & { readonly unitId: string } => owed.unitId !== null;
