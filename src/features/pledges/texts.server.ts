// The texts of a campaign that households sign. A text that was written stays as it is: whoever signed, signed that one.
// Another wording is the next version, with the day from which it is used.
import { sql } from 'kysely';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import { findVoice } from '#platform/voice.server.ts';
import type { TextsReply, TextWish } from '#features/pledges/texts-schema.ts';

/** Who leads the campaign answers for its text; null: there is no such campaign. */
export async function leadOf(call: Call, campaign: string): Promise<string | null | undefined> {
  const { rows } = await sql<{ unit: string | null }>`select leading_unit_id as unit from campaigns
    where ward_id = ${call.trx.wardId} and id = ${campaign}`.execute(call.trx);
  return rows[0]?.unit;
}

async function originalOf(call: Call, campaign: string): Promise<'paper' | 'phone'> {
  const { rows } = await sql<{ original: string | null }>`select settings->>'pledgeOriginal' as original
    from campaigns where ward_id = ${call.trx.wardId} and id = ${campaign}`.execute(call.trx);
  return rows[0]?.original === 'phone' ? 'phone' : 'paper';
}

export async function readTexts(call: Call, campaign: string): Promise<TextsReply | Problem> {
  const lead = await leadOf(call, campaign);
  if (lead === undefined) return problem('plan.no-such-campaign', { status: 404 });
  const { rows } = await sql<{
    version: number;
    title: string;
    body: string;
    consents: { code: string; text: string }[];
    source: string | null;
    in_force_from: string;
    made_at: Date;
    maker: string | null;
    signed: number;
    hash: string | null;
    bytes: string | number | null;
  }>`select t.version, t.title, t.body, t.consents, t.source, t.in_force_from, t.made_at, m.name as maker,
      (select count(*)::int from pledges p where p.ward_id = t.ward_id and p.campaign_id = t.campaign_id
        and p.text_version = t.version and p.withdrawn_at is null and p.taken_back_at is null) as signed,
      encode(s.sha256, 'hex') as hash, s.bytes
    from pledge_texts t
    left join people m on m.ward_id = t.ward_id and m.id = t.made_by
    left join media s on s.ward_id = t.ward_id and s.sha256 = t.audio_sha256
    where t.ward_id = ${call.trx.wardId} and t.campaign_id = ${campaign} order by t.version desc`.execute(
    call.trx,
  );
  return {
    today: dayOf(call.now),
    may: { write: call.may('campaign.edit', lead === null ? {} : { unitId: lead }) },
    original: await originalOf(call, campaign),
    voice: findVoice(call.runtime.voiceModel ?? null)?.name ?? null,
    texts: rows.map(({ in_force_from, made_at, maker, hash, bytes, ...row }) => ({
      ...row,
      recording: hash === null ? null : { hash, bytes: Number(bytes) },
      inForceFrom: in_force_from,
      madeAt: isoOf(made_at.getTime()),
      madeBy: maker,
    })),
  };
}

export async function writeText(
  call: Call,
  campaign: string,
  wish: TextWish,
): Promise<{ version: number } | Problem> {
  const { trx, now, actor } = call;
  if ((await leadOf(call, campaign)) === undefined) return problem('plan.no-such-campaign', { status: 404 });
  if (wish.inForceFrom < dayOf(now)) return problem('pledges.text-in-the-past', { status: 422 });
  const feed = await wardFeed(trx);
  // Under the feed's lock: two who write at once get two versions.
  const n = await nextChange(trx, feed);
  const consents = wish.consents.map((text, at) => ({ code: `dong-y-${at + 1}`, text }));
  const { rows } = await sql<{ version: number }>`insert into pledge_texts
      (ward_id, campaign_id, version, title, body, consents, source, in_force_from, made_at, made_by, feed_id, change_n)
    values (${trx.wardId}, ${campaign}, (select coalesce(max(version), 0) + 1 from pledge_texts
        where ward_id = ${trx.wardId} and campaign_id = ${campaign}), ${wish.title}, ${wish.body},
      ${JSON.stringify(consents)}::jsonb, ${wish.source ?? null}, ${wish.inForceFrom}, ${new Date(now)},
      ${actor.personId}, ${feed}, ${n}) returning version`.execute(trx);
  const version = rows[0]?.version ?? 0;
  await audit(trx, call, {
    action: 'pledges.text-written',
    subjectKind: 'campaign',
    subjectId: campaign,
    after: { version, title: wish.title, inForceFrom: wish.inForceFrom },
  });
  return { version };
}
