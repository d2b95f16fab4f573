// The one public door of pledges: whether a copy in somebody's hand was signed with this ward, when, and to which text.
import { sql } from 'kysely';
import { problem } from '#core/problem.ts';
import { open } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { wardOfAddress } from '#platform/wards.server.ts';
import { readCode, receiptOf } from '#features/pledges/receipt.ts';
import { ReceiptPath, ReceiptReply } from '#features/pledges/receipt-schema.ts';

interface Row {
  signedOn: string;
  textVersion: number;
  withdrawn: boolean;
  title: string | null;
}

async function find(trx: WardTransaction, code: string): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select p.work_on as "signedOn", p.text_version as "textVersion",
      (p.withdrawn_at is not null or p.taken_back_at is not null) as withdrawn, t.title
    from pledges p
    left join pledge_texts t on t.ward_id = p.ward_id and t.campaign_id = p.campaign_id and t.version = p.text_version
    where p.ward_id = ${trx.wardId} and p.receipt_code = ${Buffer.from(code, 'hex')}`.execute(trx);
  return rows[0] ?? null;
}

const wardName = async (trx: WardTransaction): Promise<string> => {
  const { rows } = await sql<{ name: string }>`select name from wards where ward_id = ${trx.wardId}`.execute(
    trx,
  );
  return rows[0]?.name ?? '';
};

export const pledgeEndpoints: readonly Endpoint[] = [
  open({
    method: 'get',
    path: '/receipts/:address/:code',
    summary: 'Whether a receipt is valid: ward, day and text version, nothing else',
    open: 'whoever holds the copy may check it; 128 random bits cannot be guessed and no person is told',
    params: ReceiptPath,
    reply: ReceiptReply,
    async handle({ runtime }, { params }) {
      const ward = await wardOfAddress(runtime.database, params.address);
      const code = readCode(params.code);
      if (ward === null || code === null) return problem('pledges.no-such-code', { status: 404 });
      return runtime.database.inWard(ward, async (trx) => {
        const found = await find(trx, code);
        const receipt = receiptOf(found);
        const valid = receipt.state === 'valid';
        return {
          ward: await wardName(trx),
          state: receipt.state,
          signedOn: valid ? receipt.signedOn : null,
          textVersion: valid ? receipt.textVersion : null,
          textTitle: valid ? (found?.title ?? null) : null,
        };
      });
    },
  }),
];
