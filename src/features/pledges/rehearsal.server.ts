// Pledges of a sample ward: signed on paper at the door, a part of the papers already handed to the ward police.
import type { WardTransaction } from '#platform/database/database.server.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import type { PledgeTables } from '#features/pledges/tables.ts';

export interface PledgeText {
  readonly title: string;
  readonly body: string;
  readonly consents: readonly { readonly code: string; readonly text: string }[];
  readonly source: string;
}

export async function writePledgeText(
  trx: WardTransaction,
  campaignId: string,
  text: PledgeText,
  made: {
    readonly at: Date;
    readonly by: string;
    readonly on: string;
    readonly feedId: string;
    readonly n: number;
  },
): Promise<void> {
  await trx
    .withTables<PledgeTables>()
    .insertInto('pledge_texts')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      version: 1,
      title: text.title,
      body: text.body,
      consents: JSON.stringify(text.consents),
      source: text.source,
      in_force_from: made.on,
      made_at: made.at,
      made_by: made.by,
      feed_id: made.feedId,
      change_n: made.n,
    })
    .execute();
}

export interface SampleSigning {
  readonly visitId: string;
  readonly householdId: string;
  readonly groupId: string;
  readonly authorId: string;
  readonly enteredBy: string | null;
  readonly membersTold: number | null;
  readonly signedAt: number;
  readonly workOn: string;
  readonly receivedAt: number;
  readonly n: number;
}

const inChunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));

export async function writeSignings(
  trx: WardTransaction,
  campaignId: string,
  signings: readonly SampleSigning[],
): Promise<void> {
  for (const chunk of inChunks(signings, 700))
    await trx
      .withTables<PledgeTables>()
      .insertInto('pledges')
      .values(
        chunk.map((one) => ({
          ward_id: trx.wardId,
          id: pledgeIdOfVisit(one.visitId),
          campaign_id: campaignId,
          household_id: one.householdId,
          visit_id: one.visitId,
          group_id: one.groupId,
          original: 'paper' as const,
          signer: 'head',
          text_version: 1,
          members_told: one.membersTold,
          author_id: one.authorId,
          entered_by: one.enteredBy,
          signed_at: new Date(one.signedAt),
          work_on: one.workOn,
          received_at: new Date(one.receivedAt),
          feed_id: one.groupId,
          change_n: one.n,
        })),
      )
      .execute();
}

export interface SampleHandover {
  readonly id: string;
  readonly groupId: string;
  readonly handedBy: string;
  readonly takenBy: string;
  readonly handedAt: number;
  readonly visitIds: readonly string[];
}

export async function writeHandovers(
  trx: WardTransaction,
  campaignId: string,
  handovers: readonly SampleHandover[],
): Promise<void> {
  const tables = trx.withTables<PledgeTables>();
  for (const one of handovers) {
    if (one.visitIds.length === 0) continue;
    await tables
      .insertInto('paper_handovers')
      .values({
        ward_id: trx.wardId,
        id: one.id,
        campaign_id: campaignId,
        group_id: one.groupId,
        handed_at: new Date(one.handedAt),
        handed_by: one.handedBy,
        note: null,
        taken_at: new Date(one.handedAt + 600_000),
        taken_by: one.takenBy,
        filed_at: null,
        filed_by: null,
        filed_where: null,
      })
      .execute();
    await tables
      .insertInto('paper_handover_pledges')
      .values(
        one.visitIds.map((visit) => ({
          ward_id: trx.wardId,
          pledge_id: pledgeIdOfVisit(visit),
          handover_id: one.id,
        })),
      )
      .execute();
  }
}
