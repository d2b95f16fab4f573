// How a signature becomes a row, whether signed within a visit or by itself.
import type { RowTarget } from '#platform/sync/rows.server.ts';
import type { Placed } from '#platform/sync/record-type.server.ts';
import type { Signing } from '#features/pledges/schema.ts';

export const PLEDGES: RowTarget = {
  table: 'pledges',
  columns: [
    'ward_id',
    'id',
    'campaign_id',
    'household_id',
    'visit_id',
    'group_id',
    'original',
    'signer',
    'witness',
    'strokes',
    'text_version',
    'receipt_code',
    'members_told',
    'consents',
    'media',
    'author_id',
    'entered_by',
    'signed_at',
    'work_on',
    'received_at',
    'feed_id',
    'change_n',
  ],
};

export interface Signed {
  readonly id: string;
  readonly householdId: string;
  readonly visitId: string | null;
  readonly signing: Signing;
  readonly media: number;
}

export const pledgeRow = (wardId: number, placed: Placed<unknown>, signed: Signed): unknown[] => {
  const { record, enteredBy, happenedAt, workOn, receivedAt, feed, n } = placed;
  const { signing } = signed;
  return [
    wardId,
    signed.id,
    record.campaignId,
    signed.householdId,
    signed.visitId,
    record.groupId,
    signing.original,
    signing.signer,
    signing.witness ?? null,
    signing.strokes === undefined ? null : Buffer.from(signing.strokes, 'base64url'),
    signing.textVersion,
    signing.receiptCode === undefined ? null : Buffer.from(signing.receiptCode, 'hex'),
    signing.membersTold ?? null,
    signing.consents,
    signed.media,
    record.authorId,
    enteredBy,
    new Date(happenedAt),
    workOn,
    new Date(receivedAt),
    feed,
    n,
  ];
};
