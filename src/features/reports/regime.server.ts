// The regime of a campaign's reports as it stands: plan, settings, groups; and what one morning owes.
import { addDays, type DateOn } from '#core/calendar.ts';
import { instantOf } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { PlanOfReports, ReportPorts } from '#features/reports/ports.ts';
import { dueTimeOf, isQuick, owedOn, type Owed } from '#features/reports/regime.ts';
import { DEFAULT_SETTINGS, ReportSettings } from '#features/reports/settings.ts';
import * as store from '#features/reports/store.server.ts';
import { windowOf, type Window } from '#features/reports/model.ts';

export interface Regime {
  readonly plan: PlanOfReports;
  readonly settings: ReportSettings;
  readonly settingsVersion: number;
}

export async function readSettings(
  trx: WardTransaction,
  campaignId: string,
): Promise<{ settings: ReportSettings; version: number }> {
  const row = await store.lastSettings(trx, campaignId);
  return row
    ? { settings: ReportSettings.parse(row.settings), version: row.version }
    : { settings: DEFAULT_SETTINGS, version: 0 };
}

export async function readRegime(
  trx: WardTransaction,
  ports: ReportPorts,
  campaignId: string,
  known?: PlanOfReports,
): Promise<Regime | null> {
  const plan = known ?? (await ports.plan(trx, campaignId));
  if (!plan) return null;
  const { settings, version } = await readSettings(trx, campaignId);
  return { plan, settings, settingsVersion: version };
}

/** The quick reports of all groups due on a day; empty on a day without. */
export const quickOn = ({ plan }: Regime, day: DateOn): Owed[] => owedOn(plan, day).filter(isQuick);

/** The nearest morning with quick reports: today's, or the last before it, or the first to come. */
export function morningNear(regime: Regime, today: DateOn): DateOn | null {
  for (const step of [
    0,
    ...Array.from({ length: 31 }, (_, n) => -(n + 1)),
    ...Array.from({ length: 31 }, (_, n) => n + 1),
  ]) {
    const day = addDays(today, step);
    if (quickOn(regime, day).length > 0) return day;
  }
  return null;
}

/** A unit's final report tells of the whole campaign, one of its own period of that period; all else of the morning's window. */
export function windowFor(
  { settings, plan }: Regime,
  owed: Pick<Owed, 'reportOn' | 'dueAt' | 'unitId' | 'kind' | 'periodStart'>,
): Window {
  if (owed.unitId === null || owed.kind === 'quick')
    return windowOf(settings.window, owed.reportOn, dueTimeOf(owed.dueAt));
  const from = owed.kind === 'final' ? plan.campaign.fromOn : owed.periodStart;
  return { from: instantOf(from), to: owed.dueAt };
}
