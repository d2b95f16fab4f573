// The life of a campaign: made, activated, closed. Plans: draft-commands.server.ts (import, mend) and
// version-commands.server.ts (confirm, amend, clone). Each writes its audit row in the caller's transaction.
import { newId } from '#core/ids.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import {
  findCampaign,
  findLastConfirmed,
  insertCampaign,
  listUnits,
  updateCampaign,
} from '#features/plan/store.server.ts';
import type { CampaignRow } from '#features/plan/store.server.ts';
import { dayOf } from '#core/clock.ts';

export interface CampaignWish {
  readonly name: string;
  readonly shortName: string;
  readonly leadingUnitId: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly copiedFrom?: string;
}

/** Who changed it and when, for the rows themselves; the audit log keeps the rest. */
export const stampOf = (context: AuditContext) => ({
  at: new Date(context.now),
  by: context.actor?.personId ?? null,
});

export const noSuchCampaign = (): Problem => problem('plan.no-such-campaign', { status: 404 });

async function refuseUnit(trx: WardTransaction, unitId: string, now: number): Promise<Problem | null> {
  const units = await listUnits(trx, dayOf(now));
  return units.some(({ id }) => id === unitId) ? null : problem('plan.no-such-unit', { status: 422 });
}

/** @returns the new campaign's id; `plan.no-such-unit`, `plan.dates-reversed` */
export async function createCampaign(
  trx: WardTransaction,
  context: AuditContext,
  wish: CampaignWish,
): Promise<string | Problem> {
  if (wish.toOn < wish.fromOn) return problem('plan.dates-reversed', { status: 422 });
  const refused = await refuseUnit(trx, wish.leadingUnitId, context.now);
  if (refused) return refused;
  const id = newId();
  const campaign = { ...wish, id, settings: wish.settings ?? {}, copiedFrom: wish.copiedFrom ?? null };
  await insertCampaign(trx, campaign, stampOf(context));
  await audit(trx, context, {
    action: 'plan.campaign-created',
    subjectKind: 'campaign',
    subjectId: id,
    after: wish,
  });
  return id;
}

/** A campaign runs only by a confirmed plan. */
export async function activateCampaign(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<CampaignRow | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  if (campaign.state === 'active') return campaign;
  if (campaign.state === 'closed') return problem('plan.campaign-closed', { status: 409 });
  if (!(await findLastConfirmed(trx, campaignId))) return problem('plan.not-confirmed', { status: 409 });
  return move(trx, context, campaign, 'active');
}

/** Closing stops nothing that was promised: it only takes the campaign from the list of those being run. */
export async function closeCampaign(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<CampaignRow | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  if (campaign.state === 'closed') return campaign;
  if (campaign.state === 'draft') return problem('plan.campaign-not-active', { status: 409 });
  return move(trx, context, campaign, 'closed');
}

/** What was closed too early goes on as it was. */
export async function reopenCampaign(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<CampaignRow | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  if (campaign.state === 'active') return campaign;
  if (campaign.state === 'draft') return problem('plan.campaign-not-active', { status: 409 });
  return move(trx, context, campaign, 'active');
}

async function move(
  trx: WardTransaction,
  context: AuditContext,
  campaign: CampaignRow,
  state: 'active' | 'closed',
): Promise<CampaignRow> {
  await updateCampaign(trx, campaign.id, { state });
  await audit(trx, context, {
    action: state === 'active' ? 'plan.campaign-activated' : 'plan.campaign-closed',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    before: { state: campaign.state },
    after: { state },
  });
  return { ...campaign, state };
}

export interface CampaignEdit {
  readonly name?: string | undefined;
  readonly shortName?: string | undefined;
  readonly leadingUnitId?: string | undefined;
  readonly fromOn?: string | undefined;
  readonly toOn?: string | undefined;
  readonly pledgeOriginal?: 'paper' | 'phone' | undefined;
  readonly identityCard?: Readonly<Record<string, unknown>> | undefined;
}

/** The leading unit and the dates may change only before the plan was confirmed: after that an amendment does it. */
export async function editCampaign(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  edit: CampaignEdit,
): Promise<CampaignRow | Problem> {
  const campaign = await findCampaign(trx, campaignId);
  if (!campaign) return noSuchCampaign();
  const next = {
    name: edit.name ?? campaign.name,
    short_name: edit.shortName ?? campaign.short_name,
    leading_unit_id: edit.leadingUnitId ?? campaign.leading_unit_id,
    from_on: edit.fromOn ?? campaign.from_on,
    to_on: edit.toOn ?? campaign.to_on,
  };
  if (next.to_on < next.from_on) return problem('plan.dates-reversed', { status: 422 });
  const formal =
    next.leading_unit_id !== campaign.leading_unit_id ||
    next.from_on !== campaign.from_on ||
    next.to_on !== campaign.to_on;
  if (formal && (await findLastConfirmed(trx, campaignId)))
    return problem('plan.confirmed-already', { status: 409 });
  if (edit.leadingUnitId !== undefined) {
    const refused = await refuseUnit(trx, edit.leadingUnitId, context.now);
    if (refused) return refused;
  }
  const chosen = {
    ...(edit.pledgeOriginal === undefined ? {} : { pledgeOriginal: edit.pledgeOriginal }),
    ...(edit.identityCard === undefined ? {} : { identityCard: edit.identityCard }),
  };
  await updateCampaign(trx, campaignId, { ...next, settings: chosen });
  await audit(trx, context, {
    action: 'plan.campaign-edited',
    subjectKind: 'campaign',
    subjectId: campaignId,
    before: { ...campaignFields(campaign), settings: campaign.settings },
    after: { ...next, settings: chosen },
  });
  return { ...campaign, ...next, settings: { ...campaign.settings, ...chosen } };
}

const campaignFields = (campaign: CampaignRow) => ({
  name: campaign.name,
  short_name: campaign.short_name,
  leading_unit_id: campaign.leading_unit_id,
  from_on: campaign.from_on,
  to_on: campaign.to_on,
});
