// Whether the ward reads citizen cards at the door. It is changed with the campaign's other settings, on record.
import { sql } from 'kysely';
import { z } from 'zod';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { IdentitySetting, identitySettingOf } from '#features/households/identity-setting.ts';
import { CampaignPath } from '#features/households/office-schema.ts';

export const IdentityReply = IdentitySetting.extend({
  may: z.object({ change: z.boolean() }),
  /** Households whose number is kept by its ends. */
  kept: z.number(),
});
export type IdentityReply = z.infer<typeof IdentityReply>;

async function readIdentitySetting(call: Call, campaign: string): Promise<IdentityReply | Problem> {
  const { rows } = await sql<{ unit: string | null; settings: Record<string, unknown>; kept: number }>`
    select c.leading_unit_id as unit, c.settings, (select count(*)::int from households h
      where h.ward_id = c.ward_id and h.identity_masked is not null) as kept
    from campaigns c where c.ward_id = ${call.trx.wardId} and c.id = ${campaign}`.execute(call.trx);
  const [found] = rows;
  if (!found) return problem('plan.no-such-campaign', { status: 404 });
  return {
    ...identitySettingOf(found.settings),
    may: { change: call.may('campaign.edit', found.unit === null ? {} : { unitId: found.unit }) },
    kept: found.kept,
  };
}

export const identityEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/identity-card',
    summary: 'Whether citizen cards are read at the door, why, and whether their numbers are kept',
    action: 'campaign.read',
    params: CampaignPath,
    reply: IdentityReply,
    handle: (call, { params }) => readIdentitySetting(call, params.campaign),
  }),
];
